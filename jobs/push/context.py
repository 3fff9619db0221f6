"""One push of one shop: who, through what, and what has become of it so far."""

from collections import Counter
from dataclasses import dataclass, field

from connectors.base import Connector
from jobs.run import Run
from models import Shop


@dataclass
class Push:
    """`approved`: a person said that mass withdrawal is meant. `is_capped`: this run asked for that."""

    run: Run
    shop: Shop
    connector: Connector
    approved: bool = False
    is_capped: bool = False
    done: Counter[str] = field(default_factory=Counter)
    rejected: list[dict[str, str]] = field(default_factory=list)
