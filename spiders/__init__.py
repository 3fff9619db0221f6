"""Readers of public pages, one file or folder per site, and the polite crawl that fetches them."""

import importlib
import pkgutil
from functools import cache

from spiders.base import Reader


@cache
def sites() -> dict[str, Reader]:
    """Every site that has a file or folder here with a READER in it, by code, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"spiders.{name}") for name in names)
    readers = (module.READER for module in modules if hasattr(module, "READER"))
    return {reader.code: reader for reader in readers}
