"""`ocop scenario`: a year whose figures are known beforehand, played into a database of its own and told again by the reports."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.door import foreseen
from commands.founding import play
from commands.speak import JsonOption, console, errors, print_json, print_rows, say, shown
from settings import configure_logging


class Name(StrEnum):
    FOUNDING_YEAR = "founding-year"


def scenario(
    name: Annotated[Name, typer.Argument(help="founding-year")],
    seed: Annotated[int, typer.Option()] = 1,
    directory: Annotated[Path, typer.Option("--dir", file_okay=False)] = Path("var/scenario"),
    as_json: JsonOption = False,
) -> None:
    """Chơi lại một năm biết trước kết quả, rồi xem báo cáo nói đúng không · a known year, and what reports tell of it."""
    configure_logging("text", quiet=True)
    with foreseen():
        answer = _watched(lambda tell: play(seed, directory, tell))
    print_json(answer) if as_json else _print(name, answer, directory)
    if not all(figure["holds"] for figure in answer["figures"]):
        raise typer.Exit(1)


def _watched(work: Callable[[Callable[[float], None]], dict[str, Any]]) -> dict[str, Any]:
    """With a bar while a terminal is there."""
    if not errors.is_terminal:
        return work(lambda _part: None)
    from rich.progress import Progress  # noqa: PLC0415 - only for eyes

    with Progress(console=errors, transient=True) as progress:
        bar = progress.add_task(say("Hai năm của thế giới giả", "Two years of the pretend world"), total=1.0)
        return work(lambda part: progress.update(bar, completed=part))


def _print(name: Name, answer: dict[str, Any], directory: Path) -> None:
    rows = [
        {
            say("chỉ tiêu", "figure"): figure["figure"],
            say("đặt vào", "put in"): figure["put"],
            say("báo cáo nói", "told"): figure["told"],
            say("từ", "from"): figure["low"],
            say("đến", "to"): figure["high"],
            say("khớp", "holds"): say("có", "yes") if figure["holds"] else say("KHÔNG", "NO"),
        }
        for figure in answer["figures"]
    ]
    print_rows(tuple(rows[0]), rows, say(f"Kịch bản {name} (số minh hoạ)", f"Scenario {name} (demonstration figures)"))
    console.print(
        say(
            f"{shown(answer['orders'])} đơn, {answer['elapsed_s']:.0f} giây. Xem báo cáo khác: "
            f"OCOP_DATABASE_URL=sqlite:///{directory}/ocop.db ocop report revenue --from 2021-01-01 --to 2021-12-31",
            f"{answer['orders']} orders, {answer['elapsed_s']:.0f} s. Other reports: "
            f"OCOP_DATABASE_URL=sqlite:///{directory}/ocop.db ocop report revenue --from 2021-01-01 --to 2021-12-31",
        ),
        markup=False,
        soft_wrap=True,
    )
