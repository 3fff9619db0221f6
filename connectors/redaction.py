"""Keeps tokens out of what is printed: our errors, and the debug lines of the HTTP library."""

import logging
from collections.abc import Iterable

HIDDEN = "***"


def redact(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret replaced."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN) if secret else text
    return text


class NoQueries(logging.Filter):
    """Cuts the query off every address in a record: marketplaces put access tokens there."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(arg) for arg in record.args)
        return True


def _without_query(arg: object) -> object:
    text = arg if isinstance(arg, str) else repr(arg) if isinstance(arg, Exception) else ""
    return f"{text.partition('?')[0]}?{HIDDEN}" if "?" in text else arg


def guard_http_logs() -> None:
    """urllib3 logs whole URLs at DEBUG; adding the same filter twice does nothing."""
    for name in ("urllib3.connectionpool", "urllib3.util.retry"):
        logger = logging.getLogger(name)
        if not any(isinstance(f, NoQueries) for f in logger.filters):
            logger.addFilter(NoQueries())
