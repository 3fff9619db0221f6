"""A shop's keys, what proves that they work, and the messages sent to it."""

from datetime import datetime

from pydantic import SecretStr

from catalog.base import Fact


class Tokens(Fact):
    """One shop's pair. Expiries are aware UTC; None where the marketplace names none."""

    access_token: SecretStr
    refresh_token: SecretStr | None = None
    expires_at: datetime
    refresh_expires_at: datetime | None = None
    authorised_until: datetime | None = None


class ShopFacts(Fact):
    """A read-only proof that the credentials work."""

    external_id: str
    name: str
    is_active: bool
    can_push: bool
    authorised_until: datetime | None = None
    server_time: datetime | None = None  # from the answer's Date header: how far our clock is off


class Message(Fact):
    """One pushed or queued message, without anything personal. `identity` is the same whenever it is sent again."""

    kind: str  # the marketplace's own name or number of it
    identity: str
    order_external_id: str | None = None  # None: it names no order
    shop_external_id: str | None = None  # None: it does not say whose it is
    sent_at: datetime | None = None
