"""For the screen: wrapped text, changes in signs and words, a bar in the margin, and colour only when asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from reglemente_tool.model.notices import ON_SCREEN
from reglemente_tool.writing.flow import Line, Role, flow, headline, is_numbered, takes_note
from reglemente_tool.writing.letters import harmless, unbroken
from reglemente_tool.writing.page import Mark, Page, Runs
from reglemente_tool.writing.writers._carpentry import pieces

NAME = "terminal"
SUFFIX = ".txt"

_SIGNS = {Mark.ADDED: ("{+", "+}"), Mark.REMOVED: ("[-", "-]"), Mark.MOVED_HERE: ("{+", "+}"), Mark.MOVED_AWAY: ("[-", "-]")}
_COLOURS = {Mark.ADDED: "\x1b[34m", Mark.REMOVED: "\x1b[31m", Mark.MOVED_HERE: "\x1b[32m", Mark.MOVED_AWAY: "\x1b[32m"}
_BOLD, _OFF = "\x1b[1m", "\x1b[0m"
_NARROWEST = 30
_INDENT = 2

Letters = list[tuple[str, Mark]]
"""Words letter by letter, each with its fate, so that a line can be cut anywhere."""


def write(page: Page) -> bytes:
    """Return the page as UTF-8 text, 80 letters wide and without colour. See `render`."""
    return (render(page) + "\n").encode()


def render(page: Page, *, width: int = 80, colour: bool = False, body_only: bool = False) -> str:
    """Return the page as text at most `width` letters wide; `colour` adds ANSI colours.

    Changes are told by signs and words whether in colour or not. No control character of the page's own comes through.
    With `body_only` there is no title, no facts and no list of changes.
    """
    setter = _Setter(max(width, _NARROWEST), colour, page.redline)
    return "\n".join(setter.body(page) if body_only else setter.page(page)).strip("\n")


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets lines of a given width. On a redline the first two columns are the margin."""

    width: int
    colour: bool
    redline: bool

    @property
    def _room(self) -> int:
        return self.width - (_INDENT if self.redline else 0)

    def page(self, page: Page) -> Iterator[str]:
        if page.municipality:
            yield from self._words(page.municipality)
        title = _signed(page.title)
        yield from self._wrapped(title, bold=True)
        yield from self._words("=" * max((_width(line) for line in _fold(title, self._room)), default=0))
        if page.facts:
            yield ""
        for key, value in page.facts:
            yield from self._words(f"{key}: {value}", hang=_INDENT)
        if page.case_number and not any(page.case_number == value for _, value in page.facts):
            yield from self._words(f"Dnr: {page.case_number}", hang=_INDENT)
        for line in (*page.status, *((ON_SCREEN,) if page.redline else ())):
            yield ""
            yield from self._words(line)
        yield from self.body(page)
        if page.changes:
            yield ""
            yield from self._wrapped(_letters("Ändringarna i ord"), bold=True)
            for told in page.changes:
                yield from self._words(f"– {told.text}", hang=2)
        for annex in page.annexes:
            yield from ("", "")
            yield from _Setter(self.width, self.colour, annex.redline).page(annex)

    def body(self, page: Page) -> Iterator[str]:
        yield from self._lines(flow(page), 0)

    def _lines(self, lines: Iterable[Line], indent: int) -> Iterator[str]:
        close = False
        for line in lines:
            if line.role is Role.LIST:
                for item in line.inner:
                    yield from self._item(item, indent)
            elif line.role is Role.TABLE:
                yield ""
                yield from self._table(line.inner)
            else:
                if line.role is Role.NOTE and not (line.note or line.origin):
                    continue
                if not (indent or line.closes) and (not close or line.role is Role.HEADING):
                    yield ""
                yield from self._line(line, indent)
            if line.origin:
                yield from self._words(f"({line.origin})", indent=indent)
            close = line.role in (Role.HEADING, Role.NOTE)

    def _line(self, line: Line, indent: int) -> Iterator[str]:
        if line.role is Role.NOTE:
            if line.note:
                yield from self._words(f"({line.note})", indent=indent, bar=line.bar)
            return
        if line.role is Role.HEADING:
            yield from self._wrapped(_signed(headline(line), line.note), indent=indent, bold=True)
            return
        label = [*_signed(line.label), *_letters(" ")] if line.label else []
        yield from self._wrapped([*label, *_told(line)], indent=indent)

    def _item(self, item: Line, indent: int) -> Iterator[str]:
        marker, words = _signed(item.label), _told(item)
        if item.mark is not Mark.SAME and item.label:
            # A dash needs no signs of its own; a number stands inside those of its words.
            bare = _letters("".join(run.text for run in item.label))
            marker, words = ([], _told(replace(item, runs=headline(item)))) if is_numbered(item.label) else (bare, words)
        label = [*marker, (" ", Mark.SAME)] if marker else []
        hang = min(len(label) or len(item.label[0].text) + 1 if item.label else 0, 4)
        yield from self._wrapped([*label, *words], indent=indent, hang=hang)
        yield from self._lines(item.inner, indent + max(_INDENT, hang))
        if item.origin:
            yield from self._words(f"({item.origin})", indent=indent + len(label))

    def _table(self, rows: tuple[Line, ...]) -> Iterator[str]:
        table = [[_signed(cell) for cell in row.cells] for row in rows]
        count = max((len(row) for row in table), default=0)
        if not count:
            return
        room = (self._room - 3 * (count - 1)) // count
        widest = [max((_width(row[i]) for row in table if i < len(row)), default=0) for i in range(count)]
        spare = sum(max(0, room - wide) for wide in widest)
        columns = [min(wide, room + spare) if wide > room else wide for wide in widest]
        if sum(columns) + 3 * (count - 1) > self._room:
            columns = [min(wide, room) for wide in widest]
        for index, row in enumerate(table):
            cells = [list(_fold(cell, max(columns[i], 1))) for i, cell in enumerate(row)]
            for parts in zip_longest(*cells, *([[]] * (count - len(cells))), fillvalue=[]):
                letters: Letters = []
                for i, part in enumerate(parts):
                    letters += [*part, *[(" ", Mark.SAME)] * (columns[i] - _width(part))]
                    letters += [(letter, Mark.SAME) for letter in (" | " if i < count - 1 else "")]
                yield self._set(_without_end_blanks(letters), bar=rows[index].bar)
            if index == 0:
                yield self._set(_letters("-+-".join("-" * column for column in columns)))

    def _words(self, text: str, *, indent: int = 0, hang: int = 0, bar: bool = False) -> Iterator[str]:
        yield from self._wrapped(_letters(text), indent=indent, hang=hang, bar=bar)

    def _wrapped(self, words: Letters, *, indent: int = 0, hang: int = 0, bold: bool = False, bar: bool = False) -> Iterator[str]:
        first = True
        for line in _fold(words, self._room - indent, hang):
            pad: Letters = [(" ", Mark.SAME)] * (indent if first else indent + hang)
            yield self._set([*pad, *line], bold=bold, bar=bar)
            first = False

    def _set(self, line: Letters, *, bold: bool = False, bar: bool = False) -> str:
        margin = ("| " if bar or any(mark is not Mark.SAME for _, mark in line) else "  ") if self.redline else ""
        if not self.colour:
            return (margin + "".join(letter for letter, _ in line)).rstrip()
        text, now = _BOLD if bold else "", Mark.SAME
        for letter, mark in line:
            if mark is not now:
                text += _OFF + (_BOLD if bold else "") + _COLOURS.get(mark, "")
                now = mark
            text += letter
        return margin + text + (_OFF if bold or now is not Mark.SAME else "")


