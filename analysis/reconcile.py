"""Statements against lines: what a statement says, what its lines add up to, the difference, and why, order by order."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.discrepancies import findings, sums_by_order
from analysis.report import Period, Report, ReportError, Row
from analysis.statement_facts import Account, Said, accounts

COLUMNS = (
    "shop",
    "statement",
    "says_vnd",
    "lines_vnd",
    "difference_vnd",
    "cause",
    "order",
    "code",
    "amount_vnd",
    "why",
)


def reconcile(session: Session, period: Period, by: Sequence[str]) -> Report:
    """A row a statement cut in the period with its figures, and below it a row for each thing wrong with it.

    Figures stand in a statement's own row only, so a column may be added up. A shop without any statement is named in a note.
    """
    if by:
        raise ReportError("Báo cáo đối soát luôn chia theo gian hàng và bảng kê.")
    told, silent = accounts(session, period)
    rows = [row for account in told for row in _rows(account)]
    notes = [f"Chưa đọc được bảng kê nào của «{name}»: đối soát không gồm gian hàng này." for name in silent]
    return Report("reconcile", period, "settled", COLUMNS, rows, coverage(session, period), notes)


def _rows(account: Account) -> Iterator[Row]:
    sums = sums_by_order(account)
    found = list(findings(account))
    for said in account.statements:
        yield _row(account, said.external_id) | _figures(said, sum(sums[said.external_id].values()))
        yield from (_row(account, **one._asdict()) for one in found if one.statement == said.external_id)
    yield from (_row(account, **one._asdict()) for one in found if not one.statement)


def _figures(said: Said, of_orders_vnd: int) -> dict[str, object]:
    """The payout where the statement names one, else its total; our lines, and what it charges or pays the shop itself."""
    says_vnd = said.total_vnd if said.payout_vnd is None else said.payout_vnd
    lines_vnd = of_orders_vnd + sum(amount for _, amount in said.of_the_shop)
    return {"says_vnd": says_vnd, "lines_vnd": lines_vnd, "difference_vnd": says_vnd - lines_vnd}


def _row(account: Account, statement: str, **known: object) -> dict[str, object]:
    return dict.fromkeys(COLUMNS) | {"shop": account.shop, "statement": statement} | known
