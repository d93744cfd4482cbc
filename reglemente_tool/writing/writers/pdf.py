"""PDF, set by typst: tagged for screen readers (PDF/UA-1), fit for the archive (PDF/A-2a), the same bytes for the same page."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import Any

from reglemente_tool.writing.flow import Line, Role, anchors, flow, headline, is_numbered, takes_note
from reglemente_tool.writing.page import CannotWrite, Mark, Page, Run, Runs, changed, plain
from reglemente_tool.writing.writers._carpentry import WORDS, Signs, harmless, pieces, unbroken

NAME = "pdf"
SUFFIX = ".pdf"

SIGNS: dict[str, Signs] = {
    "tecken": {
        Mark.ADDED: ("⟨+", "+⟩"),
        Mark.REMOVED: ("⟨−", "−⟩"),
        Mark.MOVED_HERE: ("⟨", "⟩"),
        Mark.MOVED_AWAY: ("⟨", "⟩"),
    },
    "ord": WORDS,
}
"""What stands around changed words: signs for print, words for those who have the document read to them."""

_CONTENTS = 4
"""From as many headings of the first level a clean page has a table of contents."""

_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_MISSING = re.compile(r"the text `\"(.+?)\"` could not be displayed")


def write(page: Page, *, markers: str = "tecken") -> bytes:
    """Return the page as a PDF. `markers` says what stands around changes: "tecken" (signs) or "ord" (words).

    Raises CannotWrite when the document would not be whole: a character that the font does not have, or anything else
    that typst warns of.
    """
    if markers not in SIGNS:
        raise CannotWrite(f"Ändringar kan inte märkas med ”{markers}”.", hint=f"Välj {' eller '.join(SIGNS)}.")
    return _compiled(json.dumps(_Setter(SIGNS[markers]).page(page), ensure_ascii=False))


def _compiled(data: str) -> bytes:
    import typst  # Thirty megabytes, so not before there is something to set.

    template = files("reglemente_tool.writing").joinpath("templates/page.typ").read_bytes()
    try:
        made, warnings = typst.compile_with_warnings(
            template, sys_inputs={"page": data}, ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1", "a-2a"]
        )
    except typst.TypstError as error:
        raise _refused(str(error)) from error
    if warnings:
        raise _refused(str(warnings[0]))
    if not isinstance(made, bytes):
        raise _refused("typst gave no document")
    return made


def _refused(reason: str) -> CannotWrite:
    missing = _MISSING.search(reason)
    if missing is None:
        return CannotWrite("PDF-filen gick inte att göra.", hint=f"Typst säger: {reason.splitlines()[0]}")
    letters = missing[1].encode("ascii", "backslashreplace").decode()
    return CannotWrite(
        f"Typsnittet saknar tecknet ”{missing[1]}” ({letters}), så PDF-filen skulle inte bli hel.",
        hint="Rätta tecknet i texten eller välj ett annat format, till exempel html.",
    )


class _Setter:
    """Makes of a page the data that the template sets; the keys are the template's."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs

    def page(self, page: Page) -> dict[str, Any]:
        lines = flow(page)
        known = anchors(lines)
        top = sum(1 for line in lines if line.role is Role.HEADING and line.level == 1)
        dnr = page.case_number or next((value for key, value in page.facts if key.lower() in ("dnr", "diarienummer")), "")
        return {
            "namn": harmless(plain(page.title)),
            "titel": self.runs(page.title),
            "kommun": harmless(page.municipality),
            "fot": _line(f"Dnr {dnr}") if dnr else "",
            "dag": _day(page),
            "fakta": [[_line(key), _line(value)] for key, value in page.facts],
            "status": [_line(line) for line in page.status],
            "forklaring": self.legend() if page.redline else [],
            "innehall": not page.redline and top >= _CONTENTS,
            "rader": self.lines(lines, known),
            "andringar": [{"ord": _line(t.text), "till": t.anchor if t.anchor in known else ""} for t in page.changes],
        }

    def legend(self) -> list[dict[str, str]]:
        words: Runs = (
            Run("Så märks ändringar: "), Run("ny text", Mark.ADDED), Run(", "), Run("text som utgår", Mark.REMOVED), Run(" och "),
            Run("text från ett annat ställe", Mark.MOVED_HERE), Run(". Ett streck i marginalen visar var något har ändrats."),
        )  # fmt: skip
        return self.runs(words)

    def lines(self, lines: tuple[Line, ...], known: frozenset[str]) -> list[dict[str, Any]]:
        made = [self.line(line, known) for line in lines]
        for one, following in pairwise(made):
            one["leder"] = one["roll"] == "text" and following["roll"] in ("lista", "tabell")
        return made

    def line(self, line: Line, known: frozenset[str]) -> dict[str, Any]:
        link = line.link if line.link in known else ""
        note, marker, words = line.note, self.runs(line.label), line.runs
        if line.role is Role.HEADING or (line.mark is not Mark.SAME and is_numbered(line.label)):
            marker, words = [], headline(line)
        elif line.role is Role.ITEM:
            # The column of markers has room for one marker and no signs: what it was before is said after the words.
            before = plain(line.label, old=True) if line.mark is Mark.SAME and changed(line.label) else ""
            shown = tuple(run for run in line.label if not before or plain((run,)))
            marker = [{**piece, "a": "", "z": "", "n": ""} for piece in self.runs(shown)]
            note = "; ".join(part for part in (f"tidigare {before}" if before else "", note) if part)
        said = takes_note(words)
        return {
            "roll": line.role.value,
            "niva": line.level,
            "stil": line.style,
            "markor": marker,
            "ord": self.runs(words, note if said else "", link if said else ""),
            "celler": [self.runs(cell) for cell in line.cells],
            "inre": self.lines(line.inner, known),
            "streck": line.bar,
            "id": line.anchor,
            "not": "" if said else _line(note),
            "till": link,
            "sedan": _line(line.origin),
            "leder": False,
            "avslutar": line.closes,
        }

    def runs(self, runs: Runs, note: str = "", link: str = "") -> list[dict[str, str]]:
        made: list[dict[str, str]] = []
        for p in pieces(runs, self.signs, note):
            # Words in brackets need a blank between them; signs do not.
            apart = " " if self.signs is WORDS and p.before and made and made[-1]["a"] else ""
            sign = {"a": apart + p.before, "z": p.after, "n": _line(p.note), "till": link if p.note else ""}
            made.append({"t": p.text, "m": p.mark.value, **sign})
        return made


def _line(text: str) -> str:
    return unbroken(harmless(text))


def _day(page: Page) -> tuple[int, int, int]:
    """The date that the file carries: the day the wording holds from, as the page says it. The clock is never asked."""
    facts = dict(page.facts)
    for text in (facts.get("Gäller från", ""), *page.status, *facts.values()):
        for found in _DAY.finditer(text):
            try:
                day = date(*map(int, found.groups()))
            except ValueError:
                continue
            return day.year, day.month, day.day
    return 2000, 1, 1
