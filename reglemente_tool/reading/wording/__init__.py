"""The text form -> provisions: a whole charter, some provisions, or the quoted new wording of one.

The text form, which `writing/writers/text.py` writes:

    Reglemente för socialnämnden                  the first line is the title
                                                  lines that begin with "# " above it or at the end are remarks
    Antaget: kommunfullmäktige 2014-12-10         header facts: a key of one to four words, a colon, a value

    1 kap. Uppgifter                              also "1 kap", "Kap 1", "Kapitel 1"

    Nämndens ansvar                               a heading: a capital first, no mark last, at most 120 letters,
                                                  and what follows is a §, a chapter, an annex or another heading
    § 1                                           or "1 §", also with a letter; or run in: "1 § Nämnden ska …";
    Nämnden ansvarar för                          or with a title: "§ 1 Ansvar" and the text on the lines below
    – äldreomsorg                                 a list under its lead-in: "–" and other glyphs, "1.", "a)"
      1. hemtjänst                                a deeper list: two blanks or a tab more, and other marks
    enligt vad fullmäktige beslutar.              after a list a small letter goes on with that stycke,

    Nämnden har sju ledamöter.                    a capital begins the next one

    Bilaga 1 Råd                                  all that follows is the annex's own text

    Råd | Sammankallande                          a table row: cells joined by " | "
    Näringsrådet | Ordföranden

    = Om utskottet                                a heading, said outright; "== " is one level below. "= § 2 Jäv:" has a title
    \\ § 3 i lagen gäller också här               running text, said outright, whatever it looks like

What the form leaves open is read thus. Every line of running text is a stycke of its own, with a blank line above it or
without. Blank lines inside a list are passed over. A list without a lead-in is a stycke without words. The first words in
a § are never a heading. Of two headings in a row the first opens an avsnitt, which holds what follows until the next such
pair, chapter or annex; so does a heading before a § that has a title of its own. Headings right before a chapter open a
part, which holds the chapters. A heading with text below it opens an avsnitt where no § is open, and that avsnitt ends at
the next heading. Avsnitt do not lie in each other. An annex line opens an annex where §§ stand above it, or none below.
A § in running text ("5 § kommunallagen …", "6 kap. 9 § …") is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reglemente_tool.errors import CannotRead, Problem
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Provision
from reglemente_tool.reading.document import Document, LeftOut
from reglemente_tool.reading.wording.blocks import Block, told
from reglemente_tool.reading.wording.doubts import problems_in
from reglemente_tool.reading.wording.draft import drafted
from reglemente_tool.reading.wording.lines import FACT, Line, numbers_as_paragrafer, read_lines
from reglemente_tool.reading.wording.quoted import read_wording
from reglemente_tool.reading.wording.tree import build
from reglemente_tool.reading.wording.unwrapping import unwrapped

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadCharter:
    """A charter as it was read: no identities yet. `problems` are the doubts that a person should look at.

    `blocks`    the same text as a row of blocks, in reading order
    `text`      the text form it was read from: read again, it gives the same charter
    `left_out`  what stood in the document and is no part of the text
    """

    title: str
    facts: Facts
    body: tuple[Provision, ...]
    problems: tuple[Problem, ...]
    blocks: tuple[Block, ...] = ()
    text: str = ""
    left_out: tuple[LeftOut, ...] = ()


def read_charter(text: str, *, unwrap: bool = False) -> ReadCharter:
    """Read a whole charter in the text form.

    With `unwrap` lines that were broken at the margin are joined first. Raises CannotRead for a text that is empty or no text.
    """
    words = _without_remarks(_readable(text))
    problems: tuple[Problem, ...] = ()
    if unwrap:
        words, problems = unwrapped(words)
    lines = numbers_as_paragrafer(read_lines(words))
    title, facts, body_lines = _head(lines)
    body, doubts = build(body_lines)
    printed = tuple(line.printed for line in lines)
    head = len(lines) - len(body_lines)
    levels = ("titel", *("metadata" for _ in range(head - 1)))[:head]
    blocks = told(lines, (*levels, *doubts.levels))
    return ReadCharter(title, facts, body, problems + problems_in(title, printed, body_lines, doubts), blocks, text)


def read_document(document: Document) -> ReadCharter:
    """Read a whole charter from a document: its text form is made first, and that is read. Raises CannotRead when it has no text."""
    draft = drafted(document, lambda text: read_charter(text).blocks)
    read = read_charter(draft.text)
    doubts = document.problems + draft.problems
    return replace(read, problems=doubts + read.problems, blocks=draft.blocks, text=draft.text, left_out=draft.left_out)


def read_provisions(text: str) -> tuple[Provision, ...]:
    """Read provisions in the text form, without title and facts. Raises CannotRead for a text that is empty or no text."""
    return build(read_lines(_readable(text)))[0]


_MOST_LINES = 80_000
_PRINTED = re.compile(r"[^\s\x00-\x1f\x7f\ufeff]")


def _readable(text: str) -> str:
    if "\0" in text:
        raise CannotRead("Innehållet är inte text.", hint="Spara dokumentet som vanlig text (UTF-8) och försök igen.")
    if text.count("\n") > _MOST_LINES:
        raise CannotRead("Texten är orimligt lång för att vara ett reglemente.", hint="Kontrollera att det är rätt fil.")
    if _PRINTED.search(text) is None:
        raise CannotRead("Texten är tom.", hint="Kontrollera att det är rätt fil.")
    return text


def _without_remarks(text: str) -> str:
    """Take away the lines "# …" above the title and at the end: what a published text says about itself."""
    lines = text.removeprefix("\ufeff").splitlines()
    first, end = 0, len(lines)
    while first < end and _is_remark(lines[first]):
        first += 1
    while end > first and _is_remark(lines[end - 1]):
        end -= 1
    if first == end:
        raise CannotRead("Texten består bara av anmärkningar (rader som börjar med #).", hint="Kontrollera att det är rätt fil.")
    if any(line.startswith("## ") for line in lines[first:end]):
        raise CannotRead(
            "Texten ser ut att vara skriven i Markdown, med # framför rubrikerna.",
            hint="Ta bort #-tecknen, så läses raderna som titel och rubriker.",
        )
    return "\n" * first + "\n".join(lines[first:end])


def _is_remark(line: str) -> bool:
    return not line.strip() or line.startswith("# ")


def _head(lines: tuple[Line, ...]) -> tuple[str, Facts, tuple[Line, ...]]:
    if not lines or lines[0].kind is not Kind.STYCKE:
        return "", (), lines
    facts = []
    at = 1
    while at < len(lines) and lines[at].kind is Kind.STYCKE:
        match = FACT.fullmatch(lines[at].text)
        if match is None:
            break
        facts.append((match["key"], match["value"]))
        at += 1
    return lines[0].text, tuple(facts), lines[at:]


__all__ = ["Block", "ReadCharter", "read_charter", "read_document", "read_provisions", "read_wording"]
