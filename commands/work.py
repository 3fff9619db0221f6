"""`ocop plan, push, pull, crawl, run`: jobs done now, through the same functions the timetable calls."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

import typer

from commands.door import opened
from commands.speak import JsonOption, ShopOption, console, errors, print_json, print_rows, say, working
from jobs.app import App, JobError
from jobs.blocked import blocked_listings
from jobs.crawl import crawl_site
from jobs.income import pull_settlements
from jobs.intend import keep_intentions_fresh
from jobs.orders import pull_orders
from jobs.plan import plan_shop
from jobs.push import push_listings
from jobs.registry import JOBS
from jobs.reparse import reparse_site
from jobs.run import Finished, Job, perform
from jobs.statements import pull_statements
from models.evidence_store import kept_sites


class Stream(StrEnum):
    ORDERS = "orders"
    SETTLEMENTS = "settlements"
    STATEMENTS = "statements"
    LISTINGS = "listings"
    METRICS = "metrics"
    REVIEWS = "reviews"


def plan(shop: ShopOption = None, as_json: JsonOption = False) -> None:
    """Một lần đẩy sẽ làm gì, và gì đang bị chặn, mà không làm · what a push would do, and what is held back."""
    with opened() as ocop:
        changes = [change for name in lanes(ocop, "push_listings", shop) for change in _planned(ocop, name)]
    if as_json:
        print_json({"changes": changes})
    else:
        print_rows(
            ("shop", "sku", "action", "why", "blockers"),
            [{**row, "blockers": "\n".join(row["blockers"])} for row in changes],
        )


def _planned(ocop: App, name: str) -> list[dict[str, Any]]:
    shop = ocop.shop(name)
    keep_intentions_fresh(ocop, shop)
    with ocop.database.session() as session:
        return [
            {
                "shop": c.shop,
                "sku": c.sku,
                "action": c.action.value,
                "fields": list(c.fields),
                "why": c.why,
                "blockers": list(c.blockers),
            }
            for c in (*plan_shop(session, shop, ocop.now()), *blocked_listings(session, shop))
        ]


def push(
    shop: ShopOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Cho phép gỡ hàng loạt · allow mass withdrawal")] = False,
    as_json: JsonOption = False,
) -> None:
    """Thực hiện kế hoạch: kho, giá, rồi sản phẩm mới · carry the plan out."""
    with opened() as ocop, working(say("Đang đẩy lên sàn…", "Pushing…")):
        ended = run_lanes(
            ocop, "push_listings", partial(push_listings, approved=yes), lanes(ocop, "push_listings", shop)
        )
    done: Counter[str] = Counter()
    rejected: list[dict[str, str]] = []
    for one in ended:
        done.update(_dict(one.counts.get("done")))
        rejected += _list(one.counts.get("rejected"))
    answer = {
        "done": dict(done),
        "rejected": rejected,
        "api_calls": {one.lane: one.counts.get("api_calls", 0) for one in ended},
    }
    _print_ended(answer, ended, as_json)
    if rejected and not as_json:
        print_rows(("sku", "shop", "code", "reason", "what_to_do"), rejected, say("Sàn từ chối", "Refused"))
    exit_by(ended)


def pull(
    stream: Stream,
    shop: ShopOption = None,
    since: Annotated[datetime | None, typer.Option(help="Đọc lại từ lúc này · read again from this moment")] = None,
    as_json: JsonOption = False,
) -> None:
    """Đọc từ sàn: đơn hàng, tiền về, tình trạng, số liệu, đánh giá · read marketplaces."""
    name = f"pull_{stream.value}"
    with opened() as ocop, working(say("Đang đọc từ sàn…", "Reading…")):
        start = since.replace(tzinfo=ocop.zone) if since and since.tzinfo is None else since
        function: Job = JOBS[name].function
        if stream is Stream.ORDERS:
            function = partial(pull_orders, since=start)
        elif stream is Stream.SETTLEMENTS:
            function = partial(pull_settlements, since=start)
        elif stream is Stream.STATEMENTS:
            function = partial(pull_statements, since=start)
        ended = run_lanes(ocop, name, function, lanes(ocop, name, shop))
    _print_ended({one.lane: dict(one.counts) for one in ended}, ended, as_json)
    exit_by(ended)


def crawl(
    site: Annotated[str | None, typer.Argument(help="Tên trang; bỏ trống là tất cả · site; all when left out")] = None,
    limit: Annotated[int | None, typer.Option(min=1)] = None,
    reparse: Annotated[
        bool,
        typer.Option(
            "--reparse", help="Đọc lại những gì đã lưu, không tải gì · read what was kept again, fetch nothing"
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Đọc các trang công khai đang theo dõi · crawl the watched public pages."""
    with opened() as ocop, working(say("Đang đọc trang…", "Crawling…")):
        sites = [site] if site else _kept_sites(ocop) if reparse else lanes(ocop, "crawl_site", None)
        name, function = ("reparse_site", reparse_site) if reparse else ("crawl_site", partial(crawl_site, limit=limit))
        ended = run_lanes(ocop, name, function, sites)
    _print_ended({one.lane: dict(one.counts) for one in ended}, ended, as_json)
    exit_by(ended)


