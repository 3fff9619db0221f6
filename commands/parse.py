"""`ocop parse`: one saved page or JSON body through the same reader the spiders use. No network, no database."""

from pathlib import Path
from typing import Annotated

import typer

from commands.door import fail
from commands.speak import print_json, say
from spiders import sites
from spiders.parse import parse_file


def parse(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    site: Annotated[str, typer.Option()],
    url: Annotated[
        str, typer.Option(help="Địa chỉ của trang: nó quyết định loại trang · its address decides the kind of page")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Luôn là JSON · always JSON")] = True,  # noqa: ARG001 - contracts.md's flag
) -> None:
    """Đọc một trang đã lưu · read one saved page."""
    if site not in sites():
        fail(
            say(
                f"Không có trang «{site}». Các trang: {', '.join(sites())}.",
                f"No site {site!r}. The sites: {', '.join(sites())}.",
            )
        )
    print_json(parse_file(site, url, file))
