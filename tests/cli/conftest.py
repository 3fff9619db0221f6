"""The `ocop` command as a person runs it: a process of its own, with an environment of its own."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

KEY = base64.b64encode(bytes(range(32))).decode()


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        return json.loads(self.out)


Ocop = Callable[..., Said]


@pytest.fixture
def ocop(tmp_path: Path) -> Ocop:
    """Runs `ocop` in an empty folder; keyword arguments are settings, None takes one away."""

    def run(*words: str, **settings: str | None) -> Said:
        given = {"OCOP_MASTER_KEYS": KEY, "OCOP_CONTACT": "test@ocop.example", "LANG": "vi_VN.UTF-8", **settings}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("OCOP_", "LC_"))}
        environment = {**kept, "COLUMNS": "200", **{name: value for name, value in given.items() if value is not None}}
        done = subprocess.run(
            [sys.executable, "-m", "cli", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def ready(ocop: Ocop) -> Ocop:
    """The same, with a database."""
    assert ocop("init").code == 0
    return ocop
