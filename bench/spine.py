"""Speed of the spine, as ratios to a floor measured in the same run: python bench/spine.py (make bench).

Each line: what was measured, its time, the floor and its time, the ratio. Floors: the same work with nothing around it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from reglemente_tool.cli.decide import enact, read_into
from reglemente_tool.cli.demo import AFTER, ANSWERS, BEFORE, build, examples
from reglemente_tool.cli.show import redline
from reglemente_tool.compare import words
from reglemente_tool.consolidate import charters, version_at
from reglemente_tool.model.charter import CharterId, walk
from reglemente_tool.model.proposal import decision_of
from reglemente_tool.reading.sources import source_for
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.writers import writer

SN = CharterId("socialnamnden")


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of `times` runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def line(what: str, measured: float, floor_name: str, floor: float) -> None:
    """Print one comparison."""
    print(f"{what:<46} {measured * 1000:9.2f} ms   {floor_name:<38} {floor * 1000:9.2f} ms   x {measured / floor:6.1f}")


def fast_import(folder: Path) -> None:
    """One bare commit of one small file by git fast-import: the floor of a commit."""
    when = int(datetime.now().timestamp())
    person = f"committer golv <golv@localhost> {when} +0000"
    stream = f"commit refs/heads/golv\n{person}\ndata 1\nx\nM 100644 inline golv.xml\ndata 1\n{when % 10}\ndone\n"
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet", "--done", "--force"], input=stream.encode(), check=True)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "register"
        register = build(folder)
        text = source_for(".txt").read((examples() / "beslut" / "vanersborg-kf-105.txt").read_bytes())
        reading = best(lambda: read_into(register, text, ANSWERS), 3)
        decision = decision_of(read_into(register, text, ANSWERS), "mätning")
        proposal = read_into(register, text, ANSWERS)
        start = time.perf_counter()
        enact(register, decision, proposal)
        enacting = time.perf_counter() - start
        floor = best(lambda: fast_import(folder), 3)
        line("las: one decision read", reading, "git fast-import, one file", floor)
        line("infor: one decision, two charters, one commit", enacting, "git fast-import, one file", floor)

        history = register.history
        parse = best(lambda: Register.open(folder).history, 3)
        raw = sum(p.stat().st_size for p in folder.rglob("beslut/**/*.xml"))
        files = list(folder.rglob("beslut/**/*.xml"))
        line(f"history read and validated ({raw // 1000} kB)", parse, "the same bytes read", best(lambda: [f.read_bytes() for f in files]))
        charter = version_at(history, SN, in_force=AFTER)
        copying = best(lambda: list(walk(charter.body)))
        dated = best(lambda: version_at(history, SN, in_force=AFTER))
        line("version_at: socialnämnden on a date", dated, "walking the charter once", copying)
        line("kontrollera: five charters", best(register.verify, 3), "git fast-import, one file", floor)

        page, old, new = redline(register, SN, BEFORE, AFTER)
        flat_old, flat_new = ("\n".join(p.text for p in walk(c.body)) for c in (old, new))
        plain = best(lambda: words(flat_old, flat_new), 3)
        html, pdf = writer("html"), writer("pdf")
        line("redline to HTML", best(lambda: html.write(redline(register, SN, BEFORE, AFTER)[0])), "word diff of the flat texts", plain)
        line("redline to PDF", best(lambda: pdf.write(page), 3), "word diff of the flat texts", plain)

        python = best(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 3)
        for words_typed in (["--version"], ["vem", "bygglov", "--galler", "2016-01-01", "--register", str(folder)]):
            command = [sys.executable, "-m", "reglemente_tool", *words_typed]
            taken = best(lambda c=command: subprocess.run(c, check=True, stdout=subprocess.DEVNULL), 3)  # type: ignore[misc]
            line(f"reglemente {words_typed[0]}, whole process", taken, "python -c pass", python)
        print(f"{len(charters(history))} charters, {date.today()}")


if __name__ == "__main__":
    main()
