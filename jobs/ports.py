"""A connector's ports over our tables: its tokens (one refresh in flight a shop) and its small cache."""

import json
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.errors import LoginRequiredError, MarketplaceError, OutcomeUnknownError, TransientError
from connectors.facts.shop import Tokens
from connectors.ports import Clock
from jobs.owner import may_be_alive
from models import ReferenceAnswer, Shop, TokenLease
from models.bulk import insert_ignore, upsert
from models.database import Database
from models.secrets import Vault

FIELD = "tokens"  # one secret a shop: the pair and its expiries change together
LEASE_S = 90  # longer than a refresh with its timeouts can take
WAIT_S = 0.2  # between looks at a refresh that another process has in flight
WAITS = 450  # 90 s of looks: the lease's own length


class KeptAnswer(NamedTuple):
    value: str
    fetched_at: datetime


class DatabaseCache:
    """Reference answers as rows, and in memory once seen: a key is only ever replaced by a newer answer to the same question."""

    def __init__(self, database: Database, shop_id: int, clock: Clock) -> None:
        self._database = database
        self._shop_id = shop_id
        self._clock = clock
        self._seen: dict[str, KeptAnswer] = {}

    def get(self, key: str, max_age_s: float) -> str | None:
        oldest = self._clock.now() - timedelta(seconds=max_age_s)
        answer = self._seen.get(key)
        if answer is None or answer.fetched_at < oldest:
            answer = self._read(key)
        return answer.value if answer and answer.fetched_at >= oldest else None

    def put(self, key: str, value: str) -> None:
        answer = KeptAnswer(value, self._clock.now())
        columns = ("shop_id", "key", *KeptAnswer._fields)
        with self._database.write() as session:
            rows = [(self._shop_id, key, *answer)]
            upsert(session, ReferenceAnswer, columns, rows, key=columns[:2], update=columns[2:])
        self._seen[key] = answer

    def _read(self, key: str) -> KeptAnswer | None:
        of_this = ReferenceAnswer.shop_id == self._shop_id, ReferenceAnswer.key == key
        with self._database.session() as session:
            row = session.execute(select(ReferenceAnswer.value, ReferenceAnswer.fetched_at).where(*of_this)).first()
        if row is None:
            return None
        answer = self._seen[key] = KeptAnswer(*row)
        return answer


class DatabaseTokens:
    """One shop's tokens, encrypted. Refreshing goes through a row lease, so that one process at a time does it.

    The start is committed before the call and the pair before its first use (architecture section 6). A start that was
    never followed by a pair means a lost answer: the old refresh token gets one more chance, and if that is refused the
    shop says so in `state`, never silently.
    """

    def __init__(self, database: Database, vault: Vault, shop_id: int, clock: Clock, owner: str) -> None:
        self._database = database
        self._vault = vault
        self._shop_id = shop_id
        self._clock = clock
        self._owner = (
            f"{owner}:{uuid.uuid4().hex[:8]}"  # each connector its own: threads of one process must not share a lease
        )
        self._held: Tokens | None = None

    def __repr__(self) -> str:
        return f"DatabaseTokens(shop_id={self._shop_id})"

    def load(self) -> Tokens:
        if self._held is None:
            with self._database.session() as session:
                self._held = self._read(session)
        return self._held

    def store(self, tokens: Tokens) -> None:
        """Keep a pair that came from a login."""
        with self._database.write() as session:
            self._write(session, tokens)

    def renew(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        for _ in range(WAITS):
            current = self._take_lease(stale)
            if current is not None and current.access_token != stale.access_token:
                self._held = current
                return current
            if current is not None:
                return self._refresh(current, refresh)
            time.sleep(WAIT_S)
        raise TransientError("Một tiến trình khác đang làm mới mã truy cập của gian hàng quá lâu.", code="refresh_busy")

    def _take_lease(self, stale: Tokens) -> Tokens | None:
        """The pair in force, with the lease taken if it is still `stale`; None while another holds the lease."""
        now = self._clock.now()
        with self._database.write() as session:
            insert_ignore(session, TokenLease, [(self._shop_id, 0)], ("shop_id", "generation"))
            lease = session.get_one(TokenLease, self._shop_id, with_for_update=True)
            if lease.owner and lease.leased_until and lease.leased_until > now and may_be_alive(lease.owner):
                return None
            tokens = self._read(session)
            if tokens.access_token != stale.access_token:
                return tokens
            lease.owner, lease.leased_until = self._owner, now + timedelta(seconds=LEASE_S)
            lease.refresh_started_at = now
            return tokens

    def _refresh(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        try:
            fresh = refresh(stale)
        except (OutcomeUnknownError, TransientError):
            self._release(lost=True)  # the next caller tries the same refresh token once more
            raise
        except LoginRequiredError:
            self._release(lost=False)
            self._mark_login_required()
            raise
        except MarketplaceError:
            self._release(lost=False)
            raise
        with self._database.write() as session:
            self._write(session, fresh)
        return fresh

    def _release(self, *, lost: bool) -> None:
        with self._database.write() as session:
            if lease := session.get(TokenLease, self._shop_id):
                lease.owner = lease.leased_until = None
                if not lost:
                    lease.refresh_started_at = None

    def _mark_login_required(self) -> None:
        with self._database.write() as session:
            session.get_one(Shop, self._shop_id).state = "login_required"

    def _read(self, session: Session) -> Tokens:
        kept = self._vault.get(session, self._shop_id, FIELD)
        if kept is None:
            raise LoginRequiredError("Gian hàng chưa đăng nhập. Chạy `ocop shop login`.", code="no_token")
        return Tokens.model_validate_json(kept)

    def _write(self, session: Session, tokens: Tokens) -> None:
        self._vault.put(session, self._shop_id, FIELD, _open_text(tokens), self._clock.now())
        shop = session.get_one(Shop, self._shop_id)
        shop.state, shop.token_expires_at = "connected", tokens.expires_at
        shop.authorised_until = tokens.authorised_until or shop.authorised_until
        lease = session.get(TokenLease, self._shop_id) or TokenLease(shop_id=self._shop_id, generation=0)
        lease.owner = lease.leased_until = lease.refresh_started_at = None
        lease.generation = (lease.generation or 0) + 1
        session.add(lease)
        self._held = tokens


def _open_text(tokens: Tokens) -> str:
    """The pair as JSON, secrets included: only ever handed to the vault."""
    secrets = {"access_token": tokens.access_token.get_secret_value()}
    if tokens.refresh_token is not None:
        secrets["refresh_token"] = tokens.refresh_token.get_secret_value()
    return json.dumps(tokens.model_dump(mode="json") | secrets)
