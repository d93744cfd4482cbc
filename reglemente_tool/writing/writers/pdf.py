"""PDF, set by typst: tagged for screen readers (PDF/UA-1), fit for the archive (PDF/A-2a), the same bytes for the same page.

With a file attached to it the PDF is PDF/A-3a instead, which is 2a with leave to carry its source.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

from reglemente_tool.model.notices import LEGEND
from reglemente_tool.writing.columns import Row, columns
from reglemente_tool.writing.flow import Line, Role, anchors, flow, headline, is_numbered, takes_note
from reglemente_tool.writing.letters import breakable, harmless, unbroken
from reglemente_tool.writing.look import Look
from reglemente_tool.writing.page import LEFT_OUT, CannotWrite, Mark, Page, Run, Runs, changed, plain
from reglemente_tool.writing.typesetting import dressed, loose, set_pdf
from reglemente_tool.writing.writers._carpentry import WORDS, Signs, pieces, refuse_form, shortened

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

Attachment = tuple[str, str, bytes]
"""A file that the PDF carries: its name, its MIME type, its bytes."""

_LONG_WORD = 28
"""Letters of a word in a heading that may be too long for the line, and so may be hyphenated there too."""

_CONTENTS = 4
"""From as many headings of the first level a clean page has a table of contents."""

_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def write(
    page: Page, *, form: str = "lopande", markers: str = "tecken", look: Look = Look(), attachment: Attachment | None = None  # noqa: B008
) -> bytes:
    """Return the page as a PDF.

    `form` is "lopande" (one text, changes marked in it) or "spalter" (a redline in two columns, old and new); `markers`
    what stands around changes, "tecken" (signs) or "ord" (words); `attachment` a file to carry, as the source of the text.

    Raises CannotWrite when the document would not be whole: a character that the font does not have, or anything else
    that typst warns of; also for columns of a page that compares nothing.
    """
    if markers not in SIGNS:
        raise CannotWrite(f"Ändringar kan inte märkas med ”{markers}”.", hint=f"Välj {' eller '.join(SIGNS)}.")
    refuse_form(form, page)
    attached = [_attached(attachment)] if attachment else []
    data = {**_Setter(form, markers).page(page), **dressed(look, page.municipality), "bilagor": attached}
    return set_pdf("page.typ", data, look.font, archive="a-3a" if attachment else "a-2a")


def _attached(attachment: Attachment) -> dict[str, Any]:
    name, mime, data = attachment
    return {"namn": name, "mime": mime, "data": loose(data), "beskrivning": "Texten i den form som maskiner läser"}


class _Setter:
    """Makes of a page the data that the template sets; the keys are the template's."""

    def __init__(self, form: str, markers: str) -> None:
        self.columns = form == "spalter"
        self.words = markers == "ord"
        # In columns each wording stands for itself; what has changed is italic and underlined, and needs no signs.
        self.signs: Signs = dict.fromkeys(WORDS, ("", "")) if self.columns and not self.words else SIGNS[markers]
        self.form = form

    def page(self, page: Page) -> dict[str, Any]:
        laid = [self.laid(one) for one in (page, *page.annexes)]
        lines = laid[0][1]
        known = anchors(line for _, some in laid for line in some)
        top = sum(1 for line in lines if line.role is Role.HEADING and line.level == 1)
        dnr = page.case_number or next((value for key, value in page.facts if key.lower() in ("dnr", "diarienummer")), "")
        return {
            "form": self.form,
            "namn": harmless(plain(page.title)),
            "titelbryts": _has_long_word(page.title),
            "utkast": harmless(page.draft),
            "fot": _line(f"Dnr {dnr}") if dnr else "",
            "dag": _day(page),
            "fakta": [[_line(key), _line(value)] for key, value in page.facts],
            "innehall": not page.redline and top >= _CONTENTS,
            **self.part(page, *laid[0], known),
            "delar": [self.part(one, *its, known) for one, its in zip(page.annexes, laid[1:], strict=True)],
        }

    def laid(self, page: Page) -> tuple[tuple[Row, ...], tuple[Line, ...]]:
        """The rows of a page that is set in columns, and all its lines in order. What compares nothing has no rows."""
        if not (self.columns and page.redline):
            return (), flow(page)
        rows = columns(page)
        return rows, tuple(line for row in rows for line in (*row.left, *row.right))

    def part(self, page: Page, rows: tuple[Row, ...], lines: tuple[Line, ...], known: frozenset[str]) -> dict[str, Any]:
        """What a page and an annex both have."""
        in_columns = self.columns and page.redline
        return {
            "rubrik": _Setter("lopande", "ord" if self.words else "tecken").runs(page.title),
            "status": [_line(line) for line in ((f"{page.draft}.",) if page.draft else ()) + page.status],
            "forklaring": self.legend(page, lines) if page.redline else [],
            "sidor": [_line(name) for name in page.sides] if in_columns else [],
            "rader": self.rows(rows, known) if in_columns else self.lines(lines, known),
            "andringar": [{"ord": _line(t.text), "till": t.anchor if t.anchor in known else ""} for t in page.changes],
        }

    def legend(self, page: Page, lines: tuple[Line, ...]) -> list[str | dict[str, str]]:
        words: Runs = (Run(LEGEND),)
        if self.columns and not self.words:
            words += (Run("ändrade ord", Mark.ADDED), Run(". Det som bara står i en spalt är nytt eller utgår."))
        else:
            words += (
                Run("ny text", Mark.ADDED), Run(", "), Run("text som utgår", Mark.REMOVED), Run(" och "),
                Run("text från ett annat ställe", Mark.MOVED_HERE), Run("."),
            )  # fmt: skip
        if not self.columns:
            words += (Run(" Ett streck i marginalen visar var något har ändrats."),)
        short = (Run(f" {LEFT_OUT} står för text som inte har ändrats."),) if shortened(page, lines) else ()
        return self.runs(words + short)

    def rows(self, rows: tuple[Row, ...], known: frozenset[str]) -> list[dict[str, Any]]:
        made = []
        for row in rows:
            left, right = self.lines(row.left, known), self.lines(row.right, known)
            for line in left if right else ():
                line["kopia"] = True
            made.append({"vanster": [] if row.spans else left, "hoger": right, "hel": row.spans})
        return made

    def lines(self, lines: tuple[Line, ...], known: frozenset[str]) -> list[dict[str, Any]]:
        made = [self.line(line, known) for line in lines]
        for one, following in pairwise(made):
            if one["roll"] == "text" and following["roll"] in ("lista", "tabell"):
                one["leder"] = True
        return made

    def line(self, line: Line, known: frozenset[str]) -> dict[str, Any]:
        link = line.link if line.link in known else ""
        note, marker, words = line.note, self.runs(line.label), line.runs
        if line.role is Role.HEADING or (not self.columns and line.mark is not Mark.SAME and is_numbered(line.label)):
            marker, words = [], headline(line)
        elif line.role is Role.ITEM and self.columns:
            marker = [_bare(piece) for piece in marker]
        elif line.role is Role.ITEM:
            # The column of markers has room for one marker and no signs: what it was before is said after the words.
            before = plain(line.label, old=True) if line.mark is Mark.SAME and changed(line.label) else ""
            shown = tuple(run for run in line.label if not before or plain((run,)))
            marker = [_bare(piece) for piece in self.runs(shown)]
            note = "; ".join(part for part in (f"tidigare {before}" if before else "", note) if part)
        said = takes_note(words)
        data = {
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
            "avslutar": line.closes,
            "bryts": line.role is Role.HEADING and _has_long_word(words),
        }
        return {key: value for key, value in data.items() if value}

    def runs(self, runs: Runs, note: str = "", link: str = "") -> list[str | dict[str, str]]:
        """The runs as the template takes them: unchanged words as they are, changed ones with what stands around them."""
        made: list[str | dict[str, str]] = []
        for p in pieces(runs, self.signs, note):
            if p.mark is Mark.SAME:
                made.append(breakable(p.text))
                continue
            # Words in brackets need a blank between them; signs do not.
            apart = " " if self.words and made and isinstance(made[-1], dict) else ""
            said = {"n": _line(p.note), "till": link} if p.note else {}
            made.append({"t": breakable(p.text), "m": p.mark.value, "a": apart + p.before, "z": p.after, **said})
        return made


def _bare(piece: str | dict[str, str]) -> str | dict[str, str]:
    return piece if isinstance(piece, str) else {**piece, "a": "", "z": "", "n": ""}


def _has_long_word(runs: Runs) -> bool:
    return any(len(word) > _LONG_WORD for word in "".join(run.text for run in runs).split())


def _line(text: str) -> str:
    return breakable(unbroken(harmless(text)))


def _day(page: Page) -> tuple[int, int, int]:
    """The date that the file carries: the day the wording holds from, as the page says it. The clock is never asked."""
    facts = dict(page.facts)
    for text in (facts.get("Gäller från", ""), facts.get("Sammanträdesdag", ""), *page.status, *facts.values()):
        for found in _DAY.finditer(text):
            try:
                day = date(*map(int, found.groups()))
            except ValueError:
                continue
            return day.year, day.month, day.day
    return 2000, 1, 1
