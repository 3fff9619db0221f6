"""Schema.org microdata as a tree of things: each property belongs to the nearest enclosing itemscope, as the HTML standard says.

Properties under the class `d-none` are left out: shop systems (Odoo 17, seen 2026-11-23) park values there that they do not show.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST_NODES = 5_000
_DEEPEST = 200
_ADDRESSES = {"link": "href", "img": "src", "time": "datetime", "data": "value", "meter": "value"}


@dataclass(slots=True)
class Thing:
    """One itemscope: its type's last path segment ("Product") and its properties in page order."""

    type: str
    properties: dict[str, list["Thing | str"]] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """The first plain value of a property; a nested thing's own name does for it (brand, seller)."""
        for value in self.properties.get(name, []):
            plain = value.text("name") if isinstance(value, Thing) else value
            if plain:
                return plain
        return None

    def things(self, name: str) -> list["Thing"]:
        return [value for value in self.properties.get(name, []) if isinstance(value, Thing)]


def top_things(tree: LexborHTMLParser, kind: str) -> list[Thing]:
    """Things of a type that are no property of another one (a page's main entity is not its property), in page order."""
    found: list[Thing] = []
    scopes: dict[int, Thing] = {}
    # The two halves must not overlap: a node that fits both would come twice.
    for node in tree.css("[itemscope]:not([itemprop]), [itemprop]")[:_MOST_NODES]:
        thing = _scope(node, scopes)
        name = node.attributes.get("itemprop")
        owner = _owner(node, scopes)
        if thing is not None and thing.type == kind and (owner is None or owner.type.endswith("Page")):
            found.append(thing)
        if name and owner is not None and not _hidden(node):
            _give(owner, name.split(), _value(node, name) if thing is None else thing)
    return found


def _scope(node: LexborNode, scopes: dict[int, Thing]) -> Thing | None:
    if "itemscope" not in node.attributes:
        return None
    kind = (node.attributes.get("itemtype") or "").rstrip("/").rpartition("/")[2]
    return scopes.setdefault(node.mem_id, Thing(kind))


def _owner(node: LexborNode, scopes: dict[int, Thing]) -> Thing | None:
    for parent in parents(node):
        if parent.mem_id in scopes:
            return scopes[parent.mem_id]
    return None


def parents(node: LexborNode) -> Iterable[LexborNode]:
    """From the nearest up, as far as any real page nests."""
    parent = node.parent
    for _ in range(_DEEPEST):
        if parent is None:
            return
        yield parent
        parent = parent.parent


def _hidden(node: LexborNode) -> bool:
    return "d-none" in (node.attributes.get("class") or "").split()


def _value(node: LexborNode, name: str) -> str:
    """A link gives its address only as an address: shop systems name a product by the text of one."""
    attributes = node.attributes
    if name == "url" and node.tag == "a" and (link := attributes.get("href")) is not None:
        return link.strip()
    if (content := attributes.get("content")) is not None:
        return content.strip()
    if (address := attributes.get(_ADDRESSES.get(node.tag or "", ""))) is not None:
        return address.strip()
    return str(node.text(separator=" ", strip=True))


def _give(owner: Thing, names: list[str], value: Thing | str) -> None:
    for name in names:
        owner.properties.setdefault(name, []).append(value)
