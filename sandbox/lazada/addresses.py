"""Where shoppers see a product: on the storefront of the same world when it is played, else on the real one.

So whoever follows an address that the played API gave never leaves loopback.
"""

from weakref import WeakKeyDictionary

from sandbox.lazada.shelf import item_of
from sandbox.site import Site
from sandbox.world import Offer, World

_STOREFRONTS: WeakKeyDictionary[World, Site] = WeakKeyDictionary()


def open_storefront(world: World, site: Site) -> None:
    _STOREFRONTS[world] = site


def page_url(world: World, offer: Offer) -> str:
    """As the API writes it, without a slug."""
    site = _STOREFRONTS.get(world)
    host = "https://www.lazada.vn" if site is None else site.base_url
    return f"{host}/-i{item_of(offer).item_id}-s{offer.offer_id}.html"
