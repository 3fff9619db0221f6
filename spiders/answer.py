"""The shape a site's own JSON must have: a missing or mistyped field is a changed layout, named, and never a guess."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictFloat, StrictInt, ValidationError

from spiders.page import PageError, PageState, bounded

Number = Annotated[StrictInt | StrictFloat, "a JSON number: whether a fraction is allowed is for the checks to say"]


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[
    str, BeforeValidator(_as_text)
]  # sites write their ids as text or as numbers, from one answer to the next


class Answer(BaseModel):
    """A site's words, field for field. Fields not listed were seen and left out; listed ones must come in the type listed."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", allow_inf_nan=False, str_strip_whitespace=True)

    @classmethod
    def read_json(cls, raw: bytes | str) -> Self:
        """Straight from the bytes, so that only what is listed becomes Python's. Torn JSON is PageError(BAD_DATA), the rest as in `read`."""
        try:
            return cls.model_validate_json(bounded(raw))
        except ValidationError as err:
            raise as_page_error(err) from None

    @classmethod
    def read(cls, value: Any) -> Self:
        """PageError(LAYOUT_CHANGED) names the fields that are not as expected, never their values."""
        try:
            return cls.model_validate(value)
        except ValidationError as err:
            raise as_page_error(err) from None


def as_page_error(error: ValidationError) -> PageError:
    """Torn JSON is bad data, anything else a changed layout; no value of the page is in it."""
    found = error.errors(include_input=False, include_url=False)
    if found[0]["type"] == "json_invalid":
        return PageError(PageState.BAD_DATA, f"broken JSON: {found[0]['ctx']['error']}"[:200])
    return PageError(PageState.LAYOUT_CHANGED, describe(error))


def describe(error: ValidationError) -> str:
    """Which fields, and what was wrong with each: no input values."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in found[:5])
