"""What a hostile document costs before it is refused, and what the child that reads documents costs for an ordinary one.

    python bench/hostile.py [NAME ...]

For each file of `tests/hostilepdf.py`: its size, seconds by the clock and of work, the most memory the child has had, what was said.
Each is asked for in a process of its own, since a system tells only the most memory of all children. Not on Windows.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from hostilepdf import HOSTILE

from reglemente_tool.cli.importing.apart import pictures_apart, read_apart
from reglemente_tool.errors import CannotRead
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId
from reglemente_tool.reading.sources import source_for
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers import writer

EXAMPLES = Path(__file__).parent.parent / "charters" / "underlag"
MIB = 1024 if sys.platform != "darwin" else 1024 * 1024
"""Of what `ru_maxrss` counts."""


def asked(what: Callable[[bytes], object], data: bytes) -> str:
    """Do `what` with `data` and tell of it."""
    began = time.perf_counter()
    try:
        what(data)
        said = "läst"
    except CannotRead as error:
        said = error.message
    took, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return f"{took:6.2f} s  {used.ru_utime + used.ru_stime:6.2f} s arbete  {used.ru_maxrss // MIB:4d} MiB  {said[:70]}"


def alone(name: str, what: Callable[[bytes], object], data: bytes) -> None:
    """Print a line about one file, from a process of its own."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        print(f"{name:26s}{len(data):10d} byte  {asked(what, data)}", flush=True)
        os._exit(0)
    os.waitpid(pid, 0)


def ordinary() -> None:
    """Print what an ordinary PDF costs here, in a child, and drawn."""
    import pypdfium2

    path = max(EXAMPLES.rglob("kommunstyrelsen.txt"), key=lambda p: p.stat().st_size)
    text = read_charter(path.read_text(encoding="utf-8"))
    data = writer("pdf").write(clean_page(Charter(CharterId("x"), text.title, CommitteeId("x"), text.body * 2, text.facts)))
    print(f"{len(pypdfium2.PdfDocument(data))} sidor:")
    ways: dict[str, Callable[[bytes], object]] = {
        "i samma process": source_for(".pdf").read, "i ett barn": lambda held: read_apart(held, ".pdf"), "bilder": pictures_apart,
    }  # fmt: skip
    for name, way in ways.items():
        wall, work = [], []
        for _ in range(5):
            began, before = time.perf_counter(), sum(os.times()[:4])
            way(data)
            wall.append(time.perf_counter() - began)
            work.append(sum(os.times()[:4]) - before)
        print(f"    {name:18s}{statistics.median(wall):6.2f} s  {statistics.median(work):6.2f} s arbete")


def main(names: list[str]) -> int:
    """Do what the command line says."""
    if not names:
        ordinary()
    for name, make in HOSTILE.items():
        if not names or name in names:
            data = make()
            alone(name, lambda held: read_apart(held, ".pdf"), data)
            alone(f"{name}, bilder", pictures_apart, data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
