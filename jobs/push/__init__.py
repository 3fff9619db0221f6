"""Carry a shop's plan out: what is for sale and at what price first, new listings last.

Safe to kill anywhere: a create is written down before it is sent, so one whose answer was lost is looked up by SKU before
it is sent again; everything else sets absolute values and may simply be repeated.
"""

from collections.abc import Sequence

from jobs.intend import keep_intentions_fresh
from jobs.plan import Action, Change, plan_shop
from jobs.push.content import update_listings
from jobs.push.context import Push
from jobs.push.create import create_listings
from jobs.push.figures import restore, set_prices, set_stocks, withdraw
from jobs.push.lost import resolve_lost_creates
from jobs.push.mended import close_mended
from jobs.run import Counts, Run


def push_listings(run: Run, *, approved: bool = False) -> Counts:
    """Send every due difference of one shop. Raises MarketplaceError when the shop as a whole cannot be served."""
    app = run.app
    shop = app.shop(run.lane)
    push = Push(run, shop, app.connector(shop), approved)
    calls_before = push.connector.api_calls
    resolve_lost_creates(push)
    keep_intentions_fresh(app, shop)
    with app.database.session() as session:
        changes = plan_shop(session, shop, app.now())
    _send(push, changes)
    close_mended(push)
    counts: dict[str, object] = {"done": dict(push.done), "rejected": push.rejected}
    return counts | {"api_calls": push.connector.api_calls - calls_before}


def _send(push: Push, changes: Sequence[Change]) -> None:
    by_action: dict[Action, list[Change]] = {action: [] for action in Action}
    for change in changes:
        by_action[change.action].append(change)
    withdraw(push, by_action[Action.WITHDRAW])
    set_stocks(push, by_action[Action.STOCK])
    set_prices(push, by_action[Action.PRICE])
    restore(push, by_action[Action.RESTORE])
    update_listings(push, by_action[Action.UPDATE])
    create_listings(push, by_action[Action.CREATE])
