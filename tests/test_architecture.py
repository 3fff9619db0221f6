"""The import map of docs/architecture.md, held against every import in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EVERYTHING = {
    "analysis",
    "catalog",
    "commands",
    "connectors",
    "jobs",
    "models",
    "sandbox",
    "scheduler",
    "settings",
    "spiders",
    "web",
}
MAY_IMPORT: dict[str, set[str]] = {
    "catalog": set(),
    "models": {"catalog"},
    "connectors": {"catalog"},
    "spiders": {"catalog"},
    "analysis": {"catalog", "models"},
    "sandbox": {"catalog"},  # never a connector or a spider: two separate readings of one document
    "jobs": {"analysis", "catalog", "connectors", "models", "settings", "spiders"},
    "web": {"analysis", "catalog", "jobs", "models"},
    "settings": set(),
    "scheduler": {"jobs", "models"},
    "commands": EVERYTHING,
    "cli": {"commands"},
}


def _ours(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        else:
            continue
        for name in names:
            if (room := name.split(".")[0]) in MAY_IMPORT:
                yield node.lineno, room


def _files(room: str) -> list[Path]:
    loose = ROOT / f"{room}.py"
    return [loose] if loose.exists() else sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_the_map_allows(room: str) -> None:
    """Connectors and spiders never see the database, the sandbox never sees a connector, and nothing points backwards."""
    allowed = MAY_IMPORT[room] | {room}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {found}"
        for path in _files(room)
        for line, found in _ours(path)
        if found not in allowed
    ]
    assert wrong == []


def test_every_top_level_room_is_on_the_map() -> None:
    """A new room is placed on the map before anything is put in it."""
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"benchmarks", "docs", "tests"}
    loose = {path.stem for path in ROOT.glob("*.py")}
    assert rooms | loose == set(MAY_IMPORT)


def test_only_the_settings_read_the_environment() -> None:
    """One reader of the environment; the spiders' own Scrapy project is the one exception, and says why."""
    readers = {
        str(path.relative_to(ROOT))
        for room in MAY_IMPORT
        for path in _files(room)
        if "os.environ" in (text := path.read_text(encoding="utf-8")) or "os.getenv" in text
    }
    assert readers <= {"settings.py", "spiders/settings.py"}
