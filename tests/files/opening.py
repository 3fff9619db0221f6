"""Run as a program: take one file as an import would, and say what came of it, how long it took and how much memory."""

import json
import sys
import time
from pathlib import Path

from connectors.files.book import open_book
from connectors.files.errors import FileError
from connectors.files.kinds import recognise


def take(path: Path) -> dict[str, object]:
    try:
        with open_book(path) as book:
            kind, place = recognise(book)
            content = kind.read(book, place)
            facts = [*content.orders, *content.incomes]
    except FileError as err:
        return {"sentence": str(err)}
    return {"kind": kind.code, "rows": content.rows, "facts": len(facts)}


if __name__ == "__main__":
    started = time.monotonic()
    said = take(Path(sys.argv[1]))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    sys.stdout.write(json.dumps({**said, "seconds": time.monotonic() - started, "mb": int(kilobytes) / 1000}))
