"""A marketplace's answers that hold for a while: asked for once however many ask together, and read once from their JSON."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from pydantic import TypeAdapter

from connectors.ports import Cache

T = TypeVar("T")


class Turns:
    """One thread at a time for each key. Who waited finds what the one before has found."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()  # gone with the last who waits

    @contextmanager
    def of(self, key: str) -> Iterator[None]:
        with self._guard:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            yield


class Kept:
    """Answers under keys that begin with `prefix`, for `max_age_s` seconds. Thread-safe."""

    def __init__(self, cache: Cache, prefix: str, max_age_s: float) -> None:
        self._cache = cache
        self._prefix = prefix
        self._max_age_s = max_age_s
        self._turns = Turns()
        self._read: dict[str, tuple[str, Any]] = {}  # the text and what it says

    def get(
        self, name: str, form: TypeAdapter[T], ask: Callable[[], T], keep: Callable[[T], object] = lambda _: True
    ) -> T:
        """What is kept, else the answer to `ask`, which is kept when `keep` finds it worth it."""
        key = f"{self._prefix}/{name}"
        if key in self._read and (text := self._cache.get(key, self._max_age_s)) is not None:
            return self._said(key, text, form)
        with self._turns.of(key):
            if (text := self._cache.get(key, self._max_age_s)) is not None:
                return self._said(key, text, form)
            answer = ask()
            if keep(answer):
                text = form.dump_json(answer).decode()
                self._cache.put(key, text)
                self._read[key] = text, answer
            return answer

    def _said(self, key: str, text: str, form: TypeAdapter[T]) -> T:
        known = self._read.get(key)
        if known is None or known[0] != text:
            known = self._read[key] = (text, form.validate_json(text))
        said: T = known[1]
        return said
