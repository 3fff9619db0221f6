"""`ocop sandbox`: the pretend marketplaces, and the files their sellers would download."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands.door import fail, foreseen
from commands.rehearsal import opened_world
from commands.service import sandbox as play
from commands.speak import JsonOption, console, print_json, say
from connectors import marketplaces
from sandbox.exports import EXPORTS, Export
from sandbox.journal import JournalError
from sandbox.sandbox import START, Sandbox
from sandbox.sheets.downloads import DOWNLOADS, Download

FILES: Mapping[str, Export | Download] = {**EXPORTS, **DOWNLOADS}  # reports of what was sold, and sheets to be filled
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]

app = typer.Typer(help="Các sàn giả · the pretend marketplaces.")


@app.callback(invoke_without_command=True)
def sandbox(
    context: typer.Context,
    port: Annotated[int, typer.Option()] = 0,
    seed: Annotated[int, typer.Option()] = 1,
) -> None:
    """Các sàn giả trên máy này, tới khi bị dừng · the pretend marketplaces, until interrupted."""
    if context.invoked_subcommand is None:
        play(port, seed)


@app.command()
def export(
    kind: Annotated[
        list[str], typer.Option(help=f"{', '.join(FILES)}; bỏ trống là mọi báo cáo · every report when left out")
    ] = [],  # noqa: B006 - typer reads it, nobody changes it
    directory: Annotated[Path, typer.Option("--dir", exists=True, file_okay=False)] = Path("var/demo"),
    to: Annotated[Path, typer.Option("--to", file_okay=False)] = Path(),
    first: Day = None,
    last: Day = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi các tệp người bán tải về, từ thế giới của `ocop demo` · write sellers' files from the world of a demo."""
    if unknown := [one for one in kind if one not in FILES]:
        fail(say(f"Không có loại tệp {', '.join(unknown)}. Có: {', '.join(FILES)}.", f"No kind {', '.join(unknown)}."))
    to.mkdir(parents=True, exist_ok=True)
    with foreseen():
        try:
            with opened_world(directory) as world:
                days = (
                    first.date() if first else START.date(),
                    last.date() if last else _today(world.world.clock.now()),
                )
                paths = [FILES[one].write(world, _shop(world, FILES[one].market), days, to) for one in kind or EXPORTS]
        except JournalError as err:
            fail(str(err))
    names = [str(path) for path in paths]
    print_json({"files": names}) if as_json else console.print("\n".join(names), markup=False, soft_wrap=True)


def _shop(world: Sandbox, market: str) -> str:
    """Nobody's where it is a till."""
    return str(world.credentials(market)["shop_id"]) if market in marketplaces() else ""


def _today(now: datetime) -> date:
    return now.astimezone(START.tzinfo).date()
