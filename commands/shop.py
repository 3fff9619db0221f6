"""`ocop shop`: connect a shop, see whether it is connected."""

import secrets
from typing import Annotated

import typer
from sqlalchemy import select

from commands.door import opened
from commands.speak import JsonOption, console, print_json, print_rows, say
from jobs.shops import add_shop, check_shop, describe, log_in
from models import Shop

app = typer.Typer(no_args_is_help=True, help="Gian hàng trên sàn · shops on marketplaces")
COLUMNS = ("shop", "marketplace", "external_id", "state", "token_expires_at", "authorised_until")


@app.command()
def add(
    name: str,
    marketplace: Annotated[str, typer.Option(help="shopee, tiki, …")],
    shop_id: Annotated[str, typer.Option(help="Mã gian hàng do sàn cấp · the marketplace's own id")],
    as_json: JsonOption = False,
) -> None:
    """Thêm gian hàng (chưa đăng nhập) · add a shop, not yet logged in."""
    with opened() as ocop:
        shop = describe(add_shop(ocop, name, marketplace, shop_id))
    print_json(shop) if as_json else print_rows(COLUMNS, [shop])


@app.command("list")
def list_shops(as_json: JsonOption = False) -> None:
    """Mọi gian hàng · every shop."""
    with opened() as ocop, ocop.database.session() as session:
        shops = [describe(shop) for shop in session.scalars(select(Shop).order_by(Shop.name))]
    print_json({"shops": shops}) if as_json else print_rows(COLUMNS, shops)


@app.command()
def login(
    name: str,
    redirect: Annotated[
        str, typer.Option(help="Địa chỉ quay về đã khai với sàn · the redirect registered with the marketplace")
    ],
    code: Annotated[str | None, typer.Option(help="Mã nhận được sau khi đồng ý · the code that came back")] = None,
    as_json: JsonOption = False,
) -> None:
    """Mở trang đồng ý của sàn, rồi dán mã nhận được · open the consent page, then paste the code."""
    with opened() as ocop:
        shop = ocop.shop(name)
        if code is None:
            link = ocop.connector(shop).login_url(redirect, secrets.token_hex(8))
            console.print(
                say(
                    "Mở địa chỉ này, đồng ý, rồi dán mã «code» trong địa chỉ quay về:",
                    "Open this, agree, then paste the code of the address you come back to:",
                )
            )
            typer.echo(link)
            code = typer.prompt("code")
        log_in(ocop, shop, code, redirect)
        answer = check_shop(ocop, ocop.shop(name))
    print_json(answer) if as_json else print_rows(COLUMNS, [answer])


@app.command()
def check(name: str, as_json: JsonOption = False) -> None:
    """Đọc thử một lần để chắc là kết nối được · one read that proves the connection."""
    with opened() as ocop:
        answer = check_shop(ocop, ocop.shop(name))
    print_json(answer) if as_json else print_rows(COLUMNS, [answer])
