"""What is in there: the files of a folder, an archive or a single file, read without unpacking anything to disk."""

from auditor.shipment.blobs import blob_id
from auditor.shipment.limits import ShipmentLimits
from auditor.shipment.open import open_shipment
from auditor.shipment.part import Part
from auditor.shipment.shipment import Shipment

__all__ = ["Part", "Shipment", "ShipmentLimits", "blob_id", "open_shipment"]
