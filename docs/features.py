"""Print the README's feature table from the connectors' capabilities: what is said there is what the code declares."""

import re
import sys
from pathlib import Path

from connectors import marketplaces
from connectors.capability import Can

README = Path(__file__).parents[1] / "README.md"
MARKED = re.compile(r"(<!-- features -->\n).*?(<!-- /features -->)", re.DOTALL)
WORDS = {
    Can.LOGIN: "consent, token refresh",
    Can.PUSH: "create listings",
    Can.UPDATE: "change content",
    Can.SET_PRICE: "set prices",
    Can.SET_STOCK: "set stock",
    Can.WITHDRAW: "withdraw, restore",
    Can.READ_BACK: "read listings back",
    Can.PULL_ORDERS: "orders with lines",
    Can.PULL_INCOME: "income by order",
    Can.PULL_STATEMENTS: "statements, payouts",
    Can.PULL_METRICS: "sold, rating (own API)",
    Can.PULL_REVIEWS: "reviews (own API)",
    Can.READ_MESSAGES: "pushed messages",
}


def table() -> str:
    """Markdown: a row a feature, a column a marketplace."""
    kinds = list(marketplaces().values())
    lines = [
        "| feature | " + " | ".join(kind.title for kind in kinds) + " |",
        "|---" * (len(kinds) + 1) + "|",
        *(
            f"| {WORDS[can]} | " + " | ".join("yes" if can in kind.capabilities else "–" for kind in kinds) + " |"
            for can in Can
        ),
        "| last verified | " + " | ".join("against the sandbox only" for _ in kinds) + " |",
    ]
    return "\n".join(lines) + "\n"


def filled(text: str) -> str:
    """The README with today's table in its place."""
    return MARKED.sub(lambda found: found[1] + table() + found[2], text)


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(table())
