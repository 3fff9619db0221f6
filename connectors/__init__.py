"""One folder per marketplace, found by looking: there is no list to edit."""

import importlib
import pkgutil
from functools import cache

from connectors.base import Connector


@cache
def marketplaces() -> dict[str, type[Connector]]:
    """Every marketplace that has a folder here, by code, in alphabetical order."""
    found = (importlib.import_module(f"connectors.{m.name}") for m in pkgutil.iter_modules(__path__) if m.ispkg)
    return {module.CONNECTOR.code: module.CONNECTOR for module in found}
