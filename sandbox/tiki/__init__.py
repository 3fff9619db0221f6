"""Tiki, played from its documents (read 2026-11-24): the Open API and the public pages over the pretend world."""

from sandbox.tiki.api import TikiApi
from sandbox.tiki.storefront import TikiStorefront

SITES = (TikiApi, TikiStorefront)
