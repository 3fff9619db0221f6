"""One request to create or change a product, and the desk where it waits to be looked at (tiki.md section 6.3, read 2026-11-24).

queuing -> processing -> drafted -> md_awaiting_approve -> bot_awaiting_approve -> awaiting_approve -> approved, each after a delay drawn
for this request alone; any step may end in rejected. The option `review_pace` stretches the delays; 0 does everything at once.
`drafts_at_once` leaves out the wait until a request can be found by its SKU.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import takewhile
from typing import Any

from sandbox.world import World

TRACK_LIFETIME = timedelta(days=30)  # after that a track id is forgotten


class Step(StrEnum):
    QUEUING = "queuing"
    PROCESSING = "processing"
    DRAFTED = "drafted"
    MD_AWAITING_APPROVE = "md_awaiting_approve"
    BOT_AWAITING_APPROVE = "bot_awaiting_approve"
    AWAITING_APPROVE = "awaiting_approve"
    APPROVED = "approved"
    REJECTED = "rejected"
    DELETED = "deleted"

    @property
    def is_final(self) -> bool:
        return self in {Step.APPROVED, Step.REJECTED, Step.DELETED}


# Seconds a request waits before it takes the step, at least and at most: minutes to a few hours in all.
WAITS_S = {
    Step.PROCESSING: (2, 20),
    Step.DRAFTED: (10, 90),
    Step.MD_AWAITING_APPROVE: (5, 60),
    Step.BOT_AWAITING_APPROVE: (60, 1800),
    Step.AWAITING_APPROVE: (10, 120),
    Step.APPROVED: (120, 7200),
}

DRAFTING = frozenset({Step.PROCESSING, Step.DRAFTED})  # until then a request names no SKU


@dataclass
class Submission:
    """`round` counts replays: what was announced for an earlier round no longer happens."""

    track_id: str
    kind: str  # create_product, update_product
    payload: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    state: Step = Step.QUEUING
    reason: str = ""
    request_id: str | None = None
    approved_at: datetime | None = None
    offer_ids: list[int] = field(default_factory=list)
    round: int = 0

    @property
    def skus(self) -> list[str]:
        return [str(variant["sku"]) for variant in self.payload.get("variants", ())]


@dataclass(frozen=True)
class Outcomes:
    """What becomes of a request: `fault` names the reason to reject it, `grant` carries it out."""

    fault: Callable[[Submission], str | None]
    grant: Callable[[Submission], None]


class Desk:
    """Every request ever made. `stuck` holds SKUs that never leave awaiting_approve, `refused` those a person turns down, with why."""

    def __init__(self, world: World, outcomes: Outcomes, pace: float, *, drafts_at_once: bool = False) -> None:
        self._world = world
        self._outcomes = outcomes
        self._pace = pace
        self._instant = DRAFTING if drafts_at_once else frozenset()
        self._by_track: dict[str, Submission] = {}
        self._by_request: dict[str, Submission] = {}
        self._by_sku: dict[str, list[Submission]] = defaultdict(list)
        self.stuck: set[str] = set()
        self.refused: dict[str, str] = {}

    def submit(self, kind: str, payload: dict[str, Any], offer_ids: Iterable[int] = ()) -> Submission:
        """`offer_ids`: the products it is about, if they are there already."""
        now = self._world.clock.now()
        track_id = self._world.token("tiki track")
        submission = Submission(track_id, kind, payload, now, now, offer_ids=list(offer_ids))
        self._by_track[submission.track_id] = submission
        for sku in submission.skus:
            self._by_sku[sku].append(submission)
        self._schedule(submission)
        return submission

    def replay(self, submission: Submission) -> None:
        submission.round += 1
        submission.reason = ""
        self._move(submission, Step.QUEUING)
        self._schedule(submission)

    def delete(self, submission: Submission) -> None:
        self._move(submission, Step.DELETED)

    def tracked(self, track_id: str) -> Submission | None:
        """None when it is unknown or forgotten."""
        found = self._by_track.get(track_id)
        return found if found is not None and found.created_at + TRACK_LIFETIME > self._world.clock.now() else None

    def requested(self, request_id: str) -> Submission | None:
        return self._by_request.get(request_id)

    def newest_first(self) -> Iterator[Submission]:
        return reversed(self._by_track.values())

    def claims(self, sku: str, than: Submission) -> bool:
        """Will a request made before `than`, still being looked at, create this SKU?"""
        earlier = takewhile(lambda submission: submission is not than, self._by_sku[sku])
        return any(not submission.state.is_final for submission in earlier)

    def _schedule(self, submission: Submission) -> None:
        chance = self._world.rng("tiki review", submission.track_id, submission.round)
        at = now = self._world.clock.now()
        for step, (least, most) in WAITS_S.items():
            wait_s = chance.randint(least, most) * self._pace
            at += timedelta(seconds=0 if step in self._instant else wait_s)
            take = partial(self._take, submission, step, submission.round)
            if at > now:
                self._world.later(at, take)
            else:
                take()

    def _take(self, submission: Submission, step: Step, round_: int) -> None:
        if submission.state.is_final or submission.round != round_:
            return
        if step is Step.APPROVED and self.stuck & set(submission.skus):
            return
        reason = self._fault(submission, step)
        if reason is not None:
            submission.reason = reason
        self._move(submission, step if reason is None else Step.REJECTED)

    def _fault(self, submission: Submission, step: Step) -> str | None:
        """Why it is rejected instead of taking this step: the machines look at drafting, a person before approving."""
        if step is Step.DRAFTED:
            return self._outcomes.fault(submission)
        if step is Step.APPROVED:
            return next((self.refused[sku] for sku in submission.skus if sku in self.refused), None)
        return None

    def _move(self, submission: Submission, step: Step) -> None:
        now = self._world.clock.now()
        submission.state, submission.updated_at = step, now
        if step is Step.DRAFTED and submission.request_id is None:
            submission.request_id = str(self._world.counter("tiki request", 1_200_000_000_000_000_001))
            self._by_request[submission.request_id] = submission
        if step is Step.APPROVED:
            submission.approved_at = now
            self._outcomes.grant(submission)
