"""One folder per marketplace, found by looking: there is no list to edit."""

import importlib
import pkgutil
from functools import cache

from connectors.base import Connector

SHARED = frozenset({"files"})  # folders that are no marketplace


@cache
def marketplaces() -> dict[str, type[Connector]]:
    """Every marketplace that has a folder here, by code, in alphabetical order. A folder without a CONNECTOR is a tool of them all."""
    folders = (m.name for m in pkgutil.iter_modules(__path__) if m.ispkg and m.name not in SHARED)
    found = (importlib.import_module(f"connectors.{name}") for name in folders)
    return {module.CONNECTOR.code: module.CONNECTOR for module in found if hasattr(module, "CONNECTOR")}
