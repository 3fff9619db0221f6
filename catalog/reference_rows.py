"""The rows of the reference data, field for field as the files under `catalog/data` hold them."""

from datetime import date
from typing import Literal

from catalog.base import Fact


class Dated(Fact):
    """A row in force from `valid_from` to `valid_to`, both days included. `valid_to` None: still in force."""

    valid_from: date
    valid_to: date | None = None
    basis: str

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Group(Dated):
    slug: str
    name_vi: str
    name_en: str


class SubGroup(Dated):
    """One sub-group. Two of them may share a `criteria_set`: there are 26 sets for 27 sub-groups."""

    slug: str
    criteria_set: int
    name_vi: str
    name_en: str
    nature: Literal["goods", "alcohol", "service"]  # how it may be sold: a service is never shipped
    lead_ministry: str

    @property
    def group(self) -> str:
        return self.slug.partition("/")[0]


class OldGroup(Fact):
    """A group name of the 2018-2020 programme and what it is today: a group, or a sub-group where there is only one."""

    name_vi: str
    becomes: str
    basis: str


class CertifyingBody(Dated):
    stars: int
    body_vi: str
    body_en: str


class DocumentKind(Dated):
    """`lifetime_months` is the usual life of such a paper, a default for entering it; its own expiry date decides."""

    slug: str
    name_vi: str
    name_en: str
    issuer: str
    lifetime_months: int | None = None


class Requirement(Dated):
    """One paper a sub-group must have to be sold online; any one of the kinds in `any_of` will do."""

    sub_group: str
    any_of: tuple[str, ...]


class OnlineLimit(Dated):
    name: str
    value: int


class Claim(Fact):
    """Words in a text that need a live document of kind `proof`."""

    terms: tuple[str, ...]
    proof: str
    name_vi: str
