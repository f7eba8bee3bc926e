"""The licence files of the releases in a Python environment, where a manifest takes that for a source."""

import importlib.metadata
import sys
from importlib.metadata import Distribution
from pathlib import Path

from auditor.errors import ShipmentError
from auditor.gather.subjects import SubjectReader
from auditor.model import LicenseSubject
from auditor.model.manifest import Dependency
from auditor.shipment import open_shipment
from auditor.spelling import plain_name


class InstalledReleases:
    """Looks up dependencies among the packages of a folder; None: of the running interpreter's environment."""

    def __init__(self, reader: SubjectReader, site_packages: Path | None = None) -> None:
        self._reader = reader
        self._path = sys.path if site_packages is None else [str(site_packages)]
        self._known: dict[str, Distribution] | None = None

    def subject(self, dependency: Dependency) -> LicenseSubject | None:
        """What the very release that is pinned says of its licence; None where another one is installed, or none."""
        found = self._distributions().get(plain_name(dependency.name))
        folder = getattr(found, "_path", None)  # the `*.dist-info`; there is no public name for it
        if found is None or not isinstance(folder, Path) or found.version != dependency.version:
            return None
        try:
            with open_shipment(folder) as shipment:
                return self._reader.subject(folder.name, shipment)
        except ShipmentError:
            return None

    def _distributions(self) -> dict[str, Distribution]:
        if self._known is None:
            self._known = {}
            for found in importlib.metadata.distributions(path=self._path):
                name = found.metadata["Name"]
                if isinstance(name, str):
                    self._known.setdefault(plain_name(name), found)
        return self._known
