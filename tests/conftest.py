"""What all tests share: the option that rewrites expectations, and how a case file is cut into sections."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

import reglemente_tool

CASES = Path(__file__).parent / "cases"
Answer = TypeVar("Answer")

# The same examples every time: what the bench and its long runs find becomes a case.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("brief", settings.get_profile("house"), max_examples=8)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --accept: write what was got into the case files instead of comparing."""
    parser.addoption("--accept", action="store_true", default=False, help="skriv om förväntningarna i tests/cases")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse --accept in several processes: a case file may have sections that different tests write."""
    if config.getoption("--accept") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--accept skriver i tests/cases och går inte ihop med -n")


def pytest_collection_finish() -> None:
    """Load the whole program, and tell the collector of cycles that what is loaded stays.

    Hypothesis draws now and then what stands in code that has been loaded: now its examples are the same whichever tests are run, in
    whatever order. And to walk through all that is loaded again and again was more than a tenth of the time.
    """
    for module in pkgutil.walk_packages(reglemente_tool.__path__, "reglemente_tool."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register with its git history, built once: a test that changes it, or its folder, has a copy."""
    from reglemente_tool.cli.demo import build

    folder = tmp_path_factory.mktemp("exempel") / "register"
    build(folder)
    return folder


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


def grows_evenly(work: Callable[[str], Answer], text: str) -> Answer:
    """Assert that `work` on all of `text` takes at most ten times the processor time of a fourth of it (a square would be sixteen).

    A ratio measured in one run, so that a slow machine changes nothing; what takes next to no time is let be. On a busy machine a
    single measurement can be disturbed, so one that fails is taken anew: growth that is really too steep fails every time. Returns
    what `work` made of all of `text`, so that nobody needs to do it once more.
    """
    part = whole = 0.0
    for _ in range(4):
        (part, _), (whole, answer) = _timed(work, text[: len(text) // 4]), _timed(work, text)
        if whole < 10 * max(part, 0.05):
            return answer
    raise AssertionError(f"{part:.2f} s, then {whole:.2f} s for four times as much")


def _timed(work: Callable[[str], Answer], text: str) -> tuple[float, Answer]:
    began = time.process_time()
    answer = work(text)
    return time.process_time() - began, answer


def cases(folder: str) -> list[Path]:
    """Return the case files of `folder`, in order of name."""
    return sorted((CASES / folder).glob("*.txt"))
