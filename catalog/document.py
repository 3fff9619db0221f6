"""Papers a product or producer holds: declarations, test reports, licences (ocop_domain section 5)."""

from datetime import date

from catalog.base import Fact


class Document(Fact):
    """One paper. `kind` is a slug of the dated reference table, never an enum: the list changes with the law."""

    kind: str
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None  # None: no expiry known
    url: str | None = None
    is_demonstration: bool = False  # drawn by the sandbox, never presented as real

    def is_live(self, on: date) -> bool:
        return self.expires_on is None or on <= self.expires_on
