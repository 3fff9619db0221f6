"""Ten times the orders: ten times the time, and no more memory."""

from collections.abc import Iterator
from functools import partial
from statistics import median

from benchmarks.footprint import product_mb
from benchmarks.one_pull import Taken, pull_apart
from benchmarks.order_pages import ORDERS_A_PAGE, shopee_with
from benchmarks.race import Result, Target, WrongEndError
from benchmarks.serving import served
from benchmarks.sizes import Size

TIMES = 10
PULLS = 2  # of each size; the median of their paces and the most of their memory count
SLOWER, FATTER, MOST_MB = Target(1.20, "time"), Target(1.10, "time"), Target(1.00, "time")
ALLOWED_MB = 100


def races(size: Size) -> Iterator[Result]:
    few, many = size.growth_pages * ORDERS_A_PAGE, size.growth_pages * ORDERS_A_PAGE * TIMES
    small, large = _pulls(few), _pulls(many)
    base_mb = product_mb()
    mb, more_mb = (base_mb + max(pull.grown_mb for pull in pulls) for pulls in (small, large))
    pace, slower_pace = (median(pull.orders / pull.cpu_s for pull in pulls) for pulls in (small, large))
    what, less = f"a pull of {many:,} orders", f"of {few:,}"
    yield _result(f"pace of {what}", "orders/CPU s", (slower_pace, pace), less, pace / slower_pace, SLOWER)
    yield _result(f"memory of {what}", "MB", (more_mb, mb), less, more_mb / mb, FATTER)
    yield _result(f"memory of {what}", "MB", (more_mb, ALLOWED_MB), "allowed", more_mb / ALLOWED_MB, MOST_MB)


def _pulls(orders: int) -> list[Taken]:
    with served(partial(shopee_with, orders)) as base_url:
        pulls = [pull_apart(base_url) for _ in range(PULLS)]
    if any(pull.orders != orders for pull in pulls):
        raise WrongEndError(f"{orders} orders were on offer, and not all of them were stored")
    return pulls


def _result(
    what: str, unit: str, figures: tuple[float, float], floor_name: str, ratio: float, target: Target
) -> Result:
    ours, floor = figures
    return Result(what, unit, ours, floor_name, floor, ratio, str(target), target.is_met(ratio))
