"""The whole pretend world behind one switch: every site on loopback, one clock, one control URL, one journal."""

import importlib
import json
import pkgutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sandbox
from sandbox.clock import Clock, VirtualClock
from sandbox.control import ControlSite
from sandbox.faults import Faults
from sandbox.gate import Gate
from sandbox.journal import Entry, Journal, Terms
from sandbox.server import Door
from sandbox.site import Site, SiteSettings
from sandbox.things import VIETNAM
from sandbox.world import World

START = datetime(2026, 10, 1, tzinfo=VIETNAM)
CONTROL = "control.api"


def site_classes() -> list[type[Site]]:
    """Every site of every module here that names SITES, found by looking."""
    modules = (importlib.import_module(f"sandbox.{m.name}") for m in pkgutil.iter_modules(sandbox.__path__))
    return [site for module in modules for site in getattr(module, "SITES", ())]


class Sandbox:
    """A context manager. With a `directory` the world outlives its process; without one it is forgotten.

    `clock` None or a VirtualClock: time moves only by `advance`. Any other clock drives the world by itself.
    """

    def __init__(
        self,
        seed: int = 1,
        *,
        clock: Clock | None = None,
        directory: Path | None = None,
        rate_per_s: Mapping[str, float | None] | None = None,
        options: Mapping[str, dict[str, Any]] | None = None,
        control_port: int = 0,
        sites: Sequence[type[Site]] | None = None,
    ) -> None:
        """`sites` None: every one that is found. JournalError when the directory is in use or holds another world."""
        self._journal = Journal(directory) if directory else None
        self._ports_file = directory / "ports.json" if directory else None
        self._wall = clock if clock is not None and not isinstance(clock, VirtualClock) else None
        wanted = Terms(seed=seed, start=clock.now() if clock else START, options=dict(options or {}))
        terms = self._journal.agree(wanted) if self._journal else wanted
        self.world = World(seed, VirtualClock(terms.start))
        self.sites: dict[str, Site] = {}
        for site_class in site_classes() if sites is None else sites:
            key = f"{site_class.market}.{site_class.role}"
            settings = SiteSettings((rate_per_s or {}).get(key), terms.options.get(key, {}))
            self.sites[key] = site_class(self.world, settings)
        self.faults = Faults(self.sites.keys())
        self._control = ControlSite(self.world, self.sites, self.faults, self.advance)
        every_site = {**self.sites, CONTROL: self._control}
        self._gates = {key: Gate(site, self.faults, self._record, self._catch_up) for key, site in every_site.items()}
        self._doors: dict[str, Door] = {}
        self._control_port = control_port

    def start(self) -> Self:
        """Open every door; what the journal holds has happened again before the first request is let in."""
        with ExitStack() as undo:
            undo.callback(self.stop)
            self._open()
            undo.pop_all()
        return self

    def stop(self) -> None:
        for gate in self._gates.values():
            gate.closing.set()
        for door in self._doors.values():
            door.stop()
        self._doors.clear()
        if self._journal:
            self._journal.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def control_url(self) -> str:
        return self._control.base_url

    def base_url(self, market: str) -> str:
        return self.sites[f"{market}.api"].base_url

    def storefront_url(self, market: str) -> str | None:
        """None where the marketplace's public pages are not played."""
        site = self.sites.get(f"{market}.storefront")
        return site.base_url if site else None

    def credentials(self, market: str) -> dict[str, Any]:
        return self.sites[f"{market}.api"].credentials()

    def advance(self, to: datetime) -> None:
        """Let the world live until `to`. ValueError for the past, and when the wall's clock is in charge."""
        if self._wall:
            raise ValueError("this world follows the clock on the wall; nobody can turn it")
        with self.world.lock:
            self.world.run_until(to)
            self._record(Entry(at=to))

    def catch_up(self) -> None:
        """Let a world on the wall's clock live until now. Safe to repeat; does nothing on a virtual clock."""
        with self.world.lock:
            self._catch_up()

    def truth(self) -> dict[str, Any]:
        with self.world.lock:
            return self.world.truth()

    def _open(self) -> None:
        ports = self._known_ports()
        for key, gate in self._gates.items():
            self._doors[key] = door = self._open_door(key, ports.get(key, 0))
            gate.site.base_url = door.base_url
        self._replay()
        if self._ports_file:
            self._ports_file.write_text(json.dumps({key: door.port for key, door in self._doors.items()}))
        for door in self._doors.values():
            door.start()

    def _replay(self) -> None:
        if self._journal is None:
            return
        with self.world.lock:
            for entry in self._journal.entries():
                self.world.run_until(entry.at)
                if entry.site:
                    self._gates[entry.site].replay(entry)

    def _record(self, entry: Entry) -> None:
        if self._journal:
            self._journal.append(entry)

    def _catch_up(self) -> None:
        if self._wall and (now := self._wall.now()) > self.world.clock.now():
            self.world.run_until(now)

    def _open_door(self, key: str, port: int) -> Door:
        """On the port of the last run if it is still free. OSError when the port that was asked for is taken."""
        gate = self._gates[key]
        asked = self._control_port if key == CONTROL else 0
        try:
            return Door(asked or port, gate.answer, gate.site.skewed_now)
        except OSError:
            if asked or not port:
                raise
            return Door(0, gate.answer, gate.site.skewed_now)

    def _known_ports(self) -> dict[str, int]:
        """The ports of the last run: addresses already written into listings stay true."""
        if self._ports_file is None or not self._ports_file.exists():
            return {}
        known: dict[str, int] = json.loads(self._ports_file.read_text())
        return known
