"""Who makes it: one producer (chủ thể), who may sell through many shops."""

from enum import StrEnum

from catalog.base import Fact, Line


class ProducerKind(StrEnum):
    """The legal form. It decides whether a marketplace withholds tax (vn_rules section 3)."""

    COOPERATIVE = "cooperative"
    ENTERPRISE = "enterprise"
    HOUSEHOLD = "household"
    COOPERATIVE_GROUP = "cooperative_group"
    ESTABLISHMENT = "establishment"
    COMMUNITY_TOURISM = "community_tourism"


class Producer(Fact):
    """One producer. `code` is the office's own key and never changes."""

    code: str
    name: Line
    kind: ProducerKind | None = None  # None: the source does not say
    commune: Line | None = None  # the unit in force since 2025-07-01
    old_place: Line | None = None  # the place as an older source names it, kept for searching
    tax_code: str | None = None
