"""Keeps tokens out of what is printed."""

from collections.abc import Iterable

HIDDEN = "***"


def redact(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret replaced."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN) if secret else text
    return text
