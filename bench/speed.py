"""How fast the tool is, each figure beside a floor or another program in the same run: python bench/speed.py [--full] [--only NAME …]

`make bench` runs it and writes docs/speed.md and the picture beside it, so that no figure there is typed by hand; `--full` takes
whole countries and more rounds. With --only nothing is written. All texts are made up (`towns.py`).
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import floors
import towns
from matching import bare
from measuring import Figure, Medians, command, paired, process, table, told
from picture import fitted, plot
from redlines import by_python_redlines, by_xmldiff

from reglemente_tool.cli.demo import build, examples
from reglemente_tool.compare.matching import match
from reglemente_tool.consolidate import apply_together, charters, latest, version_at, versions
from reglemente_tool.model.charter import flat, walk
from reglemente_tool.model.history import History
from reglemente_tool.storage import git
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.publishing import published
from reglemente_tool.storage.xmlform import charter_to_xml, event_from_xml, event_to_xml
from reglemente_tool.writing.build import redline_page
from reglemente_tool.writing.writers import writer

ROOT = Path(__file__).resolve().parent.parent
PAGE, PICTURE = ROOT / "docs" / "speed.md", ROOT / "docs" / "bilder" / "speed-growth.svg"
COUNTRY = 290
WALL = time.perf_counter


@dataclass(frozen=True)
class Run:
    """How much is measured, where scratch files lie, and which other programs were not there."""

    folder: Path
    full: bool
    absent: list[str] = field(default_factory=list)

    @property
    def rounds(self) -> int:
        """Rounds of what is quick."""
        return 15 if self.full else 7

    @property
    def processes(self) -> int:
        """Rounds of what takes whole processes."""
        return 11 if self.full else 5


Grown = dict[str, list[tuple[float, float]]]


# --- from decisions to text -------------------------------------------------------------------------------------------


def amendments(run: Run) -> Iterator[Figure]:
    """100,000 amendments, each with its checks, provenance and the earlier text left as it was."""
    told_stories = [towns.story(seed, 20) for seed in range(40 if run.full else 8)]
    made = [tuple(floors.edits(one, other) for one, other in zip(s.texts, s.texts[1:], strict=False)) for s in told_stories]
    for s, one in zip(told_stories, made, strict=True):
        found = floors.nodes(s.texts[0])
        floors.set_nodes(found, one)
        assert floors.same_words(found, s.texts[-1])
    count = len(told_stories) * 20 * towns.EACH

    def ours() -> None:
        for s in told_stories:
            text = s.texts[0]
            for decision in s.decisions[1:]:
                text = apply_together(text, decision.changes[0], decision.id)

    copies: list[dict[str, floors.Node]] = []

    def theirs() -> None:
        for found, one in zip(copies, made, strict=True):
            floors.set_nodes(found, one)

    def fresh() -> None:
        copies[:] = [floors.nodes(s.texts[0]) for s in told_stories]  # what is changed where it stands must be made anew each time

    one, other, ratio, spread = paired(ours, theirs, rounds=run.rounds, ready=fresh)
    scale = 100_000 / count
    yield Figure(
        f"100,000 amendments applied ({count:,} measured)", f"charters of {towns.PARAGRAPHS} §§, decisions of {towns.EACH} amendments",
        "the same edits, known beforehand, on objects that can be changed", one * scale, other * scale, ratio, spread, aim=10,
        why="The floor sets attributes on objects that it finds in a dictionary. The tool finds each target by its address and its "
            "identity, holds it against its guard, tries two amendments that meet both ways round, names what is new, mends list marks, "
            "checks that nothing else changed, and leaves the earlier text as it was. The next line shows what that last costs alone.",
    )  # fmt: skip

    def frozen() -> None:
        for s, one in zip(told_stories, made, strict=True):
            floors.set_frozen(s.texts[0], one)

    one, other, ratio, spread = paired(ours, frozen, rounds=run.rounds)
    yield Figure(
        "the same", "the same", "the same edits on values that cannot be changed, as the tool's", one * scale, other * scale, ratio, spread
    )


def one_charter(run: Run) -> Iterator[Figure]:
    """One charter of base and twenty decisions, from the bytes of its files to the bytes of its text."""
    s = towns.story(1, 20)
    files, charter = tuple(event_to_xml(d) for d in s.decisions), s.texts[0].id
    base, made = charter_to_xml(s.texts[0]), tuple(floors.edits(a, b) for a, b in zip(s.texts, s.texts[1:], strict=False))

    def ours() -> bytes:
        history = History(tuple(event_from_xml(data) for data in files))
        return published(history, latest(history, charter)) or b""

    assert ours() == published(s.history, s.texts[-1])
    _, _, share, _ = paired(lambda: [event_from_xml(data) for data in files], ours, rounds=run.rounds)
    taken = paired(ours, lambda: floors.set_elements(base, files, made), rounds=run.rounds * 3)
    yield Figure(
        "one charter, base and 20 decisions, from files to file", f"{sum(map(len, files)) // 1000} kB of XML",
        "lxml alone: parse the same, set the same, write", *taken, aim=0.003, seconds=True,
        why=f"{share:.0%} of it is reading: every file is held against the schema and every attribute against its field. The rest is "
            "nearly all the twenty decisions, at the cost of the lines above.",
    )  # fmt: skip


def country(run: Run) -> Iterator[Figure]:
    """All charters of all municipalities on a date, from the bytes of their files."""
    count = COUNTRY if run.full else 4
    day = date(2020, 1, 1)
    taken: list[list[float]] = []
    for seed in range(count):
        made = towns.town(seed)
        files = tuple(event_to_xml(d) for d in made.history.events)
        plain = [
            (charter_to_xml(s.texts[0]), tuple(map(event_to_xml, s.decisions)),
             tuple(floors.edits(a, b) for a, b in zip(s.texts, s.texts[1:], strict=False))) for s in made.stories
        ]  # fmt: skip

        def ours(files: tuple[bytes, ...] = files) -> None:
            history = History(tuple(event_from_xml(data) for data in files))
            for id in charters(history):
                charter_to_xml(version_at(history, id, in_force=day))

        def theirs(plain: list[tuple[bytes, tuple[bytes, ...], tuple[floors.Edits, ...]]] = plain) -> None:
            for one in plain:
                floors.set_elements(*one)

        one, other, _, _ = paired(ours, theirs, rounds=1 if run.full else 3)
        taken.append([one, other])
    sums = [sum(pair[which] for pair in taken) * COUNTRY / count for which in (0, 1)]
    ratios = [one / other for one, other in taken]
    texts = sum(len(s.decisions) for s in made.stories)
    yield Figure(
        f"all of Sweden on a date: {COUNTRY} x 15 charters ({count} registers measured)", f"{texts} decisions in a register, one process",
        "lxml alone, the same", sums[0], sums[1], statistics.median(ratios), (min(ratios), max(ratios)), aim=3,
        why="As the two lines above; registers are independent, so that two processes take half the time.",
    )  # fmt: skip


# --- a register -------------------------------------------------------------------------------------------------------


def register(run: Run) -> Iterator[Figure]:
    """A municipality of fifteen charters and thirty years: proving it, adding to it, and asking git instead."""
    made = towns.town(7)
    folder = towns.register(run.folder / "stad", made)
    files = [path for path in folder.rglob("*.xml") if ".git" not in path.parts]
    of = f"15 charters, {len(made.history.events)} decisions over 30 years"
    from lxml import etree

    def parsed() -> None:
        for path in files:
            etree.fromstring(path.read_bytes())

    assert Register.open(folder).verify().ok
    def asked(*words: str) -> Callable[[], object]:
        return process("git", "-C", str(folder), *words)

    def beside(ours: Callable[[], object], theirs: Callable[[], object]) -> Medians:
        return paired(ours, theirs, rounds=run.processes, clock=WALL)

    def verified() -> None:
        Register.open(folder).verify()

    taken = beside(command("kontrollera", "--register", str(folder)), process(sys.executable, "-c", "import lxml.etree"))
    why = "It is the replay of every decision, the reading of every file against the schema, the start, and two git processes."
    yield Figure("`kontrollera`, whole process", of, "a process that only imports lxml", *taken, aim=1.0, seconds=True, why=why)
    yield Figure("`kontrollera`, inside the process", of, "its files read and parsed by lxml", *beside(verified, parsed))
    taken = beside(verified, asked("fsck", "--full"))
    yield Figure("`kontrollera`, inside the process", of, "`git fsck`, which proves bytes and knows no law", *taken)

    id, path = made.stories[0].texts[0].id, f"reglementen/{made.stories[0].texts[0].id}.xml"
    listed = ["git", "-C", str(folder), "log", "--format=%H", "--", path]
    log = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split()

    def shown() -> None:
        for commit in log:
            asked("show", f"{commit}:{path}")()

    def every_version() -> None:
        versions(Register.open(folder).history, id)

    of = f"one charter of 15, {len(log)} versions"
    def sources() -> None:
        text = version_at(Register.open(folder).history, id, in_force=date(2026, 1, 1))
        assert all(p.source for p in walk(text.body))

    yield Figure("all versions of one charter, register opened", of, "`git show`, once for each", *beside(every_version, shown))
    yield Figure("the same", of, "`git log -p` of the file", *beside(every_version, asked("log", "-p", "--", path)))
    taken = beside(sources, asked("blame", "--", path))
    yield Figure("which decision last touched each provision", of, "`git blame`, which knows commits and lines", *taken)


def commits(run: Run) -> Iterator[Figure]:
    """A commit by itself, and a decision enacted with all that is proved before it."""
    made = towns.town(8)
    folder = towns.register(run.folder / "infor", made)
    repository = git.find(folder)
    assert repository is not None
    path = f"reglementen/{made.stories[0].texts[0].id}.xml"
    count = 0

    def commit() -> None:
        nonlocal count
        count += 1
        repository.commit({path: b"<x>%d</x>\n" % count}, message="prov\n", when=datetime.now(UTC), onto=repository.head())

    taken = paired(commit, lambda: floors.fast_import(folder), rounds=run.rounds, clock=WALL)
    yield Figure(
        "a commit: branch, files and index", "one file of a register with 316", "a bare `git fast-import` of one file", *taken, aim=2,
        why="The bare import leaves the files and the index as they were. The tool sets both, by two more short git processes, and "
            "waits for the disk three more times: for the mark by which a killed program's work is finished, the text, and the index.",
    )  # fmt: skip

    folder = towns.register(run.folder / "infor2", made)
    more = towns.story(900, 40, name="ny-namnd")
    held = Register.open(folder)
    held.enact(more.decisions[0], now=datetime.now(UTC), add_committees=[towns.Committee(id=more.texts[0].committee, name="ny nämnd")])
    waiting = iter(more.decisions[1:])

    def enacted() -> None:
        held.enact(next(waiting), now=datetime.now(UTC))

    taken = paired(enacted, lambda: floors.fast_import(folder), rounds=run.rounds, clock=WALL)
    yield Figure("one decision enacted, proved before and after", "a register of 16 charters", "a bare `git fast-import`", *taken)


def processes(run: Run) -> Iterator[Figure]:
    """What a person waits for."""
    folder = run.folder / "exempel"
    build(folder)
    python = process(sys.executable, "-c", "pass")
    for words, aim in ((["--version"], 0.1), (["vem", "bygglov", "--galler", "2016-01-01", "--register", str(folder)], 0.25)):
        taken = paired(command(*words), python, rounds=run.processes * 2, clock=WALL)
        why = "Most of it is the start of Python and the loading of modules."
        what = f"`reglemente {words[0]}`, whole process"
        yield Figure(what, "the example register", "python -c pass", *taken, aim=aim, seconds=True, why=why)

    extract = examples() / "beslut" / "vanersborg-kf-105.txt"
    counter = iter(range(1000))

    def decided() -> None:
        place = run.folder / f"beslut-{next(counter)}"
        shutil.copytree(folder, place)
        there = ("--register", str(place))
        command("las", str(extract), "--beslutat", "2017-06-21", "--galler-fran", "2017-07-01", *there)()
        command("prova", "kf-2017-06-21-105", *there)()
        command("infor", "kf-2017-06-21-105", "--bekraftad-av", "kommunjurist", *there)()
        command("jamfor", "socialnämnden", "2017-06-30", "2017-07-01", "--som", "html", "--ut", str(place / "ut.html"), *there)()

    def bare() -> None:
        for _ in range(4):
            python()
        floors.fast_import(folder)

    taken = paired(decided, bare, rounds=3, clock=WALL)
    of = "`las`, `prova`, `infor`, `jamfor`: four processes"
    yield Figure("one decision end to end", of, "four empty Pythons and a `git fast-import`", *taken)


# --- what changed -----------------------------------------------------------------------------------------------------


def redlines(run: Run) -> Iterator[Figure]:
    """Twenty pages with forty amendments."""
    s = towns.story(3, 20, size=185)
    old, new = s.texts[0], s.texts[-1]
    html = writer("html")
    letters = sum(len(flat(p)) for p in new.body)
    of = f"20 pages, {letters // 1000} kB of words, {20 * towns.EACH} amendments"
    taken = paired(lambda: html.write(redline_page(old, new)), lambda: floors.plain_redline(old, new), rounds=run.rounds)
    yield Figure(
        "a redline to HTML", of, "pairs by identity, word diff, bare HTML", *taken, aim=5,
        why="The document is more than its differences: numbers, headings, anchors, what moved, notes of which decision, a summary. "
            "Four fifths of the time make the values that all formats share: pairs, blocks, lines.",
    )  # fmt: skip
    for name, other in (("xmldiff", by_xmldiff), ("python-redlines", by_python_redlines)):
        start = WALL()
        if other(old, new) is None:
            print(f"    {name} is not installed, or could not: left out")
            run.absent.append(f"`{name}`")
            continue
        took = WALL() - start
        ours = statistics.median(_timed(lambda: html.write(redline_page(old, new))) for _ in range(3))
        whole = "with the writing of both DOCX files, one run" if name == "python-redlines" else "one run"
        yield Figure("a redline to HTML", of, f"`{name}`, {whole}", ours, took, ours / took, (ours / took, ours / took))


def _timed(work: Callable[[], object], clock: Callable[[], float] = WALL) -> float:
    start = clock()
    work()
    return clock() - start


def alignment(run: Run) -> Iterator[Figure]:
    """Two wordings of three hundred §§ without identities."""
    from difflib import SequenceMatcher

    s = towns.story(4, 20, size=300)
    old, new = s.texts[0], bare(s.texts[-1])
    one, other = ([p.text for p in walk(c.body)] for c in (old, new))

    def lines() -> None:
        SequenceMatcher(None, one, other, autojunk=False).get_opcodes()

    taken = paired(lambda: match(old, new), lines, rounds=run.rounds)
    of = f"300 §§, {len(one):,} provisions, {20 * towns.EACH} amendments"
    yield Figure("which provisions continue which", of, "`difflib` on the lines, which pairs only what is word for word the same", *taken)


def growth(run: Run) -> Grown:
    """How the time follows the number of decisions, on a text that does not grow."""
    sizes = (25, 50, 100, 200, 400) if run.full else (25, 50, 100, 200)
    longest = towns.story(5, sizes[-1], days=25, steady=True)
    rows: Grown = {"all versions of a charter": [], "applying alone": []}
    for size in sizes:
        history = History(longest.decisions[: size + 1])

        def alone(size: int = size) -> None:
            text = longest.texts[0]
            for decision in longest.decisions[1 : size + 1]:
                text = apply_together(text, decision.changes[0], decision.id)

        fresh = [deepcopy(history) for _ in range(5)]  # what has been made of a history is kept; here each is a new one
        asked = [_timed(lambda h=h: versions(h, longest.texts[0].id), time.process_time) for h in fresh]  # type: ignore[misc]
        rows["all versions of a charter"].append((size, 1000 * statistics.median(asked)))
        rows["applying alone"].append((size, 1000 * statistics.median(_timed(alone, time.process_time) for _ in range(5))))
    return rows


PARTS: tuple[Callable[[Run], Iterator[Figure]], ...] = (
    amendments, one_charter, country, commits, register, processes, redlines, alignment,
)  # fmt: skip


# --- the page ---------------------------------------------------------------------------------------------------------


def page(figures: list[Figure], grown: Grown, run: Run, took: float, load: float) -> str:
    """Return docs/speed.md."""
    aimed = [f for f in figures if f.aim is not None]
    missed = [f for f in aimed if not f.met]
    rows = [[f.what, f.on, told(f.ours), f.against, told(f.theirs), f"**{_times(f.ratio)}**",
             "–".join(map(_times, f.spread)), f.aimed, {True: "yes", False: "no", None: ""}[f.met]] for f in figures]  # fmt: skip
    head = ("what", "on what", "time", "against what", "its time", "times", "of the rounds", "aim", "met")
    versions_ = subprocess.run(["git", "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
    lines = [
        "# Speed",
        "",
        f"Written by `make bench{'-full' if run.full else ''}` on {date.today()}: nothing here is typed by hand. "
        f"Python {platform.python_version()}, git {versions_}, {os.cpu_count()} cores, {platform.system()}; "
        f"it took {took / 60:.0f} minutes.",
        "",
        "Each figure stands beside a floor, the least work that could give the same result, or beside another program on the same input, "
        "measured by turns in the same run. A floor is told beforehand what comes out, and checks nothing (`bench/floors.py`): what "
        "refuses a decision that does not fit is part of what the tool costs. Times are medians, of processor time where nothing but "
        "reckoning is done and otherwise of the wall clock; \"times\" is the median of what each round gave, so that a busy machine "
        "changes it little, and beside it stand the least and the greatest of the rounds. The charters are made up: thirty §§, some 150 "
        "provisions, eight thousand letters.",
        "",
        *_busy(load),
        *table(head, rows),
        "",
        f"Aims met: {len(aimed) - len(missed)} of {len(aimed)}."
        + (f" Not installed here, and so not measured: {', '.join(run.absent)}." if run.absent else ""),
        "",
        "## Where the tool is slower than its aim",
        "",
    ]
    for f in missed:
        got = told(f.ours) if f.seconds else f"{f.ratio:.3g} times"
        lines += [f"- **{f.what}**: {got}, aim {f.aimed}. {f.why}"]
    lines += [] if missed else ["Nowhere."]
    names = list(grown)
    table_rows = [[f"{size:g}", *(f"{dict(grown[name])[size]:.1f} ms" for name in names)] for size, _ in grown[names[0]]]
    lines += [
        "",
        "## Cost follows the number of decisions",
        "",
        f"![Time against number of decisions](bilder/{PICTURE.name})",
        "",
        *table(("decisions", *names), table_rows),
        "",
        "Between the shortest and the longest history the cost of one more decision is "
        + ", ".join(f"{_per(points[-1]):.2f} ms against {_per(points[0]):.2f} ms ({name})" for name, points in grown.items())
        + ". That it stays so is tested without a clock: `tests/test_speed.py` counts applications, function calls and git processes.",
        "",
    ]
    return "\n".join(lines)


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"


def _busy(load: float) -> list[str]:
    """What is to be said of a machine that others used too."""
    cores = os.cpu_count() or 1
    if load <= cores * 0.75:
        return []
    said = f"**The machine was busy: {load:.1f} programs wanted its {cores} cores when this began. Times are longer than they would be, "
    more = "and what is said of aims that are times is not to be trusted; the ratios hold better. Run it again when it is quiet.**"
    return [said + more, ""]


def _per(point: tuple[float, float]) -> float:
    return point[1] / point[0]


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", nargs="*", choices=[part.__name__ for part in PARTS] + ["growth"])
    asked = parser.parse_args()
    # An installed program is compiled when it is installed, a checkout only as it is run.
    compileall.compile_dir(ROOT / "reglemente_tool", quiet=1)
    begun, load = WALL(), os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as scratch:
        run = Run(Path(scratch), asked.full)
        for part in PARTS:
            if asked.only is not None and part.__name__ not in asked.only:
                continue
            print(f"{part.__name__}: {(part.__doc__ or '').splitlines()[0]}", flush=True)
            for figure in part(run):
                figures.append(figure)
                verdict = {True: "met", False: "NOT MET", None: ""}[figure.met]
                times = f"x {figure.ratio:.2f} ({figure.spread[0]:.2f}–{figure.spread[1]:.2f})"
                print(f"    {figure.what}: {told(figure.ours)}; {figure.against}: {told(figure.theirs)}; {times}  {figure.aimed} {verdict}")
        if asked.only is None or "growth" in asked.only:
            grown = growth(run)
            for name, points in grown.items():
                slope, start = fitted(points)
                print(f"growth, {name}: {', '.join(f'{x:g}: {y:.1f} ms' for x, y in points)}; {slope:.3f} ms a decision and {start:.1f} ms")
    if asked.only is None:
        PAGE.write_text(page(figures, grown, run, WALL() - begun, load), encoding="utf-8")
        title = "Time against the number of decisions on one charter"
        PICTURE.write_text(plot(title, "decisions", "milliseconds", grown), encoding="utf-8")
        print(f"written: {PAGE.relative_to(ROOT)}, {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
