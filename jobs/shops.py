"""Connecting a shop: its row, its tokens, and a read-only call that proves them."""

from datetime import UTC, datetime

from sqlalchemy import select

from connectors import marketplaces
from connectors.facts.shop import Tokens
from jobs.app import App, JobError
from jobs.ports import DatabaseTokens
from models import Shop


def add_shop(app: App, name: str, marketplace: str, external_id: str) -> Shop:
    """Register a shop, not yet logged in. Safe to repeat with the same facts. Raises JobError for an unknown marketplace or a taken name."""
    if marketplace not in marketplaces():
        raise JobError(f"Không có sàn «{marketplace}». Các sàn: {', '.join(marketplaces())}.")
    with app.database.write() as session:
        shop = session.scalar(select(Shop).where(Shop.name == name))
        if shop is None:
            shop = Shop(name=name, marketplace=marketplace, external_id=external_id, state="login_required")
            session.add(shop)
        elif (shop.marketplace, shop.external_id) != (marketplace, external_id):
            raise JobError(
                f"Tên «{name}» đã dùng cho gian hàng {shop.external_id} trên {shop.marketplace}. Hãy chọn tên khác."
            )
        session.flush()
        return shop


def keep_tokens(app: App, shop: Shop, tokens: Tokens) -> None:
    """Store a pair that came from a login; the shop is connected from now on."""
    DatabaseTokens(app.database, app.vault, shop.id, app.clock, app.owner).store(tokens)
    app.forget(shop)


def log_in(app: App, shop: Shop, code: str, redirect: str) -> None:
    """Turn the code from the consent page into tokens and keep them. Codes are single use and live ten minutes."""
    keep_tokens(app, shop, app.connector(shop).exchange_code(code, redirect))


def check_shop(app: App, shop: Shop) -> dict[str, object]:
    """Prove the connection by reading, and note how far the clocks are apart. Raises MarketplaceError."""
    facts = app.connector(shop).check()
    with app.database.write() as session:
        row = session.get_one(Shop, shop.id)
        row.authorised_until = facts.authorised_until or row.authorised_until
        if facts.server_time is not None:
            row.clock_skew_s = (facts.server_time - datetime.now(UTC)).total_seconds()
    return describe(row) | {"is_active": facts.is_active, "can_push": facts.can_push, "title": facts.name}


def describe(shop: Shop) -> dict[str, object]:
    """contracts.md's answer of `ocop shop list`."""
    return {
        "marketplace": shop.marketplace,
        "shop": shop.name,
        "external_id": shop.external_id,
        "state": shop.state,
        "token_expires_at": shop.token_expires_at.isoformat() if shop.token_expires_at else None,
        "authorised_until": shop.authorised_until.isoformat() if shop.authorised_until else None,
    }