def _told(line: Line) -> Letters:
    """The words of a line; what has moved begins by saying so, another note follows in brackets."""
    aside = f" ({line.note})" if line.note and not takes_note(line.runs) else ""
    return [*_signed(line.runs, line.note), *_letters(aside)]


def _signed(runs: Runs, note: str = "") -> Letters:
    letters: Letters = []
    for piece in pieces(runs, _SIGNS, note):
        opening = f"{piece.before}{unbroken(harmless(piece.note))}: " if piece.note else piece.before
        letters += [(letter, piece.mark) for letter in f"{opening}{piece.text}{piece.after}"]
    return letters


def _letters(text: str) -> Letters:
    return [(letter, Mark.SAME) for letter in unbroken(harmless(text))]


def _fold(words: Letters, room: int, hang: int = 0) -> Iterator[Letters]:
    """Cut at blanks into lines of at most `room` columns; lines after the first have `hang` less. Too long words are cut."""
    line: Letters = []
    for word in _split(words):
        gap = 1 if line else 0
        if line and _width(line) + gap + _width(word) > room:
            yield line
            line, gap = [], 0
            room -= hang
            hang = 0
        while _width(word) > room:
            cut = _fitting(word, room)
            yield word[:cut]
            word = word[cut:]
            room -= hang
            hang = 0
        line = [*line, *([(" ", word[0][1] if word and line[-1][1] is word[0][1] else Mark.SAME)] if gap else []), *word]
    if line:
        yield line


def _split(words: Letters) -> Iterator[Letters]:
    word: Letters = []
    for letter, mark in words:
        if letter != " ":
            word.append((letter, mark))
        elif word:
            yield word
            word = []
    if word:
        yield word


def _fitting(word: Letters, room: int) -> int:
    cut = 1
    while cut < len(word) and _width(word[: cut + 1]) <= room:
        cut += 1
    return cut


def _without_end_blanks(letters: Letters) -> Letters:
    while letters and letters[-1][0] == " ":
        letters = letters[:-1]
    return letters


def _width(letters: Iterable[tuple[str, Mark]] | str) -> int:
    return sum(_columns(letter[0]) for letter in letters)


@cache
def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
