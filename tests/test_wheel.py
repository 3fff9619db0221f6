"""What is installed is whole: migrations, templates, reference data and the sample register travel in the wheel."""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_alone_runs_the_demo(tmp_path: Path) -> None:
    """Built, installed into a clean environment and started in an empty folder, the product plays two days."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "clean"
    venv.create(home, with_pip=True)
    pins = tmp_path / "pins.txt"
    pins.write_text(_pins(), encoding="utf-8")
    subprocess.run(
        [home / "bin" / "python", "-m", "pip", "install", "--quiet", "--constraint", str(pins), str(wheel)],
        check=True,
        capture_output=True,
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [home / "bin" / "ocop", "demo", "--days", "2", "--products", "10", "--json"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    answer = json.loads(done.stdout)
    assert answer["products"] == 10
    assert answer["revenue_vnd"] == answer["truth_revenue_vnd"]


def _pins() -> str:
    """The lock's versions without their hashes: pip takes no hash for a wheel that was just built."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return "\n".join(line.split(" ")[0] for line in lines if "==" in line and not line.startswith((" ", "#")))
