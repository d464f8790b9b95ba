import subprocess
import sys
from pathlib import Path


def test_without_data_it_says_how_to_point_at_some_and_ends_with_2() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bench"], cwd=Path(__file__).parents[2], env={}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "--data PATH" in ran.stderr
    assert "Traceback" not in ran.stderr
