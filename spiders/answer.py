"""The shape a site's own JSON must have: a missing or mistyped field is a changed layout, named, and never a guess."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StrictFloat, StrictInt, ValidationError

from spiders.page import PageError, PageState

Number = Annotated[StrictInt | StrictFloat, "a JSON number: whether a fraction is allowed is for the checks to say"]


class Answer(BaseModel):
    """A site's words, field for field. Fields not listed were seen and left out; listed ones must come in the type listed."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    @classmethod
    def read(cls, value: Any) -> Self:
        """PageError(LAYOUT_CHANGED) names the fields that are not as expected, never their values."""
        try:
            return cls.model_validate(value)
        except ValidationError as err:
            raise PageError(PageState.LAYOUT_CHANGED, describe(err)) from None


def describe(error: ValidationError) -> str:
    """Which fields, and what was wrong with each: no input values."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in found[:5])
