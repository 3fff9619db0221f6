"""`ocop export`: sheets a seller uploads by hand where there is no API, filled from the register."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from commands.door import opened
from commands.speak import JsonOption, ShopOption, console, print_json, print_rows, say, working
from jobs.export.columns import OURS, read_columns
from jobs.export.feed import write_feed
from jobs.export.pack import write_pack
from jobs.export.returned import read_errors
from jobs.export.sheet import Filled, fill_sheet

SOME = 5  # SKUs named as examples
SHOWN = 60  # characters of a cell that a table shows


class FileFirst(TyperGroup):
    """`ocop export FILE` is `ocop export sheet FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args.insert(0, "sheet")
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=FileFirst,
    no_args_is_help=True,
    help="Điền tệp của trang người bán, gói hồ sơ đăng bán, nguồn cấp sản phẩm · sheets, packs and feeds to upload by hand",
)

FileArgument = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]

NamedShop = Annotated[str, typer.Option("--shop", help="Tên gian hàng · shop name")]


@app.command()
def sheet(
    file: FileArgument,
    shop: NamedShop,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", dir_okay=False, help="Tệp kết quả · where to write")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Thêm lại sản phẩm đã nằm trong tệp trước · goods of an earlier sheet too")
    ] = False,
    pictures: Annotated[
        bool,
        typer.Option("--replace-pictures", help="Thay cả ảnh đang có trên sàn · replace pictures that are there"),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Điền tệp đăng/cập nhật hàng loạt vừa tải từ trang người bán · fill a sheet as just downloaded."""
    with opened() as ocop, working(say("Đang điền…", "Filling…")):
        done = fill_sheet(ocop, shop, file, output, again=again, replace_pictures=pictures)
    print_json(asdict(done)) if as_json else _tell(done)


@app.command("errors")
def returned(file: FileArgument, shop: NamedShop, as_json: JsonOption = False) -> None:
    """Đọc lý do trong tệp sàn trả về · read the reasons in a sheet the marketplace returned."""
    with opened() as ocop:
        refusals = read_errors(ocop, shop, file)
    if as_json:
        print_json({"shop": shop, "rejected": refusals})
        return
    for one in refusals:
        console.print(one["sentence"], markup=False)
    if not refusals:
        console.print(
            say("Tệp không ghi lý do nào: không dòng nào bị trả về.", "No row has a reason: nothing was refused.")
        )


ProducerOption = Annotated[
    list[str] | None,
    typer.Option("--producer", help="Mã chủ thể, dùng được nhiều lần · producer code, may be repeated"),
]


@app.command()
def pack(
    output: Annotated[
        Path, typer.Option("-o", "--output", file_okay=False, help="Thư mục của gói · the pack's folder")
    ],
    shop: ShopOption = None,
    producer: ProducerOption = None,
    columns: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="cot.csv đã sửa: cột và tên cột của nơi nhận · columns and headings"
        ),
    ] = None,
    pictures: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Thư mục ảnh của sổ đăng ký · the register's pictures"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Gói hồ sơ đăng bán: bảng, ảnh, bài viết cho nơi không có API · workbook, pictures and texts for places without API."""
    with opened() as ocop, working(say("Đang gói…", "Packing…")):
        wanted = OURS if columns is None else read_columns(columns)
        done = write_pack(
            ocop, output, shop_name=shop, producers=tuple(producer or ()), columns=wanted, pictures_dir=pictures
        )
    if as_json:
        print_json(asdict(done))
        return
    for sentence in (*(one.sentence for one in done.held), *done.problems, *done.notes):
        console.print(sentence, markup=False)
    console.print(
        say(
            f"Đã ghi gói vào {done.folder}: {done.products} sản phẩm, {done.packs} quy cách, {done.pictures} ảnh.",
            f"Wrote the pack to {done.folder}: {done.products} products, {done.packs} packs, {done.pictures} pictures.",
        ),
        markup=False,
    )


@app.command()
def feed(
    output: Annotated[Path, typer.Option("-o", "--output", dir_okay=False, help=".csv (Meta) | .xml (Google)")],
    shop: ShopOption = None,
    producer: ProducerOption = None,
    link: Annotated[
        str | None, typer.Option(help="Địa chỉ trang bán có {sku} · a page's address with {sku} in it")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Nguồn cấp sản phẩm cho Meta (CSV) hoặc Google (XML) · a product feed as a file."""
    with opened() as ocop:
        done = write_feed(ocop, output, shop_name=shop, producers=tuple(producer or ()), link=link)
    if as_json:
        print_json(asdict(done))
        return
    for sentence in (*(one.sentence for one in done.held), *done.notes):
        console.print(sentence, markup=False)
    console.print(
        say(f"Đã ghi {done.items} sản phẩm vào {done.file}.", f"Wrote {done.items} items to {done.file}."), markup=False
    )


def _tell(done: Filled) -> None:
    if done.changed:
        print_rows(("row", "sku", "label", "before", "after"), [_shortened(one) for one in done.changed], done.kind)
    for sentence in (*(one.sentence for one in done.untouched), *done.notes):
        console.print(sentence, markup=False)
    if done.absent:
        some = ", ".join(done.absent[:SOME])
        console.print(
            say(
                f"{len(done.absent)} quy cách được bán không có trong tệp này: {some}…",
                f"{len(done.absent)} packs on sale are not in this file: {some}…",
            ),
            markup=False,
        )
    rows = len({one["row"] for one in done.changed})
    if done.file is None:
        said = say(
            "Tệp đã đúng với sổ đăng ký: không có gì phải đổi.",
            "The sheet agrees with the register: nothing to change.",
        )
    else:
        said = say(
            f"Đã ghi {done.file}: sửa {len(done.changed)} ô ở {rows} dòng, thêm {len(done.added)} dòng. Hãy tải tệp này lên trang người bán.",
            f"Wrote {done.file}: {len(done.changed)} cells in {rows} rows changed, {len(done.added)} rows added. Upload it in the seller centre.",
        )
    console.print(said, markup=False)


def _shortened(change: dict[str, Any]) -> dict[str, Any]:
    return {name: f"{value[:SHOWN]}…" if len(str(value)) > SHOWN else value for name, value in change.items()}
