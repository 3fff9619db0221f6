"""Messages that marketplaces push or keep in a queue: verified, stored once, and the orders they name read soon after.

A message is only a hint. Nothing of it is believed but which order to look at, and the pull of orders covers whatever
never came.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, exists, select, update
from sqlalchemy.orm import Session

from connectors import marketplaces
from connectors.errors import ForgedMessageError, UnexpectedAnswerError, UnsupportedError
from connectors.facts.shop import Message as MessageFact
from jobs.app import App
from jobs.orders import keep_orders, pull_orders
from jobs.run import Counts, Run
from jobs.slots import open_slots
from jobs.trouble import explain, note
from models import JobRun, Message, Shop
from models.bulk import insert_ignore
from settings import SettingsError

log = logging.getLogger(__name__)
JOB = "handle_messages"
AT_ONCE = 50  # orders read together
KEPT_FOR = timedelta(days=30)
COLUMNS = ("shop_id", "digest", "kind", "order_external_id", "sent_at", "received_at", "handled_at")

NOT_FOUND, UNAUTHORIZED, UNAVAILABLE = 404, 401, 503


def receive(app: App, marketplace: str, shop: str | None, headers: Mapping[str, str], body: bytes, url: str) -> int:
    """The HTTP status to answer with, the body being empty. A message that comes again changes nothing.

    `shop` is named by the address where an app has one for each shop. A signed message that we cannot read is answered
    like any other, or the marketplace would stop sending; a person is told.
    """
    kind = marketplaces().get(marketplace)
    if kind is None:
        return NOT_FOUND
    try:
        message = kind.read_message(app.app_settings(kind.code, kind.settings_model), headers, body, url)
    except UnsupportedError:
        return NOT_FOUND
    except SettingsError:
        log.warning("a message came for a marketplace without app keys", extra={"marketplace": marketplace})
        return UNAVAILABLE
    except ForgedMessageError:
        log.warning("a message was not signed as it should be", extra={"marketplace": marketplace})
        return UNAUTHORIZED
    except UnexpectedAnswerError as err:
        note(app, f"messages:{marketplace}:{err.code}", explain(err), code=err.code or "message")
        return kind.message_status
    with app.database.write() as session:
        return kind.message_status if store_messages(session, app.now(), marketplace, [message], shop) else NOT_FOUND


def store_messages(
    session: Session, now: datetime, marketplace: str, messages: Iterable[MessageFact], name: str | None = None
) -> bool:
    """Keep what concerns a shop of ours, once, and have its orders read. False when the shop `name` is not the one meant."""
    shops = session.scalars(select(Shop).where(Shop.marketplace == marketplace)).all()
    named = next((shop for shop in shops if shop.name == name), None)
    if name is not None and named is None:
        return False
    by_id = {shop.external_id: shop for shop in shops}
    for message in messages:
        shop = named if message.shop_external_id is None else by_id.get(message.shop_external_id)
        if named is not None and shop is not named:
            return False
        if shop is not None and _is_new(session, shop, message, now) and message.order_external_id:
            _have_handled(session, shop, now)
    return True


def pull_messages(run: Run) -> Counts:
    """Read the shop's queue, or the pushes that never arrived. Safe to repeat: a batch is confirmed after it was stored.

    What was handled a month ago is forgotten: no marketplace sends a message again after so long.
    """
    shop = run.app.shop(run.lane)
    read = 0
    with run.app.database.write() as session:
        old = Message.handled_at < run.app.now() - KEPT_FOR
        session.execute(delete(Message).where(Message.shop_id == shop.id, old))
    for batch in run.app.connector(shop).pull_messages():
        run.check()
        with run.app.database.write() as session:
            store_messages(session, run.app.now(), shop.marketplace, batch)
        read += len(batch)
    return {"read": read}


def handle_messages(run: Run) -> Counts:
    """Read every order that waiting messages name. Safe to repeat; where orders cannot be read by id, a pull reads them."""
    shop = run.app.shop(run.lane)
    with run.app.database.session() as session:
        waiting = session.execute(_waiting(shop)).all()
    orders = list(dict.fromkeys(order for _, order in waiting if order))
    try:
        _read(run, shop, orders)
    except UnsupportedError:
        pull_orders(run)
    with run.app.database.write() as session:
        done = Message.id.in_([message_id for message_id, _ in waiting])
        session.execute(update(Message).where(done).values(handled_at=run.app.now()))
    return {"messages": len(waiting), "orders": len(orders)}


def _read(run: Run, shop: Shop, orders: Sequence[str]) -> None:
    connector = run.app.connector(shop)
    for start in range(0, len(orders), AT_ONCE):
        run.check()
        found = list(connector.read_orders(orders[start : start + AT_ONCE]))
        with run.app.database.write() as session:
            keep_orders(session, shop, found, run.app.zone)


def _waiting(shop: Shop) -> Select[int, str | None]:
    return (
        select(Message.id, Message.order_external_id)
        .where(Message.shop_id == shop.id, Message.handled_at.is_(None))
        .order_by(Message.id)
    )


def _is_new(session: Session, shop: Shop, message: MessageFact, now: datetime) -> bool:
    digest = hashlib.sha256(message.identity.encode()).hexdigest()
    handled_at = None if message.order_external_id else now  # nothing to read
    row = (shop.id, digest, message.kind, message.order_external_id, message.sent_at, now, handled_at)
    return insert_ignore(session, Message, [row], COLUMNS) == 1


def _have_handled(session: Session, shop: Shop, now: datetime) -> None:
    """One waiting slot a shop is enough: it reads whatever has come by then."""
    waits = exists().where(JobRun.job == JOB, JobRun.lane == shop.name, JobRun.state == "queued")
    if not session.scalar(select(waits)):
        open_slots(session, JOB, shop.name, [now])
