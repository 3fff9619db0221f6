"""The product as it is, told where the pretend marketplaces are; their keys come from the world, not the environment.

What is told can be handed to another process, which then opens the same application.
"""

import base64
import os
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr

from connectors import marketplaces
from connectors.ports import Clock
from jobs.app import App
from models.database import open_database
from models.secrets import Vault, parse_master_keys
from sandbox.sandbox import Sandbox
from settings import Settings

PACE: dict[str, Any] = {
    "rate_per_s": None,
    "max_in_flight": 1,
}  # loopback needs no pacing; in one order every life gives the same ids


@dataclass(frozen=True)
class RehearsedApp:
    """One directory's application on a given clock. `told`: by marketplace the settings that the world gives."""

    directory: Path
    told: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = field(repr=False)  # keys are among it

    def __call__(self, clock: Clock) -> App:
        key = SecretStr(own_key(self.directory / "demo.key"))
        settings = Settings(
            database_url=f"sqlite:///{self.directory / 'ocop.db'}", master_keys=key, contact="demo@ocop.example"
        )
        return App(
            settings,
            open_database(settings.database_url, is_for_keeps=False),
            clock,
            Vault(parse_master_keys(key.get_secret_value())),
            app_settings=self._app_settings,
            allow_private_hosts=True,
            crawl_delay_s=0.0,
            settle_after=timedelta(0),  # the sandbox applies a write before it can lose its answer
        )

    def _app_settings(self, code: str, model: type[BaseModel]) -> BaseModel:
        given = dict(self.told)[code]
        return model.model_validate({name: value for name, value in given if name in model.model_fields} | PACE)


def told_by(world: Sandbox, directory: Path) -> RehearsedApp:
    """Keys and addresses of every marketplace that is played."""
    codes = [code for code in marketplaces() if f"{code}.api" in world.sites]
    return RehearsedApp(directory, tuple((code, _told(world, code)) for code in codes))


def _told(world: Sandbox, code: str) -> tuple[tuple[str, Any], ...]:
    addresses = {
        "base_url": world.base_url(code),
        "auth_base_url": world.base_url(code),
        "storefront_url": world.storefront_url(code),
    }
    given = world.credentials(code) | addresses
    return tuple((name, value) for name, value in given.items() if value is not None)


def own_key(path: Path) -> str:
    """The rehearsal's own master key, made once, readable by its owner alone."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)).decode())
    return path.read_text(encoding="ascii")
