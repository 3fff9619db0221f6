"""A short rehearsal of the whole loop, played once and looked at by many tests."""

from pathlib import Path
from typing import Any

from commands.rehearsal import Rehearsal, Terms
from jobs.app import App
from models.database import open_database
from models.secrets import Vault, parse_master_keys
from sandbox.clock import VirtualClock
from sandbox.sandbox import START
from settings import Settings

DAYS = 2
PRODUCTS = 14
TERMS = Terms(seed=1, products=PRODUCTS)


def play(directory: Path, days: int = DAYS) -> dict[str, Any]:
    """The demo's own answer."""
    with Rehearsal(TERMS, directory) as rehearsal:
        return rehearsal.play(days, lambda _day: None)


def look(directory: Path) -> App:
    """The application on what a rehearsal left, at the moment it ended; nothing is played any more."""
    key = (directory / "demo.key").read_text(encoding="ascii")
    settings = Settings(database_url=f"sqlite:///{directory / 'ocop.db'}", contact="test@ocop.example")
    clock = VirtualClock(START)
    clock.set(START.replace(day=START.day + DAYS))
    return App(settings, open_database(settings.database_url), clock, Vault(parse_master_keys(key)))
