"""A saved mapping as a kind of file, beside those that marketplaces have."""

from functools import partial

from connectors.files.kind import FileKind, Stands
from connectors.files.table import Place
from connectors.mapped.mapping import Mapping, fingerprint
from connectors.mapped.orders import read_orders
from connectors.mapped.sales import read_sales

OUTSIDE = "offline"  # in the place of a marketplace


def kind_of(mapping: Mapping) -> FileKind:
    known_by = mapping.fingerprint

    def is_mine(place: Place) -> bool:
        return fingerprint(place.headings) == known_by

    return FileKind(
        mapping.kind,
        mapping.marketplace or OUTSIDE,
        f"tệp theo cách đọc «{mapping.name}»",
        Stands.ORDERS if mapping.marketplace else Stands.OTHER,
        is_mine,
        partial(read_orders if mapping.marketplace else read_sales, mapping),
    )
