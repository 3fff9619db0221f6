"""Names of categories, brands and attributes, compared without regard to case, tones and punctuation."""

import re
from collections.abc import Sequence

from catalog.text import search_key

_PUNCTUATION = re.compile(r"[^\w]+")


def name_key(name: str) -> str:
    """What is compared of a name: its words."""
    return _PUNCTUATION.sub(" ", search_key(name)).strip()


def begins_with(key: str, wanted: str) -> bool:
    """Whether a name is the wanted one, or has it for its first words."""
    return key == wanted or key.startswith(f"{wanted} ")


def best_named(wanted: Sequence[str], named: Sequence[tuple[str, str]]) -> str | None:
    """The id, among (name key, id), of the first wanted name that any begins with: the shortest of those. None: no name fits."""
    for key in map(name_key, wanted):
        if fitting := [(len(name), one) for name, one in named if begins_with(name, key)]:
            return min(fitting)[1]  # "Trà" before "Trà thảo mộc"
    return None


def says(text: str, name: str) -> bool:
    """Whether a text says a name in whole words."""
    return f" {name_key(name)} " in f" {name_key(text)} "
