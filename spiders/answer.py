"""The shape a site's own JSON must have: a missing or mistyped field is a changed layout, named, and never a guess.

Read straight from the bytes into typed records (msgspec 0.22): what is not listed is passed over and never becomes Python's. A whole
number is no true or false and has no fraction, a number is finite, text is text.
"""

from functools import cache
from typing import Any, Self

from msgspec import DecodeError, Struct, ValidationError, convert
from msgspec.json import Decoder

from spiders.page import PageError, PageState, bounded, broken

Number = int | float  # as JSON has it: whether a fraction is allowed is for the checks to say
Id = int | str  # sites write their ids as text or as numbers, from one answer to the next


def id_text(number: Id) -> str:
    """Ours are always text."""
    return number.strip() if isinstance(number, str) else str(number)


class Answer(Struct, gc=False):
    """A site's words, field for field. Fields not listed were seen and left out; listed ones must come in the type listed."""

    @classmethod
    def read_json(cls, raw: bytes | str) -> Self:
        """PageError: BAD_DATA for torn JSON, the rest as in `read`."""
        try:
            answer: Self = _decoder(cls).decode(bounded(raw))
        except ValidationError as err:
            raise changed(err) from None
        except (DecodeError, UnicodeError, RecursionError) as err:
            raise broken(err) from None
        return answer

    @classmethod
    def read(cls, value: Any) -> Self:
        """PageError(LAYOUT_CHANGED) names the first field that is not as expected, never its value."""
        try:
            return convert(value, cls)
        except ValidationError as err:
            raise changed(err) from None


@cache
def _decoder(kind: type[Answer]) -> Decoder[Any]:
    return Decoder(kind)


def changed(error: ValidationError) -> PageError:
    """The path and the two types: msgspec says no value of what it was given."""
    return PageError(PageState.LAYOUT_CHANGED, str(error)[:200])
