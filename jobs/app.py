"""One process's composition root: settings, database, clock and secrets, and the connectors built from them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import select

import connectors
from connectors.base import Connector
from connectors.ports import Clock
from jobs.owner import new_owner
from jobs.pictures import read_picture
from jobs.ports import DatabaseCache, DatabaseTokens
from models import Shop
from models.database import Database, open_database
from models.secrets import Vault, parse_master_keys
from settings import EXAMPLES, Settings, SettingsError, marketplace_settings

_EXAMPLE = EXAMPLES["MASTER_KEYS"]


class SystemClock:
    """The wall clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class JobError(Exception):
    """A job cannot do its work; the text is a sentence for a person: what happened and what to do."""


@dataclass
class App:
    """What jobs are given. `settle_after`: how long after a lost answer the marketplace may still be applying a write."""

    settings: Settings
    database: Database
    clock: Clock
    keyring: Vault | None  # None: no master key was given
    app_settings: Callable[[str, type[BaseModel]], BaseModel] = marketplace_settings
    pictures_dir: Path | None = None  # where relative picture paths of the workbook are read from
    allow_private_hosts: bool = False  # the sandbox lives on loopback; nothing else may
    crawl_delay_s: float | None = None  # None: the settings' own
    settle_after: timedelta = timedelta(minutes=1)
    owner: str = field(default_factory=new_owner)
    _connectors: dict[int, Connector] = field(default_factory=dict)

    @property
    def vault(self) -> Vault:
        """Where shops' secrets are. Raises SettingsError when no master key was given: only what reads or keeps one needs it."""
        if self.keyring is None:
            raise SettingsError(f"Thiếu OCOP_MASTER_KEYS (khoá mã hoá mã truy cập gian hàng). Hãy đặt: {_EXAMPLE}")
        return self.keyring

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        """The day in Vietnam: certificates run out, and months are cut, at local midnight."""
        return self.now().astimezone(self.zone).date()

    def shop(self, name: str) -> Shop:
        """The shop of that name. Raises JobError naming the shops there are."""
        with self.database.session() as session:
            if shop := session.scalar(select(Shop).where(Shop.name == name)):
                return shop
            known = ", ".join(session.scalars(select(Shop.name).order_by(Shop.name)))
        raise JobError(
            f"Không có gian hàng «{name}». Đang có: {known or 'chưa có gian hàng nào'}. Xem `ocop shop list`."
        )

    def connector(self, shop: Shop) -> Connector:
        """The shop's connector, built once a process. Raises SettingsError when the app keys or the master key are missing."""
        if shop.id not in self._connectors:
            self._connectors[shop.id] = self._build(shop)
        return self._connectors[shop.id]

    def forget(self, shop: Shop) -> None:
        """Drop a connector whose tokens were replaced under it."""
        if connector := self._connectors.pop(shop.id, None):
            connector.close()

    def _build(self, shop: Shop) -> Connector:
        kind = connectors.marketplaces().get(shop.marketplace)
        if kind is None:
            raise JobError(f"Gian hàng «{shop.name}» thuộc sàn «{shop.marketplace}» chưa có bộ kết nối.")
        return kind(
            self.app_settings(kind.code, kind.settings_model),
            shop.external_id,
            DatabaseTokens(self.database, self.vault, shop.id, self.clock, self.owner),
            clock=self.clock,
            cache=DatabaseCache(self.database, shop.id, self.clock),
            read_picture=lambda address: read_picture(
                address, self.pictures_dir, allow_private=self.allow_private_hosts
            ),
        )

    def close(self) -> None:
        for connector in self._connectors.values():
            connector.close()
        self.database.close()


def open_app(settings: Settings) -> App:
    """The application on the wall clock."""
    keys = settings.master_keys
    keyring = Vault(parse_master_keys(keys.get_secret_value())) if keys is not None else None
    return App(settings, open_database(settings.database_url), SystemClock(), keyring)
