"""What a connector says it can is what it overrides: the feature table is printed from it."""

import pytest

from connectors import marketplaces
from connectors.capability import Can
from connectors.errors import ForgedMessageError, UnsupportedError
from tests.contract.shops import Shop

OPTIONAL = {Can.PULL_STATEMENTS: "pull_statements", Can.READ_MESSAGES: "read_message"}


@pytest.mark.parametrize("code", sorted(marketplaces()))
def test_optional_verbs_are_said_and_there(code: str) -> None:
    """A verb with a default is claimed exactly where the connector has its own."""
    kind = marketplaces()[code]
    own = {can for can, verb in OPTIONAL.items() if getattr(kind, verb).__qualname__ != f"Connector.{verb}"}
    assert own == kind.capabilities & OPTIONAL.keys()


def test_an_unsigned_message_is_not_believed(shop: Shop) -> None:
    """Refused by its signature before it is read; where nothing is pushed, refused as unsupported. No request either way."""
    pushes = Can.READ_MESSAGES in shop.api.capabilities
    with pytest.raises(ForgedMessageError if pushes else UnsupportedError):
        shop.api.read_message(shop.api.settings, {"authorization": "0" * 64}, b"{}", "https://ocop.example/messages")
    assert shop.api.api_calls == 0


def test_statements_cost_no_request_where_there_are_none(shop: Shop) -> None:
    """UnsupportedError before anything is sent."""
    if Can.PULL_STATEMENTS in shop.api.capabilities:
        assert [one for one in shop.api.pull_statements(shop.now(), shop.now()) if one.period_end > shop.now()] == []
        return
    with pytest.raises(UnsupportedError):
        list(shop.api.pull_statements(shop.now(), shop.now()))
    assert shop.api.api_calls == 0
