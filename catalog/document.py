"""Papers a product or producer holds: declarations, test reports, licences (ocop_domain section 5)."""

from datetime import date, timedelta

from catalog.base import Day, Fact, Line


class Document(Fact):
    """One paper. `kind` is a slug of the dated reference table, never an enum: the list changes with the law."""

    kind: str
    number: Line | None = None
    issuer: Line | None = None
    issued_on: Day | None = None
    expires_on: Day | None = None  # None: no expiry known
    url: str | None = None
    is_demonstration: bool = False  # drawn by the sandbox, never presented as real

    def is_live(self, on: date) -> bool:
        """Issued by that day and not known to have expired. A date nobody wrote down does not count against it."""
        return (self.issued_on is None or self.issued_on <= on) and (self.expires_on is None or on <= self.expires_on)

    def turning_days(self) -> tuple[date, ...]:
        """The days on which `is_live` changes."""
        issued = (self.issued_on,) if self.issued_on else ()
        return issued + ((self.expires_on + timedelta(days=1),) if self.expires_on else ())
