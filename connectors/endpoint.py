"""One call of a marketplace's API, described once: where it goes, what it takes, what it gives, and whether repeating it is safe."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

log = logging.getLogger(__name__)

T = TypeVar("T")

Part = tuple[str, bytes, str]  # file name, content, media type
Rows = Annotated[list[T], Field(default_factory=list)]  # a list whose absence means "none"


class Payload(BaseModel):
    """What we send, in the marketplace's words. A field it has no name for is our mistake, so it is an error. None is left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    repeated: ClassVar[frozenset[str]] = frozenset()  # list fields that go out as k=a&k=b; every other list is k=a,b

    def to_query(self) -> list[tuple[str, str]]:
        """The payload as query or form pairs."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.model_dump(mode="json", exclude_none=True, by_alias=True).items():
            words = [_word(one) for one in value] if isinstance(value, list) else [_word(value)]
            pairs += [(name, word) for word in words] if name in self.repeated else [(name, ",".join(words))]
        return pairs

    def to_json(self) -> bytes:
        return self.model_dump_json(exclude_none=True, by_alias=True).encode()

    def to_parts(self) -> list[tuple[str, Part]]:
        """The files of a multipart call; only payloads of such calls have any."""
        raise NotImplementedError(f"{type(self).__name__} is not a file upload")


class NoPayload(Payload):
    """A call that takes nothing."""


class Answer(BaseModel):
    """What we were given. A missing or wrongly typed field is an error; a new field outside `ignores` warns once a run."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, populate_by_name=True)
    ignores: ClassVar[frozenset[str]] = frozenset()  # seen, and left out on purpose

    @model_validator(mode="before")
    @classmethod
    def _notice_new_fields(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.keys() <= known_fields(cls):
            _warn_once(cls, data.keys() - known_fields(cls))
        return data


@cache
def known_fields(model: type[Answer]) -> frozenset[str]:
    """Every key an answer may carry without a warning."""
    fields = model.model_fields
    return frozenset(fields) | {str(f.alias) for f in fields.values() if f.alias} | model.ignores


_warned: set[tuple[str, str]] = set()


def _warn_once(model: type[Answer], names: Iterable[str]) -> None:
    for name in sorted(names):
        if (key := (f"{model.__module__}.{model.__qualname__}", name)) not in _warned:
            _warned.add(key)
            log.warning("answer has a new field", extra={"model": key[0], "field": name})


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


In = TypeVar("In", bound=Payload)
Out = TypeVar("Out")


@dataclass(frozen=True)
class Endpoint(Generic[In, Out]):
    """`path` may hold `{names}`. `gives` is an Answer, or a list of them. Without a word, only a GET is safe to repeat."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    takes: type[In]
    gives: type[Out]
    safe_to_repeat: bool | None = None
    encoding: Literal["query", "json", "form", "multipart"] | None = None  # None: query for GET and DELETE, else json

    @property
    def is_safe(self) -> bool:
        return self.method == "GET" if self.safe_to_repeat is None else self.safe_to_repeat

    @property
    def sends(self) -> Literal["query", "json", "form", "multipart"]:
        return self.encoding or ("query" if self.method in {"GET", "DELETE"} else "json")

    def read(self, data: Any) -> Out:
        """Validate the marketplace's data. Raises pydantic.ValidationError."""
        return self._adapter.validate_python(data)

    @cached_property
    def _adapter(self) -> TypeAdapter[Out]:
        return TypeAdapter(self.gives)
