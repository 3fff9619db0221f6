"""Every command of `ocop` in its place: the tree that `ocop --help` prints."""

from typing import Annotated

import typer

from commands import catalog, demo, export, files, floor, parse, played, report, scenario, service, shop, watch, work
from commands.speak import choose_language

app = typer.Typer(
    name="ocop",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals hold tokens
    help="Sổ đăng ký OCOP: đẩy lên sàn, đọc về, cộng thành doanh thu · one register, every marketplace, the money added up.",
)
app.add_typer(catalog.app, name="catalog")
app.add_typer(shop.app, name="shop")
app.add_typer(floor.app, name="floor")
app.add_typer(watch.app, name="watch")
app.add_typer(export.app, name="export")
app.add_typer(files.app, name="import")
app.add_typer(played.app, name="sandbox")
for command in (
    demo.demo,
    scenario.scenario,
    service.init,
    work.plan,
    work.push,
    work.pull,
    work.crawl,
    work.run,
    parse.parse,
    report.report,
    service.scheduler,
    service.worker,
    service.serve,
    service.doctor,
):
    app.command()(command)


@app.callback()
def language(lang: Annotated[str | None, typer.Option(help="vi | en")] = None) -> None:
    """Choose the language before any command speaks."""
    choose_language(lang)
