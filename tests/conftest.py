"""What all tests share: the option that rewrites expectations, and how a case file is cut into sections."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CASES = Path(__file__).parent / "cases"

# The same examples every time: what the bench and its long runs find becomes a case.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("brief", settings.get_profile("house"), max_examples=8)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --accept: write what was got into the case files instead of comparing."""
    parser.addoption("--accept", action="store_true", default=False, help="skriv om förväntningarna i tests/cases")


def sections(path: Path) -> dict[str, str]:
    """Cut a case file into its sections: the line `--- name` begins one; what stands above the first is the preamble ""."""
    pieces = re.split(r"^--- *(.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {"": pieces[0], **dict(zip(pieces[1::2], pieces[2::2], strict=True))}


def expect(request: pytest.FixtureRequest, path: Path, name: str, got: str) -> None:
    """Compare `got` with section `name` of the case file; with --accept, write it there."""
    parts = sections(path)
    got = got.rstrip("\n") + "\n"
    if request.config.getoption("--accept") and parts.get(name) != got:
        parts[name] = got
        text = "".join(body if not key else f"--- {key}\n{body}" for key, body in parts.items())
        path.write_text(text, encoding="utf-8")
        return
    assert got == parts.get(name), path.name


def grows_evenly(work: Callable[[str], object], text: str) -> None:
    """Assert that `work` on all of `text` takes at most ten times the processor time of a fourth of it (a square would be sixteen).

    A ratio measured in one run, so that a slow machine changes nothing; what takes next to no time is let be. On a busy machine a
    single measurement can be disturbed, so one that fails is taken anew: growth that is really too steep fails every time.
    """
    taken = (0.0, 0.0)
    for _ in range(4):
        taken = (_seconds(work, text[: len(text) // 4]), _seconds(work, text))
        if taken[1] < 10 * max(taken[0], 0.05):
            return
    raise AssertionError(f"{taken[0]:.2f} s, then {taken[1]:.2f} s for four times as much")


def _seconds(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return time.process_time() - began


def cases(folder: str) -> list[Path]:
    """Return the case files of `folder`, in order of name."""
    return sorted((CASES / folder).glob("*.txt"))
