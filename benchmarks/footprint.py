"""How much memory a process holds. Run as a program: what a process of the product holds before its first job."""

import subprocess
import sys
from pathlib import Path


def most_mb() -> float:
    """The kernel's own high-water mark of this process since it was started (Linux; proc(5), read 2026-11-24)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kilobytes) / 1_000


def product_mb() -> float:
    """Of a new process that has loaded every job."""
    told = subprocess.run([sys.executable, "-m", __name__], capture_output=True, check=True, text=True)
    return float(told.stdout)


if __name__ == "__main__":
    import jobs.registry  # noqa: F401 - loading it is what is measured

    print(most_mb())
