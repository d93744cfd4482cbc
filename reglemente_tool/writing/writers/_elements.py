"""The lines of a page as HTML elements. In Python, since the macros of a template would take most of the time that a page takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from reglemente_tool.writing.flow import MOVED, Line, Role, headline, is_numbered, takes_note
from reglemente_tool.writing.letters import harmless, unbroken
from reglemente_tool.writing.page import ONLY_NEW, Mark, Runs
from reglemente_tool.writing.writers._carpentry import WORDS, Piece, pieces

_DEEPEST = 6


def words(text: str) -> str:
    """Return a text as HTML: nothing in it acts, and no line ends inside a reference."""
    return escape(unbroken(harmless(text)))


@dataclass(frozen=True, slots=True)
class Elements:
    """Makes elements of lines, each on a row of its own. `anchors` are those of the whole document, so that no link leads nowhere."""

    anchors: frozenset[str]

    def lines(self, lines: Iterable[Line], *, copy: bool = False) -> str:
        """Return some lines that stand in a row. A `copy` of what stands elsewhere too has no headings, only what looks like them."""
        return "".join([self._line(line, copy) for line in lines])

    def runs(self, runs: Runs, note: str = "", link: str = "") -> str:
        """Return words, what has changed in ins and del; the first that have moved open with `note`, linked to the other place."""
        if len(runs) == 1 and runs[0].mark is Mark.SAME:
            return words(runs[0].text)
        return "".join([self._piece(piece, link) for piece in pieces(runs, WORDS, note)])

    def _line(self, line: Line, copy: bool) -> str:
        role = line.role
        if role is Role.TEXT:
            label = f'<b class="nr">{self.runs(line.label)}</b> ' if line.label else ""
            return f"<p{_attributes(line, 'avslutning' if line.closes else '')}>{label}{self._told(line)}</p>\n"
        if role is Role.HEADING:
            tag = "p" if copy else f"h{min(line.level + 1, _DEEPEST)}"
            said = self.runs(headline(line), line.note, line.link)
            return f"<{tag}{_attributes(line, f'{line.style} kopia' if copy else line.style)}>{said}</{tag}>\n"
        if role is Role.LIST:
            items = "".join([self._item(item) for item in line.inner])
            origin = f'<p class="not">({words(line.origin)})</p>\n' if line.origin else ""
            return f'<ul{_attributes(line)} role="list">\n{items}</ul>\n{origin}'
        if role is Role.TABLE:
            rows = "".join([self._row(row, head=row is line.inner[0]) for row in line.inner])
            aside = f"<p>{self._aside(line)}</p>\n" if line.note or line.origin else ""
            return f"<table{_attributes(line)}>\n{rows}</table>\n{aside}"
        if line.note or line.origin:
            origin = f"({words(line.origin)})" if line.origin else ""
            return f"<p{_attributes(line, 'not')}>{self._linked(line.note, line.link)}{origin}</p>\n"
        return f'<span id="{escape(line.anchor)}"></span>\n'

    def _item(self, item: Line) -> str:
        sign = "" if is_numbered(item.label) else " tecken"
        inner = f"\n{self.lines(item.inner)}" if item.inner else ""
        return (
            f'<li{_attributes(item)}><span class="markor{sign}">{self._marker(item)}</span> <div>{self._told(item)}{inner}</div></li>\n'
        )

    def _marker(self, item: Line) -> str:
        """The marker of what has come or gone has done so too; that is seen, and need not be said."""
        if item.mark is Mark.SAME:
            return self.runs(item.label)
        tag = "ins" if item.mark in ONLY_NEW else "del"
        return f"<{tag}>{words(''.join(run.text for run in item.label))}</{tag}>"

    def _row(self, row: Line, *, head: bool) -> str:
        tag, opening = ("th", 'th scope="col"') if head else ("td", "td")
        bar = ' class="andrad"' if row.bar else ""  # on the first cell: a row holds none
        cells = "".join([f"<{opening}{'' if at else bar}>{self.runs(cell)}</{tag}>" for at, cell in enumerate(row.cells)])
        return f"<tr{_anchor(row)}>{cells}</tr>\n"

    def _told(self, line: Line) -> str:
        said = self.runs(line.runs, line.note, line.link)
        return said + self._aside(line) if line.note or line.origin else said

    def _aside(self, line: Line) -> str:
        """What is said beside a line: its note, where its words do not open with that, and where it comes from."""
        note = "" if not line.note or takes_note(line.runs) else f' <span class="not">({self._linked(line.note, line.link)})</span>'
        return f'{note} <span class="not">({words(line.origin)})</span>' if line.origin else note

    def _piece(self, piece: Piece, link: str) -> str:
        if piece.mark is Mark.SAME:
            return escape(piece.text)
        tag = "ins" if piece.mark in ONLY_NEW else "del"
        moved = ' class="flyttad"' if piece.mark in MOVED else ""
        seen, opening = ("ord", f"{self._linked(piece.note, link)}: ") if piece.note else ("dold", piece.before)
        return f'<{tag}{moved}><span class="{seen}">{opening}</span>{escape(piece.text)}<span class="dold">{piece.after}</span></{tag}>'

    def _linked(self, note: str, link: str) -> str:
        return f'<a href="#{escape(link)}">{words(note)}</a>' if link and link in self.anchors else words(note)


def _attributes(line: Line, names: str = "") -> str:
    """The id and the classes of a line's element."""
    classes = f"{names} andrad".strip() if line.bar else names
    return f'{_anchor(line)} class="{classes}"' if classes else _anchor(line)


def _anchor(line: Line) -> str:
    return f' id="{escape(line.anchor)}"' if line.anchor else ""
