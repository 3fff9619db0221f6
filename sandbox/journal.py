"""What changed the world, one JSON line each, so that a killed sandbox comes back exactly as it was.

A line is handed to the operating system before the answer leaves: an answer somebody saw is never forgotten by a killed process.
(A power cut may forget the last ones; nothing real is at stake here.) Its secrets are the sandbox's own inventions.
"""

import fcntl
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, ValidationError

from sandbox.http import Request

FORMAT = 1


class JournalError(Exception):
    """The directory cannot be used; the sentence says why."""


class Terms(BaseModel):
    """The first line: what the world was made from. Two runs with different terms are two different worlds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    seed: int
    start: datetime
    options: dict[str, dict[str, Any]]

    def made_of(self) -> str:
        """What decides everything but the moment it began."""
        return json.dumps([self.seed, self.options], sort_keys=True)


class Entry(BaseModel):
    """One later line: the clock was set to `at`, and then, if `site` is named, a request or a fate of its tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    site: str | None = None
    tokens: str | None = None  # "expired" or "revoked"
    method: str | None = None
    target: str = ""
    headers: dict[str, str] = {}
    body: str = ""  # base64
    clock_skew_s: float = 0.0

    @classmethod
    def of_request(cls, at: datetime, site: str, request: Request, clock_skew_s: float) -> "Entry":
        target = quote(request.path) + (f"?{request.raw_query}" if request.raw_query else "")
        return cls(
            at=at,
            site=site,
            method=request.method,
            target=target,
            headers=request.headers,
            body=b64encode(request.body).decode(),
            clock_skew_s=clock_skew_s,
        )

    def request(self) -> Request | None:
        if self.method is None:
            return None
        return Request.of(self.method, self.target, self.headers, b64decode(self.body))


class Journal:
    """The file `world.journal` of one directory, held by one process at a time."""

    def __init__(self, directory: Path) -> None:
        """JournalError when another process holds it or it is not a journal of this format."""
        directory.mkdir(parents=True, exist_ok=True)
        self.path = directory / "world.journal"
        self._file = self.path.open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise JournalError(f"{directory} is in use by another sandbox") from None
        self._drop_torn_line()

    def agree(self, wanted: Terms) -> Terms:
        """The terms in force: those of the first line, whose start wins, or `wanted` when the journal is new.

        JournalError, and the file is given back, when the first line names another seed, other options or another format.
        """
        self._file.seek(0)
        line = self._file.readline()
        if not line:
            self.append(wanted)
            return wanted
        if json.loads(line).get("format") != FORMAT:
            self.close()
            raise JournalError(f"{self.path} has another format than {FORMAT}; delete it to begin a new world")
        found = Terms.model_validate_json(line)
        if found.made_of() != wanted.made_of():
            self.close()
            raise JournalError(
                f"{self.path} holds a world of seed {found.seed} with other terms; choose another directory"
            )
        return found

    def entries(self) -> Iterator[Entry]:
        """Every line after the first. JournalError names a line that cannot be read: only the last one may be torn."""
        self._file.seek(0)
        self._file.readline()
        for number, line in enumerate(self._file, 2):
            try:
                yield Entry.model_validate_json(line)
            except ValidationError:
                raise JournalError(
                    f"line {number} of {self.path} cannot be read; delete the file to begin a new world"
                ) from None

    def append(self, line: Terms | Entry) -> None:
        self._file.write(line.model_dump_json(exclude_defaults=isinstance(line, Entry)).encode() + b"\n")
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def _drop_torn_line(self) -> None:
        """A process killed while writing leaves half a line: its answer never left, so it never happened."""
        self._file.seek(0)
        whole = sum(len(line) for line in self._file if line.endswith(b"\n"))
        self._file.truncate(whole)
