"""`ocop watch`: which public pages are read, who allowed it, and the switch of each site."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from commands.door import opened
from commands.speak import JsonOption, console, print_json, print_rows, say, working
from jobs.app import App, JobError
from jobs.stop_rule import PERSON, start, stop
from jobs.trouble import is_over
from jobs.watch_list import Entry, Permission, add_pages, known_places, listed, remove_pages
from jobs.watch_sources import in_file, on_page
from spiders import sites

app = typer.Typer(no_args_is_help=True, help="Trang công khai đang theo dõi · watched public pages")
COLUMNS = ("state", "site", "url", "why")
LISTED = ("site", "url", "state", "is_enabled", "allowed_by", "terms_checked_on", "every_days", "next_visit_at")
SiteOption = Annotated[
    str | None,
    typer.Option(help="Trang của địa chỉ, khi tên máy chủ không nói · whose pages, where the host does not say"),
]


@app.command()
def add(  # noqa: PLR0913 - the command's own options
    urls: Annotated[list[str] | None, typer.Argument(help="Địa chỉ trang sản phẩm · product pages")] = None,
    from_page: Annotated[
        str | None,
        typer.Option(help="Mọi sản phẩm của trang tìm kiếm, danh mục, gian hàng · all products of a list page"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Mỗi dòng một địa chỉ · one a line")
    ] = None,
    site: SiteOption = None,
    by: Annotated[str, typer.Option(help="Ai quyết định cho đọc · who decided")] = "văn phòng OCOP",
    terms_checked: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ngày đã xem điều khoản của trang · terms read on")
    ] = None,
    every_days: Annotated[int, typer.Option(min=1, help="Mấy ngày đọc một lần · days between readings")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Theo dõi thêm trang · watch more pages."""
    permission = Permission(by, terms_checked.date() if terms_checked else None, every_days)
    with opened() as ocop, working(say("Đang thêm…", "Adding…")):
        addresses = _addresses(ocop, urls, from_page, file, site)
        entries = add_pages(ocop, addresses, permission, site=site)
    _tell(entries, as_json=as_json)


def _addresses(
    ocop: App, urls: list[str] | None, from_page: str | None, file: Path | None, site: str | None
) -> list[str]:
    found = [
        *(urls or ()),
        *(in_file(file) if file else ()),
        *(on_page(ocop, from_page, site=site) if from_page else ()),
    ]
    if not found:
        raise JobError(
            say(
                "Chưa có địa chỉ nào. Hãy dán địa chỉ, hoặc dùng --from-page hay --file.",
                "No address. Paste some, or use --from-page or --file.",
            )
        )
    return found


@app.command()
def remove(urls: list[str], as_json: JsonOption = False) -> None:
    """Thôi theo dõi; những gì đã đọc vẫn còn · stop watching pages; what was read stays."""
    with opened() as ocop:
        entries = remove_pages(ocop, urls)
    _tell(entries, as_json=as_json)


@app.command("list")
def list_pages(
    site: Annotated[str | None, typer.Argument(help="Một trang; bỏ trống là tất cả · one site")] = None,
    as_json: JsonOption = False,
) -> None:
    """Mọi trang trong danh sách, ai cho phép, khi nào đọc · every page, who allowed it, when it is read."""
    with opened() as ocop, ocop.database.session() as session:
        pages = listed(session, site)
    print_json({"pages": pages}) if as_json else print_rows(LISTED, pages)


@app.command("stop")
def stop_site(
    site: Annotated[
        str, typer.Argument(help="Tên trang, hoặc tên máy chủ của web riêng · site, or a plain shop's host")
    ],
    by: Annotated[str, typer.Option(help="Ai quyết định · who decided")] = "văn phòng OCOP",
    why: Annotated[str, typer.Option(help="Vì sao · why")] = "không nêu lý do",
    as_json: JsonOption = False,
) -> None:
    """Tắt việc đọc một trang ngay, cả lượt đang chạy · stop reading a site now, a running crawl included."""
    with opened() as ocop, ocop.database.write() as session:
        if site not in known_places(session):
            raise JobError(
                say(
                    f"Không có trang «{site}» trong danh sách. Dùng tên trang ({', '.join(sites())}) hoặc tên máy chủ của web riêng.",
                    f"No site {site!r} on the list. Use a site's name ({', '.join(sites())}) or a plain shop's host.",
                )
            )
        stop(session, site, PERSON, why, ocop.now(), by=by)
    _say_switched(site, on=False, as_json=as_json)


@app.command("start")
def start_site(site: str, as_json: JsonOption = False) -> None:
    """Cho đọc lại một trang đã tắt hoặc đang nghỉ · read a stopped or resting site again."""
    with opened() as ocop:
        with ocop.database.write() as session:
            was_off = start(session, site)
            is_over(session, f"site:{site}", ocop.now())
        if not was_off:
            raise JobError(
                say(f"Trang «{site}» không bị tắt và không đang nghỉ.", f"{site!r} is neither stopped nor resting.")
            )
    _say_switched(site, on=True, as_json=as_json)


def _say_switched(site: str, *, on: bool, as_json: bool) -> None:
    if as_json:
        print_json({"site": site, "is_read": on})
    else:
        console.print(
            say(
                f"Trang «{site}»: {'đọc' if on else 'không đọc'} từ bây giờ.",
                f"{site}: {'read' if on else 'not read'} from now on.",
            ),
            markup=False,
        )


def _tell(entries: list[Entry], *, as_json: bool) -> None:
    rows = [asdict(entry) for entry in entries]
    if as_json:
        print_json({"pages": rows})
    else:
        print_rows(COLUMNS, [{**row, "url": row["url"] or row["given"]} for row in rows])
    if any(entry.state == "refused" for entry in entries):
        raise typer.Exit(1)
