"""The README is true: every command and setting is in it, and its printed parts are what the code prints."""

from pathlib import Path

import typer

import docs.features
from commands.tree import app
from connectors import errors as marketplace_errors
from settings import EXAMPLES, Settings

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def _commands(group: typer.Typer, prefix: str = "ocop") -> list[str]:
    named = [
        f"{prefix} {command.name or command.callback.__name__}"
        for command in group.registered_commands
        if command.callback
    ]
    inner = [
        _commands(sub.typer_instance, f"{prefix} {sub.name}") for sub in group.registered_groups if sub.typer_instance
    ]
    return named + [name for names in inner for name in names]


def test_every_command_is_documented() -> None:
    """A command nobody can read about does not exist for an office."""
    missing = [name for name in _commands(app) if name not in README]
    assert missing == []


def test_every_setting_is_documented_and_has_an_example_line() -> None:
    """A missing setting is named with the line to write; the README says what it means."""
    names = {name.upper() for name in Settings.model_fields}
    assert names == set(EXAMPLES)
    assert [name for name in names if f"`OCOP_{name}`" not in README] == []


def test_every_error_is_in_the_table() -> None:
    """Each way a marketplace can say no has a row that says what to do."""
    kinds = [name for name in vars(marketplace_errors) if name.endswith("Error") and name != "MarketplaceError"]
    assert [name for name in kinds if f"| {name} |" not in README] == []


def test_the_feature_table_is_todays() -> None:
    """`make docs` was run after the last change of a connector's capabilities."""
    assert docs.features.filled(README) == README
