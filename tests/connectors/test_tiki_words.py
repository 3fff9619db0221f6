"""Tiki's words turned into ours: times, states, refusals, statuses."""

from datetime import UTC, datetime

import pytest

from connectors.dialect import ExpiredTokenError
from connectors.errors import (
    LoginRequiredError,
    MarketplaceError,
    NotFoundError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
)
from connectors.facts.listing import ListingState
from connectors.facts.order import OrderState
from connectors.limiter import NotAppliedError
from connectors.tiki.dialect import TikiDialect
from connectors.tiki.words import order_state, refusal, request_state, to_utc, to_vietnam_text


def test_times_are_vietnamese() -> None:
    """Their text has no zone and means UTC+7; it comes back as it went."""
    moment = to_utc("2026-11-20 00:15:00")
    assert moment == datetime(2026, 11, 19, 17, 15, tzinfo=UTC)
    assert to_vietnam_text(moment) == "2026-11-20 00:15:00"


@pytest.mark.parametrize("text", ["2026-11-20T00:15:00Z", "1763600000", ""])
def test_another_form_of_time_is_loud(text: str) -> None:
    """A new form of time is never guessed at: eight hours wrong is a wrong day."""
    with pytest.raises(UnexpectedAnswerError):
        to_utc(text)


@pytest.mark.parametrize("word", ["md_awaiting_approve", "md_waiting_approve", "bot_awaiting_approve", "queuing"])
def test_both_spellings_of_waiting_are_pending(word: str) -> None:
    """Tiki's state table and its guide spell the same state differently."""
    assert request_state(word) is ListingState.PENDING


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("waiting_payment", OrderState.UNPAID),
        ("queueing", OrderState.PLACED),
        ("handover_to_partner", OrderState.SHIPPED),
        ("successful_delivery", OrderState.DELIVERED),
        ("complete", OrderState.COMPLETED),
        ("canceled", OrderState.CANCELLED),
        ("closed", OrderState.CANCELLED),
        ("returned", OrderState.RETURNED),
    ],
)
def test_order_words(word: str, state: OrderState) -> None:
    """What Tiki counts as lost is never revenue here; what it counts as earned is."""
    assert order_state(word) is state


def test_unknown_words_are_loud() -> None:
    """No default bucket for a state nobody has read about."""
    with pytest.raises(UnexpectedAnswerError, match="'teleported'"):
        order_state("teleported")
    with pytest.raises(UnexpectedAnswerError, match="'dreaming'"):
        request_state("dreaming")


def test_a_refusal_in_json_gives_code_and_words() -> None:
    """The reason of a rejected request may be a JSON text inside the JSON."""
    reason = '{"errors":[{"code":420,"data":null,"description":"Mã A-1 đã có","msg":"m"},{"code":7,"msg":"Ảnh hỏng"}]}'
    assert refusal(reason) == ("420", "Mã A-1 đã có; Ảnh hỏng")


def test_a_refusal_in_plain_words_is_kept() -> None:
    """Words that are no JSON, or another JSON, reach the owner as they are."""
    assert refusal("Thiếu giấy tờ") == ("", "Thiếu giấy tờ")
    assert refusal('{"note": 1}') == ("", '{"note": 1}')


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, RejectedError),
        (401, ExpiredTokenError),
        (403, RejectedError),
        (404, NotFoundError),
        (406, UnexpectedAnswerError),
        (418, UnexpectedAnswerError),
        (422, RejectedError),
        (429, NotAppliedError),
        (503, TransientError),
    ],
)
def test_every_status_means_one_thing(status: int, kind: type[MarketplaceError]) -> None:
    """A documented status has its error with Tiki's words in it; an undocumented one is loud."""
    with pytest.raises(kind) as refused:
        TikiDialect().result(status, {"errors": ["giá sai", "kho sai"], "meta": {"source": "meepo", "id": "35"}})
    assert type(refused.value) is kind
    assert (refused.value.reason, refused.value.code) == ("giá sai; kho sai", str(status))


def test_the_oauth_server_speaks_otherwise() -> None:
    """A used code asks for a login; an error nobody has read about is loud."""
    with pytest.raises(LoginRequiredError, match="already used"):
        TikiDialect().result(400, {"error": "invalid_grant", "error_description": "already used", "status_code": 400})
    with pytest.raises(UnexpectedAnswerError):
        TikiDialect().result(400, {"error": "moon_phase"})


def test_support_gets_its_number() -> None:
    """Tiki puts the id of a refusal in the body; a success has none."""
    assert TikiDialect().request_id({}, {"errors": ["x"], "meta": {"source": "meepo", "id": "3500"}}) == "3500"
    assert TikiDialect().request_id({}, [{"track_id": "ab"}]) == ""