def _kept_sites(ocop: App) -> list[str]:
    """Sites of which something was kept. Raises JobError when there is none."""
    with ocop.database.session() as session:
        found = kept_sites(session)
    if not found:
        raise JobError(
            say(
                "Chưa lưu trang nào để đọc lại. Hãy chạy `ocop crawl` trước, với OCOP_EVIDENCE_DAYS lớn hơn 0.",
                "No page was kept to be read again. Run `ocop crawl` first, with OCOP_EVIDENCE_DAYS above 0.",
            )
        )
    return found


def run(
    job: str,
    lane: Annotated[str | None, typer.Argument(help="Gian hàng hoặc trang · shop or site")] = None,
    as_json: JsonOption = False,
) -> None:
    """Làm ngay một việc của thời gian biểu · one job of the timetable, now."""
    with opened() as ocop, working(job):
        if job not in JOBS:
            raise JobError(
                say(
                    f"Không có việc «{job}». Các việc: {', '.join(JOBS)}.",
                    f"No job {job!r}. The jobs: {', '.join(JOBS)}.",
                )
            )
        ended = run_lanes(ocop, job, JOBS[job].function, [lane] if lane else lanes(ocop, job, None))
    answers = [
        {"job": e.job, "lane": e.lane, "run_id": e.run_id, "state": e.state, "counts": dict(e.counts), "error": e.error}
        for e in ended
    ]
    _print_ended(answers[0] if len(answers) == 1 else {"runs": answers}, ended, as_json)
    exit_by(ended)


def lanes(ocop: App, job: str, wanted: str | None) -> list[str]:
    """The lane asked for, or every lane the job has now. Raises JobError when there is none."""
    if wanted:
        return [ocop.shop(wanted).name]
    with ocop.database.session() as session:
        found = JOBS[job].lanes(session, ocop.now())
    if not found:
        raise JobError(
            say(
                "Chưa có gian hàng hay trang nào cho việc này. Thêm gian hàng bằng `ocop shop add` rồi `ocop shop login`.",
                "No shop or site for this job yet. Add one with `ocop shop add`, then `ocop shop login`.",
            )
        )
    return found


def run_lanes(ocop: App, job: str, function: Job, names: list[str]) -> list[Finished]:
    """Each lane in its own run; one lane's failure does not stop the next."""
    return [perform(ocop, job, function, name, ocop.now()) or _busy(job, name) for name in names]


def _busy(job: str, lane: str) -> Finished:
    """Nothing was done: two jobs of one shop at once would send the same things twice."""
    sentence = say(
        f"«{lane}» đang có việc khác chạy. Chờ việc đó xong rồi chạy lại lệnh này.",
        f"Another job is at work for {lane!r}. Wait until it has ended, then run this again.",
    )
    return Finished(None, job, lane, "failed", {}, sentence, "busy")


def exit_by(ended: list[Finished]) -> None:
    if any(one.state != "done" for one in ended):
        raise typer.Exit(1)


def _print_ended(answer: object, ended: list[Finished], as_json: bool) -> None:
    if as_json:
        print_json(answer)
    for one in ended:
        if one.error:
            errors.print(one.error, style="red", markup=False, soft_wrap=True)
        elif not as_json:
            counts = ", ".join(f"{name} {value}" for name, value in one.counts.items() if value not in ([], {}))
            console.print(f"{one.job} · {one.lane}: {counts}", markup=False)


def _dict(value: object) -> dict[str, int]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else []
