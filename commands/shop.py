"""`ocop shop`: connect a shop, see whether it is connected."""

import webbrowser
from typing import Annotated

import typer
from sqlalchemy import select

from commands.door import opened
from commands.speak import JsonOption, errors, print_json, print_rows, say
from jobs.app import App, JobError
from jobs.callback import Callback, is_loopback
from jobs.login import begin_login, finish_login, read_answer
from jobs.shops import add_shop, check_shop, describe
from models import Shop

app = typer.Typer(no_args_is_help=True, help="Gian hàng trên sàn · shops on marketplaces")
LOOPBACK = "http://127.0.0.1:8765/callback"
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
    ] = LOOPBACK,
    code: Annotated[
        str | None,
        typer.Option(help="Mã hoặc cả địa chỉ nhận được sau khi đồng ý · the code or address that came back"),
    ] = None,
    timeout_s: Annotated[float, typer.Option(min=1, help="Chờ tối đa · how long to wait")] = 600,
    as_json: JsonOption = False,
) -> None:
    """Mở trang đồng ý của sàn và nhận câu trả lời · open the consent page and catch its answer."""
    with opened() as ocop:
        shop = ocop.shop(name)
        if code is not None:
            finish_login(ocop, shop, read_answer(code), redirect)
        elif is_loopback(redirect):
            _catch(ocop, shop, redirect, timeout_s)
        else:
            _show(begin_login(ocop, shop, redirect))
            pasted = typer.prompt(say("Dán địa chỉ quay về", "Paste the address you came back to"), err=True)
            finish_login(ocop, shop, read_answer(pasted), redirect)
        answer = check_shop(ocop, ocop.shop(name))
    print_json(answer) if as_json else print_rows(COLUMNS, [answer])


def _catch(ocop: App, shop: Shop, redirect: str, timeout_s: float) -> None:
    try:
        callback = Callback(redirect)
    except OSError as err:
        raise JobError(
            say(
                f"Không mở được {redirect} ({err.strerror}). Chọn cổng khác trong --redirect.",
                f"Cannot listen at {redirect} ({err.strerror}). Choose another port in --redirect.",
            )
        ) from None
    with callback:
        _show(begin_login(ocop, shop, callback.redirect))
        answer = callback.wait(timeout_s)
    if answer is None:
        raise JobError(
            say(
                f"Không ai trả lời trong {timeout_s:.0f} giây. Chạy lại, hoặc dán địa chỉ bằng --code.",
                f"Nobody answered within {timeout_s:.0f} seconds. Run it again, or paste the address with --code.",
            )
        )
    finish_login(ocop, shop, answer, callback.redirect)


def _show(link: str) -> None:
    """On stderr, so that stdout stays one document; in a browser too where a person sits at a terminal."""
    errors.print(
        say("Mở địa chỉ này và để chủ gian hàng đồng ý:", "Open this and let the shop's owner agree:"), markup=False
    )
    typer.echo(link, err=True)
    if errors.is_terminal:
        webbrowser.open(link)


@app.command()
def check(name: str, as_json: JsonOption = False) -> None:
    """Đọc thử một lần để chắc là kết nối được · one read that proves the connection."""
    with opened() as ocop:
        answer = check_shop(ocop, ocop.shop(name))
    print_json(answer) if as_json else print_rows(COLUMNS, [answer])
