"""`ocop floor`: the price below which nothing is pushed, by pack and marketplace."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.whatif.offers import Costs
from catalog.money import format_dong, parse_dong
from catalog.producer import ProducerKind
from commands.door import opened
from commands.speak import JsonOption, console, print_json, print_rows, say
from jobs.app import JobError
from jobs.computed_floors import compute_floors
from jobs.floor_sheet import import_floors
from jobs.price_floors import clear_floor, known_floors, set_floor

app = typer.Typer(no_args_is_help=True, help="Giá sàn: không đẩy giá thấp hơn · prices that a push never goes under")
COLUMNS = ("sku", "marketplace", "floor_vnd", "cost_vnd", "packaging_vnd", "set_at")
MarketOption = Annotated[
    str | None, typer.Option("--marketplace", help="Một sàn; bỏ trống là mọi sàn · one marketplace; all when left out")
]


@app.command("list")
def list_floors(as_json: JsonOption = False) -> None:
    """Mọi giá sàn đang đặt · every floor that is set."""
    with opened() as ocop:
        rows = known_floors(ocop)
    print_json({"floors": rows}) if as_json else print_rows(COLUMNS, rows)


@app.command("set")
def set_by_hand(
    sku: str,
    amount: Annotated[str, typer.Argument(help="185.000, 185k, …")],
    marketplace: MarketOption = None,
    as_json: JsonOption = False,
) -> None:
    """Đặt giá sàn bằng tay · set a floor by hand."""
    with opened() as ocop:
        floor_vnd = _amount(amount)
        set_floor(ocop, sku, marketplace, floor_vnd)
    _tell({"sku": sku, "floors": {marketplace or "": floor_vnd}}, as_json)


@app.command("compute")
def compute(
    sku: str,
    cost: Annotated[str, typer.Option(help="Giá vốn một gói · what a piece costs")],
    packaging: Annotated[str, typer.Option(help="Bao bì một gói · packaging of a piece")] = "0",
    seller: Annotated[
        ProducerKind | None,
        typer.Option(help="Loại hình của chủ gian hàng bán cho nhiều chủ thể · the owner's legal form"),
    ] = None,
    marketplace: MarketOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tính giá sàn từ giá vốn, phí và thuế; mỗi ngày tính lại · from cost, fees and tax, kept up daily."""
    with opened() as ocop:
        costs = Costs(_amount(packaging), _amount(cost), seller.value if seller else None)
        floors = compute_floors(ocop, sku, costs, marketplace)
    _tell({"sku": sku, "floors": floors}, as_json)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)], as_json: JsonOption = False
) -> None:
    """Nhập nhiều giá sàn từ tệp CSV; sai một dòng thì không ghi gì · many floors from a CSV; one wrong row stores nothing."""
    with opened() as ocop:
        number = import_floors(ocop, file)
    if as_json:
        print_json({"floors": number})
    else:
        console.print(say(f"Đã đặt {number} giá sàn. Xem `ocop plan`.", f"{number} floors are set. See `ocop plan`."))


@app.command("clear")
def clear(sku: str, marketplace: MarketOption = None, as_json: JsonOption = False) -> None:
    """Bỏ giá sàn · take a floor away."""
    with opened() as ocop:
        if not clear_floor(ocop, sku, marketplace):
            raise JobError(
                say(
                    f"«{sku}» không có giá sàn nào ở {marketplace or 'mọi sàn'}. Xem `ocop floor list`.",
                    f"{sku!r} has no floor on {marketplace or 'all marketplaces'}. See `ocop floor list`.",
                )
            )
    _tell({"sku": sku, "floors": {}}, as_json)


def _amount(text: str) -> int:
    try:
        return parse_dong(text)
    except ValueError as err:
        raise JobError(str(err)) from None


def _tell(answer: dict[str, object], as_json: bool) -> None:
    if as_json:
        print_json(answer)
        return
    floors = answer["floors"]
    said = (
        ", ".join(f"{market or say('mọi sàn', 'everywhere')} {format_dong(vnd)}" for market, vnd in floors.items())
        if isinstance(floors, dict) and floors
        else say("không còn", "none")
    )
    console.print(
        say(
            f"Giá sàn của {answer['sku']}: {said}. Xem `ocop plan`.",
            f"Floor of {answer['sku']}: {said}. See `ocop plan`.",
        ),
        markup=False,
    )
