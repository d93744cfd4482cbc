"""The clauses of a decision: att-satser with dash, number or only "att", and plain sentences. No word of the decision is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reglemente_tool.model.proposal import Clause
from reglemente_tool.reading.columns import opens_table
from reglemente_tool.reading.quoting import COVER, covered
from reglemente_tool.reading.signposts import is_furniture

_ITEM = re.compile(
    r"[ \t]*(?P<mark>(?:[-–—•·◦▪*]|\uf0b7|o)[ \t]+|(?P<n>\d{1,2})[.)][ \t]+|[a-zåäö]\)[ \t]+)?(?P<att>(?:dels[ \t]+)?att(?![\w-]))?",
    re.IGNORECASE,
)
_BLOCK_AHEAD = re.compile(
    r":\s*$|(?:så|sätt|innebärande|genom|innebörd)\s+att\s*$|(?:följande lydelse|följande|lyda|lyder|ny lydelse)\s*\.?\s*$",
    re.IGNORECASE,
)
_ITEM_ATT = re.compile(r"[ \t]*(?:[-–•*][ \t]+|\d{1,2}[.)][ \t]+)?(?:dels[ \t]+)?att(?![\w-])", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"\s*(?:§\s*\d+(?:\s?[a-z])?|\d+\s*(?:[a-z]\s*)?§)\s*", re.IGNORECASE)
_OWN_SENTENCE = re.compile(
    r"\s*(?:reglements?)?(?:ändringen|ändringarna|beslutet|detta beslut|reglementet|reglementena|bestämmelsen|"
    r"bestämmelserna)\s+(?:ska\s+|skall\s+)?(?:träd|gäll|börja)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[\s,;]+(?:och|samt)|[\s,;])+$", re.IGNORECASE)
_INFINITIVE = (
    r"(?:anta|fastställa|godkänna|ge|uppdra|lägga|avslå|bifalla|utse|välja|upphäva|stryka|införa|ändra|revidera|inrätta|bilda|avveckla|"
    r"anse|förklara|notera|återremittera"
    r"|bordlägga|remittera|bevilja|anvisa|avsätta|tillföra|ersätta|byta|flytta|överföra|komplettera|bemyndiga|uppmana|medge|finansiera|"
    r"teckna|ställa|utöka|minska|överlämna)(?![\w-])"
)
_SEAM = re.compile(rf"(?:,|;)\s*(?:(?:och|samt|dels)\s+)?att\s+(?={_INFINITIVE})|\s(?:och|samt)\s+att\s+(?={_INFINITIVE})", re.IGNORECASE)


_POINTS_BACK = re.compile(r"\b(?:dess|densamma|denna|motsvarande|nämnda|samma|nuvarande reglemente)\b", re.IGNORECASE)


MOST = 5_000
"""So many clauses are told apart; what comes after them is one more."""
LONGEST_SENTENCE = 200_000
"""A clause of more letters than this is left as it is."""


@dataclass(slots=True)
class _Open:
    """A clause while its lines are gathered."""

    start: int
    mark: str
    number: int
    att: bool
    end: int = 0
    block: bool = False
    table: bool = False
    ended: bool = False
    indent: int = -1
    """How far in the new wording stands that is set off by indentation alone; 0 until its first line is met, -1 for none."""


def clauses(text: str, start: int, end: int, *, first: int = 1) -> tuple[Clause, ...]:
    """Return the clauses that stand between `start` and `end` of `text`, numbered from `first`.

    Their spans together cover every line but blank ones and page furniture; a quoted or following block of new wording
    stays with its clause. Never fails.
    """
    body = text[start:end]
    made: list[Clause] = []
    for begin, stop in (piece for span in _lines_joined(body) for piece in _run_on(body, *span)):
        if len(made) == MOST:
            # No decision has so many; what is left is one clause, so that nothing of it is lost.
            made.append(Clause(first + MOST, body[begin:].strip(), start + begin, start + len(body)))
            break
        words = _cleaned(body[begin:stop])
        if words:
            made.append(Clause(first + len(made), words, start + begin, start + stop))
    return tuple(made)


def _lines_joined(body: str) -> Iterator[tuple[int, int]]:
    bare = covered(body)
    current: _Open | None = None
    style: _Open | None = None
    blank = True
    at = 0
    while at < len(body):
        newline = bare.find("\n", at)
        stop = len(body) if newline < 0 else newline + 1
        line = body[at:stop]
        if is_furniture(line):
            blank = blank or not line.strip()
            at = stop
            continue
        if current is not None:
            _step_in(current, line, bare[at:stop], body, stop)
        # A sentence may go on after a page break.
        goes_on = current is not None and line.lstrip()[:1].islower() and body[current.start : current.end].rstrip()[-1:].isalpha()
        new = _begins(line, bare[at:stop], at, current, style, blank and not goes_on)
        if new is not None:
            if current is not None:
                yield current.start, current.end
            current = new
            style = style or (new if new.mark or new.att else None)
        elif current is None:
            current = _Open(at, "", 0, False)
        current.end = stop
        if _BLOCK_AHEAD.search(bare[max(current.start, stop - 200) : stop].rstrip()[-60:]):
            current.block = True
            current.indent = max(current.indent, 0) if current.indent <= 0 else current.indent
        blank = False
        at = stop
    if current is not None:
        yield current.start, current.end


def _step_in(current: _Open, line: str, bare: str, body: str, stop: int) -> None:
    """Note where wording that is set off by indentation alone begins, and where it ends: at the first line that stands further out."""
    if not current.table and opens_table(line, body[stop : stop + 300].split("\n", 1)[0]):
        current.block = current.table = True
    if current.table or bare.startswith(COVER) or not current.block or not line.strip():
        return
    depth = _depth(line)
    if current.indent == 0 and _NUMBER_ALONE.fullmatch(bare):
        # A § number is often set in the middle of its line; the wording below it says whether it is set off.
        return
    if current.indent == 0:
        current.indent = depth if depth > _depth(body[current.start :][:200]) and not _ITEM_ATT.match(bare) else -1
    elif current.indent > 0 and depth < current.indent and line.lstrip()[:1].islower() and not _ITEM_ATT.match(bare):
        # Only the first line of each stycke stands further in.
        current.indent = -1
    elif current.indent > 0 and depth < current.indent:
        current.indent, current.block, current.ended = -1, False, True


def _depth(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))


def _begins(line: str, bare: str, at: int, current: _Open | None, style: _Open | None, blank: bool) -> _Open | None:
    """Return the clause that this line begins, or None when it goes on with the current one."""
    item = _ITEM.match(bare)
    assert item is not None
    mark = "n" if item["n"] else (item["mark"] or "").strip()[:1]
    found = _Open(at, mark, int(item["n"] or 0), item["att"] is not None)
    if current is None:
        return found
    if bare.startswith(COVER):
        # A quotation on lines of its own belongs to the clause that it gives words to.
        return None
    if current.indent > 0:
        return None
    if current.ended:
        return found
    if current.table:
        att = found.att and (style is None or mark == style.mark) and (mark or blank)
        return found if (att or _OWN_SENTENCE.match(bare)) and "\t" not in line else None
    alike = style is not None and bool(mark) and mark == style.mark
    if style is not None and style.att:
        if found.att and mark == style.mark:
            return found if mark or blank or not current.mark else None
        if mark and not current.block and (found.att or alike):
            return found
    else:
        in_turn = style is not None and (mark != "n" or found.number == (current.number or style.number) + 1)
        if (alike and in_turn) or (found.att and not current.block and (mark or blank)):
            return found
    if _OWN_SENTENCE.match(bare) and (blank or current.block):
        return found
    if current.block or mark:
        return found if mark and not current.block and style is None else None
    return found if blank or (style is None and line[:1].isupper() and not current.block) else None


def _run_on(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that holds several clauses, "att anta …, att ge … samt att lägga …", where each begins with what shall be done."""
    if end - start > LONGEST_SENTENCE or not _SEAM.search(body, start + 4, end):
        yield start, end
        return
    bare = covered(body[start:end])
    head = _ITEM.match(bare)
    if head is None or head["mark"] or "\n\n" in bare.strip():
        yield start, end
        return
    last = 0
    for seam in _SEAM.finditer(bare):
        before = bare[last : seam.start()]
        # "att ge styrelsen i uppdrag att …, att …" and "så att …" go on; only a clause without an att of its own is surely over.
        if len(re.findall(r"\batt\b", before[(_ITEM.match(before) or seam).end() if last == 0 else 4 :], re.IGNORECASE)) > 0:
            break
        if re.search(r"(?:uppdrag|sätt|så|motion|förslag)\w*\s*$", before, re.IGNORECASE):
            break
        if _POINTS_BACK.search(bare[seam.end() : seam.end() + 120]):
            continue
        yield start + last, start + seam.start()
        last = seam.start()
    yield start + last, end


def _cleaned(words: str) -> str:
    """Return a clause's words without its mark, the page's furniture, and what only joins it to the next clause."""
    if len(words) > LONGEST_SENTENCE:
        return words.strip()
    lines = words.strip().splitlines()
    text = "\n".join(line for line in lines if not is_furniture(line) or not line.strip()).strip() if len(lines) > 1 else words.strip()
    text = re.sub(r"^(?:,|;)?\s*(?:(?:och|samt)\s+)?(?=(?:dels\s+)?att\b)", "", text)
    item = _ITEM.match(text)
    if item is not None and item["mark"]:
        text = text[item.end("mark") :].strip()
    text = _TAIL.sub("", text)
    return "" if re.fullmatch(r"[\W_]*", text) else re.sub(r"\n{3,}", "\n\n", text)
