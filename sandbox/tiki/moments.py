"""Tiki's times: `YYYY-MM-DD HH:mm:ss` without a zone, meaning Vietnam's (tiki.md section 3, read 2026-11-24)."""

from datetime import UTC, datetime

from sandbox.things import VIETNAM
from sandbox.tiki.answers import Refusal

PATTERN = "%Y-%m-%d %H:%M:%S"


def to_text(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime(PATTERN)


def to_text_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def from_text(name: str, text: object) -> datetime | None:
    """Aware UTC. Refusal 400 naming the parameter when it is written otherwise."""
    if text is None:
        return None
    try:
        naive = datetime.strptime(str(text), PATTERN)  # noqa: DTZ007 - the zone is added on the next line, Tiki writes none
    except ValueError:
        raise Refusal(400, f"{name} must be written YYYY-MM-DD HH:mm:ss") from None
    return naive.replace(tzinfo=VIETNAM).astimezone(UTC)


def to_epoch_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
