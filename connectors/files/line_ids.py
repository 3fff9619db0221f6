"""Names of order lines that come from files without the marketplace's own line ids.

They begin with a sign no marketplace's id begins with, so that lines of a file can give way to the API's.
"""

from collections import Counter

FILE_LINE = "~"


def file_line_id(name: str, seen: Counter[str]) -> str:
    """`~SKU`, then `~SKU~2`: two equal lines of one order are two sales."""
    seen[name] += 1
    return f"{FILE_LINE}{name}" if seen[name] == 1 else f"{FILE_LINE}{name}~{seen[name]}"
