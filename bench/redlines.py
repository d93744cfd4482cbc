"""False changes per true change, and what a document costs: python bench/redlines.py [--pairs N] [--others N] [--sizes].

Charters and amendments are made here, so it is known what was amended: words, items of lists, moves and new numbers, one to four
in a decision. What a reader is shown on the page is held against that. The same pairs go through xmldiff and python-redlines
where they are installed. With --sizes: time, memory and bytes of a whole process for 12 and 300 pages.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.consolidate import apply_together
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, by_wid, walk_addressed
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import name_body
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.page import ONLY_NEW, ONLY_OLD, Block, Mark, Page, changed, plain
from reglemente_tool.writing.writers import writer

WORDS = """
nämnden ansvarar svarar gator parker bibliotek skolskjuts tillsyn avgifter yttranden remisser uppföljning budget ärenden samråd
ledamöter ersättare protokoll kallelse sammanträden taxor avtal lokaler lekplatser belysning skyltar vägar torg hamnar broar
""".split()
NEW_WORDS = "samverkan trygghet klimat cirkusplatser namnfrågor stugby".split()
LATER = DecisionId("kf-2027-06-16-7")


@dataclass(frozen=True)
class Shown:
    """One changed place: whose, what about it, and the words that have gone and come (of a text or a number)."""

    wid: Wid
    what: str
    gone: str = ""
    come: str = ""


def charter(chance: random.Random, paragraphs: int = 14) -> Charter:
    """Return a charter: §§ with stycken and lists, no word of it in any new wording."""

    def words(least: int, most: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(least, most)))

    def stycke() -> Provision:
        sentences = " ".join(f"{words(4, 12).capitalize()}." for _ in range(chance.randint(1, 3)))
        if chance.random() < 0.5:
            return Provision(Kind.STYCKE, text=sentences)
        style = chance.choice(["", ",", ".", ", samt"])
        count = chance.randint(3, 8)
        items = []
        for index in range(count):
            mark = "" if not style else "." if style == "." or index == count - 1 else ","
            mark = ", samt" if style == ", samt" and index == count - 2 else mark
            items.append(Provision(Kind.STRECKSATS, marker="–", text=f"{words(2, 7)} {index}{mark}"))
        return Provision(Kind.STYCKE, text="Nämnden ska", children=tuple(items))

    body = tuple(
        Provision(
            Kind.PARAGRAF, number=str(n), marker=f"{n} §", heading=words(1, 2).capitalize() if chance.random() < 0.3 else "",
            children=tuple(stycke() for _ in range(chance.randint(1, 3))),
        )
        for n in range(1, paragraphs + 1)
    )  # fmt: skip
    return name_body(Charter(CharterId("prov"), "Reglemente för provnämnden", CommitteeId("prov"), body), DecisionId("kf-2020-01-01-1"))


def amended(chance: random.Random, old: Charter) -> tuple[Charter, set[Shown]] | None:
    """Return the charter after one to four amendments, and all that has changed by them; None where they do not go together."""
    places = {p.wid: (a, p) for a, p in walk_addressed(old)}
    free = [wid for wid, (_, p) in places.items() if p.kind in (Kind.STYCKE, Kind.STRECKSATS, Kind.PARAGRAF)]
    chance.shuffle(free)
    made: list[Amendment] = []
    truth: set[Shown] = set()
    for wid in free[: chance.randint(1, 4)]:
        address, p = places[wid]
        if p.kind is Kind.PARAGRAF:
            made.append(Renumber(target=address, number=f"{p.number} a", wid=wid))
            truth.add(Shown(wid, "beteckning", f"{p.number} §", f"{p.number} a §"))
        elif p.kind is Kind.STYCKE or chance.random() < 0.4:
            word = chance.choice([w for w in p.text.rstrip(".,").split() if w.isalpha() and w[0].islower() and w != "samt"] or ["Nämnden"])
            new = chance.choice(NEW_WORDS)
            hits = Reword(target=address, old=word, new=new).found(old, wid)
            if hits != 1 or not re.search(rf"\b{word}\b", p.text):
                continue
            made.append(Reword(target=address, old=word, new=new, wid=wid))
            truth.add(Shown(wid, "text", word, new))
        elif (fate := chance.random()) < 0.35:
            made.append(Repeal(target=address, wid=wid))
            truth.add(Shown(wid, "utgår"))
        elif fate < 0.7:
            words = f"{' '.join(chance.sample(NEW_WORDS, 3))} {len(made)}"
            made.append(Insert(target=address, wording=Provision(Kind.STRECKSATS, marker="–", text=words)))
            truth.add(Shown(Wid(words), "nytt"))
        else:
            others = [a for a, q in places.values() if q.kind is Kind.STRECKSATS and a.parent != address.parent]
            if not others:
                continue
            there = chance.choice(others)
            made += [Repeal(target=address, wid=wid), Insert(target=there, wording=p, continues=wid)]
            truth.add(Shown(wid, "flyttat"))
    if not made:
        return None
    try:
        new = apply_together(old, Change(charter=old.id, in_force_from=date(2027, 7, 1), amendments=tuple(made)), LATER)
    except CannotApply:
        return None
    return new, {_named(one, new) for one in truth} | _marks(old, new, {one.wid for one in truth if one.what == "flyttat"})


def _named(one: Shown, new: Charter) -> Shown:
    """What is new got its identity when it came; it is known by its words, which stand nowhere else."""
    found = next((wid for wid, p in by_wid(new).items() if one.what == "nytt" and p.text.startswith(one.wid)), one.wid)
    return Shown(found, one.what, one.gone, one.come)


_TAIL = re.compile(r"(, samt|,|\.)?$")


def _marks(old: Charter, new: Charter, moved: set[Wid]) -> set[Shown]:
    """The marks of lists that were mended: a part of the amendment, and a change that a reader must see.

    What has moved is printed in both places, with the marks of each.
    """
    before = by_wid(old)
    found = set()
    for wid, now in by_wid(new).items():
        was = before.get(wid)
        if was is not None and wid not in moved and was.kind.item and was.text != now.text:
            tails = tuple((_TAIL.search(text) or [""])[0] or "" for text in (was.text, now.text))
            if tails[0] != tails[1]:
                found.add(Shown(wid, "skiljetecken", *tails))
    return found


# --- what is shown ----------------------------------------------------------------------------------------------------


def shown(page: Page, old: Charter, new: Charter) -> list[Shown]:
    """Return every changed place of the page, whatever it is; what stands in two places is told once."""
    here = {a.code: p.wid for a, p in walk_addressed(new)}
    there = {a.code: p.wid for a, p in walk_addressed(old)}
    return list(dict.fromkeys(_shown(page.blocks, here, there)))


def _shown(blocks: Iterable[Block], here: dict[str, Wid], there: dict[str, Wid]) -> Iterator[Shown]:
    for block in blocks:
        code = re.sub(r"-\d+$", "", block.anchor.removeprefix("tidigare.").removesuffix(".rubrik"))
        wid = (there if block.mark in ONLY_OLD else here).get(code, Wid(f"?{block.anchor}"))
        if block.mark in (Mark.MOVED_HERE, Mark.MOVED_AWAY):
            yield Shown(wid, "flyttat")
        elif block.mark is not Mark.SAME:
            yield Shown(wid, "nytt" if block.mark in ONLY_NEW else "utgår")
            continue
        if changed(block.label) and block.mark is Mark.SAME:
            yield Shown(wid, "beteckning", plain(block.label, old=True), plain(block.label))
        for what, runs in (("text", block.text), ("rubrik", block.heading), ("avslutning", block.closing)):
            if block.mark is Mark.SAME and changed(runs):
                yield from _places(wid, what, [(run.text, run.mark) for run in runs])
        yield from _shown(block.children, here, there)


def _places(wid: Wid, what: str, runs: list[tuple[str, Mark]]) -> Iterator[Shown]:
    """Each changed place of a text; marks at the end of an item by themselves."""
    gone = come = ""
    for text, mark in [*runs, ("", Mark.SAME)]:
        if mark in ONLY_OLD:
            gone += text
        elif mark in ONLY_NEW:
            come += text
        elif gone or come:
            only_marks = all(word in ("", ",", ".", "samt", ", samt") for word in (gone.strip(), come.strip()))
            yield Shown(wid, "skiljetecken" if only_marks else what, gone.strip(), come.strip())
            gone = come = ""


def alike(one: Shown, other: Shown) -> bool:
    """True when two tell of the same change."""
    if (one.wid, one.what) != (other.wid, other.what):
        return False
    return one.what != "text" or (one.gone, one.come) == (other.gone, other.come)


# --- others -------------------------------------------------------------------------------------------------------------


def by_xmldiff(old: Charter, new: Charter) -> int | None:
    """Return how many edits xmldiff makes of the two charters as XML, or None where it is not installed."""
    try:
        from xmldiff import main as xmldiff  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        return None
    from reglemente_tool.storage.xmlform import charter_to_xml

    edits = xmldiff.diff_texts(charter_to_xml(old), charter_to_xml(new))
    return sum(1 for edit in edits if "beslut" not in str(getattr(edit, "name", "")))


def by_python_redlines(old: Charter, new: Charter) -> int | None:
    """Return in how many paragraphs python-redlines shows a change between the two as clean DOCX, or None where it cannot run."""
    try:
        from python_redlines import engines  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        return None
    made = [writer("docx").write(clean_page(one)) for one in (old, new)]
    try:
        redline, *_ = engines.XmlPowerToolsEngine().run_redline("jämförelse", *made)
        with zipfile.ZipFile(io.BytesIO(redline)) as file:
            body = file.read("word/document.xml").decode()
    except Exception as error:  # A program of another's: whatever it does, the bench goes on and says so.
        print(f"python-redlines: {type(error).__name__}: {str(error)[:120]}")
        return None
    return sum(1 for p in re.findall(r"<w:p[ >].*?</w:p>", body, re.DOTALL) if re.search(r"<w:(ins|del|moveFrom|moveTo)[ >]", p))


# --- sizes ------------------------------------------------------------------------------------------------------------------


def sizes() -> None:
    """Print what one document costs as a process of its own."""
    for pages in (12, 300):
        for form in ("pdf", "docx", "html"):
            start = time.perf_counter()
            child = subprocess.Popen([sys.executable, __file__, "--write", form, str(pages)], stdout=subprocess.PIPE)
            out = child.stdout.read() if child.stdout else b""
            _, _, used = os.wait4(child.pid, 0)
            taken = time.perf_counter() - start
            print(f"{form:<5} {pages:>4} pages  {taken:6.2f} s  {used.ru_maxrss / 1024:6.0f} MB  {int(out) / 1000:8.0f} kB")


def write(form: str, pages: int) -> None:
    """Write a redline of about so many pages and print how many bytes it has."""
    chance = random.Random(7)
    old = charter(chance, paragraphs=round(pages * 4.6))
    made = None
    while made is None:
        made = amended(chance, old)
    print(len(writer(form).write(redline_page(old, made[0]))))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--others", type=int, default=40)
    parser.add_argument("--sizes", action="store_true")
    parser.add_argument("--write", nargs=2)
    parser.add_argument("-v", action="store_true")
    told = parser.parse_args()
    if told.write:
        write(told.write[0], int(told.write[1]))
        return
    if told.sizes:
        sizes()
        return
    count, truths, false, missed = 0, Counter[str](), Counter[str](), Counter[str]()
    others: dict[str, list[int]] = {"xmldiff": [], "python-redlines": []}
    compared, seed = [0, 0], 0
    while count < told.pairs:
        seed += 1
        chance = random.Random(seed)
        old = charter(chance)
        made = amended(chance, old)
        if made is None:
            continue
        new, truth = made
        count += 1
        seen = shown(redline_page(old, new), old, new)
        truths.update(one.what for one in truth)
        for one in seen:
            if not any(alike(one, true) for true in truth):
                false[one.what] += 1
                print(f"{seed}: false {one}") if told.v else None
        for true in truth:
            if not any(alike(one, true) for one in seen):
                missed[true.what] += 1
                print(f"{seed}: missed {true}") if told.v else None
        if count <= told.others:
            compared[0] += len(truth)
            compared[1] += len(seen)
            for name, other in (("xmldiff", by_xmldiff), ("python-redlines", by_python_redlines)):
                if name in others and (found := other(old, new)) is not None:
                    others[name].append(found)
                elif name in others:
                    print(f"{name}: not here, or not able")
                    del others[name]
    true = sum(truths.values())
    print(f"{count} decisions, {true} true changes: {dict(truths)}")
    print(f"false {sum(false.values())} {dict(false)}, missed {sum(missed.values())} {dict(missed)}")
    print(f"the first {told.others}: {compared[0]} true; shown here {compared[1]}; "
          + ", ".join(f"by {name} {sum(found)}" for name, found in others.items() if found))


if __name__ == "__main__":
    main()
