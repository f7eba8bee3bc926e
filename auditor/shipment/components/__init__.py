"""Which pieces of software a shipment carries, and which file of it says so."""

from auditor.shipment.components.find import find_components

__all__ = ["find_components"]
