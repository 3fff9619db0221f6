"""`ocop demo`: the whole loop on the pretend marketplaces, from the register to a revenue table held against the truth."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.by_files import MARKETS
from commands.door import fail, foreseen
from commands.rehearsal import Rehearsal, Terms
from commands.speak import JsonOption, console, errors, print_json, print_rows, say, shown
from sandbox.journal import JournalError
from settings import configure_logging

HANDS = min((os.cpu_count() or 1) + 1, 4)  # one waits for an answer while the others work; there are four shops


def demo(  # noqa: PLR0913 - a command has as many options as it has
    days: Annotated[
        int, typer.Option(min=1, max=366, help="Số ngày của thế giới giả · days of the pretend world")
    ] = 30,
    seed: Annotated[int, typer.Option()] = 1,
    products: Annotated[
        int | None, typer.Option(min=1, help="Chỉ lấy N sản phẩm đầu · only the first N products")
    ] = None,
    files_only: Annotated[
        bool, typer.Option("--files-only", help="Đơn và tiền chỉ từ tệp tải về · orders and money from files alone")
    ] = False,
    files: Annotated[
        str,
        typer.Option(help="Sàn chỉ dùng tệp, cách nhau bằng dấu phẩy · marketplaces by files alone, comma separated"),
    ] = "",
    both: Annotated[str, typer.Option(help="Sàn dùng cả tệp và API · marketplaces by files and API")] = "",
    directory: Annotated[Path, typer.Option("--dir", file_okay=False)] = Path("var/demo"),
    as_json: JsonOption = False,
) -> None:
    """Chạy thử toàn bộ trên các sàn giả: số minh hoạ, không phải số thật · the whole loop on the sandbox."""
    configure_logging("text", quiet=True)
    with foreseen():
        try:
            by_file, by_both = MARKETS if files_only else _markets(files), _markets(both)
            if twice := set(by_file) & set(by_both):
                fail(
                    say(
                        f"{', '.join(twice)}: chỉ chọn một cách, --files hoặc --both.",
                        f"{', '.join(twice)}: one of the two.",
                    )
                )
            with Rehearsal(Terms(seed, products, by_file, by_both), directory, hands=HANDS) as rehearsal:
                answer = _watched(rehearsal, days)
        except JournalError as err:
            fail(str(err))
    print_json(answer) if as_json else _print(answer, directory)


def _markets(written: str) -> tuple[str, ...]:
    """Codes of marketplaces that have files. Fails with a sentence."""
    markets = tuple(sorted({one.strip() for one in written.split(",") if one.strip()}))
    if unknown := [one for one in markets if one not in MARKETS]:
        fail(
            say(
                f"Không có tệp của {', '.join(unknown)}. Có: {', '.join(MARKETS)}.",
                f"No files of {', '.join(unknown)}.",
            )
        )
    return markets


def _watched(rehearsal: Rehearsal, days: int) -> dict[str, Any]:
    """With a bar while a terminal is there."""
    if not errors.is_terminal:
        return rehearsal.play(days, lambda _day: None)
    from rich.progress import Progress  # noqa: PLC0415 - only for eyes

    with Progress(console=errors, transient=True) as progress:
        bar = progress.add_task(say("Ngày của thế giới giả", "Days of the pretend world"), total=days)
        return rehearsal.play(days, lambda day: progress.update(bar, completed=day))


def _print(answer: dict[str, Any], directory: Path) -> None:
    markets = list(answer["listings"])
    rows = [
        {
            "sàn": market,
            "đọc bằng": answer["read_by"][market],
            "đang bán": answer["listings"][market]["live"],
            "bị từ chối": answer["listings"][market]["rejected"],
            "chờ duyệt": answer["listings"][market]["pending"],
            "doanh thu (đ)": answer["revenue_vnd"][market],
            "sự thật (đ)": answer["truth_revenue_vnd"][market],
            "lần gọi API": answer["api_calls"][market],
        }
        for market in markets
    ]
    print_rows(
        tuple(rows[0]),
        rows,
        say("Chạy thử trên các sàn giả (số minh hoạ)", "Rehearsal on the pretend marketplaces (demonstration figures)"),
    )
    share = "–" if answer["online_share"] is None else f"{answer['online_share']:.1%}".replace(".", ",")
    console.print(
        say(
            f"{answer['products']} sản phẩm, {shown(answer['orders'])} đơn, {shown(answer['observations'])} lần đọc giá, "
            f"{shown(answer['reviews'])} đánh giá, {shown(answer['pages'])} trang; tỷ trọng trực tuyến {share}; "
            f"{answer['elapsed_s']:.1f} giây. Dữ liệu ở {directory}.",
            f"{answer['products']} products, {answer['orders']} orders, {answer['observations']} observations, "
            f"{answer['reviews']} reviews, {answer['pages']} pages; online share {share}; "
            f"{answer['elapsed_s']:.1f} s. The database is in {directory}.",
        ),
        markup=False,
    )
