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
PULLS = 3  # of each size; the median of their paces and the most of their memory count
SLOWER, FATTER, MOST_MB = Target(1.20, "time"), Target(1.10, "time"), Target(1.00, "time")
ALLOWED_MB = 100


def races(size: Size) -> Iterator[Result]:
    few, many = size.growth_pages * ORDERS_A_PAGE, size.growth_pages * ORDERS_A_PAGE * TIMES
    small, large = _pulls(few, many)
    what, less = f"a pull of {many:,} orders", f"of {few:,}"
    for unit, seconds in (("orders/s", "wall_s"), ("orders/CPU s", "cpu_s")):
        paces = [[pull.orders / getattr(pull, seconds) for pull in pulls] for pulls in (large, small)]
        ratio = median(fast / slow for slow, fast in zip(*paces, strict=True))
        yield _result(f"pace of {what}", unit, (median(paces[0]), median(paces[1])), less, ratio, SLOWER)
    more_mb, mb = (max(pull.most_mb for pull in pulls) for pulls in (large, small))
    yield _result(f"memory of {what}, harness in", "MB", (more_mb, mb), less, more_mb / mb, FATTER)
    own_mb = product_mb() + max(pull.grown_mb for pull in large)
    yield _result(f"memory of {what}", "MB", (own_mb, ALLOWED_MB), "allowed", own_mb / ALLOWED_MB, MOST_MB)


def _pulls(few: int, many: int) -> tuple[list[Taken], list[Taken]]:
    """Small and large ones, in turns."""
    with served(partial(shopee_with, few)) as fewer, served(partial(shopee_with, many)) as more:
        pairs = [(pull_apart(fewer), pull_apart(more)) for _ in range(PULLS)]
    small, large = map(list, zip(*pairs, strict=True))
    if any((one.orders, ten.orders) != (few, many) for one, ten in pairs):
        raise WrongEndError(f"of {few} and {many} orders on offer not all were stored")
    return small, large


def _result(
    what: str, unit: str, figures: tuple[float, float], floor_name: str, ratio: float, target: Target
) -> Result:
    ours, floor = figures
    return Result(what, unit, ours, floor_name, floor, ratio, str(target), target.is_met(ratio))
