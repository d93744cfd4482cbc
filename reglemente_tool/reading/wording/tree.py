"""From lines to provisions: what holds what. Every line finds a place; what is doubtful is told in `doubts`."""

from __future__ import annotations

from dataclasses import dataclass, field

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE, Provision
from reglemente_tool.model.headings import CLOSING_HEADINGS, has_verb, title_like
from reglemente_tool.reading.wording.lines import Line

_LEVELS = {Kind.RAD: "tabellrad"}

DEEPEST = 6
"""Lists inside lists go no further down than this."""


@dataclass(slots=True)
class Node:
    """A provision while it is being read."""

    kind: Kind
    number: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    layout: str = ""
    closing: str = ""
    children: list[Node] = field(default_factory=list)

    def provision(self) -> Provision:
        """Return the provision that was read, without identity."""
        return Provision(
            kind=self.kind, number=self.number, marker=self.marker, heading=self.heading, text=self.text,
            children=tuple(child.provision() for child in self.children), closing=self.closing, layout=self.layout,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbered:
    """A § as it was met: its number, the line, and which chapter (counted from 1, 0 before the first) it stands in."""

    number: str
    line: str
    chapter: int


@dataclass(slots=True)
class Doubts:
    """What a person should look at: lines, as printed, and the §§ in the order they were met.

    `levels` says of every line, in order, what it was read as: "rubrik1", "paragraf", "stycke" …
    """

    paragrafer: list[Numbered] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unsure_headings: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    sentences_as_headings: list[str] = field(default_factory=list)


def build(lines: tuple[Line, ...], inside: Kind | None = None) -> tuple[tuple[Provision, ...], Doubts]:
    """Return the provisions that `lines` make, and what was doubtful.

    `inside` PARAGRAF or BILAGA: the lines are the contents of one, and so no headings.
    """
    builder = _Builder(inside)
    for index, line in enumerate(lines):
        builder.add(line, lines[index + 1] if index + 1 < len(lines) else None)
    return tuple(node.provision() for node in builder.top()), builder.doubts


class _Builder:
    """The open provisions, from the outermost in: del, kapitel, avsnitt, § or bilaga, stycke, list levels."""

    def __init__(self, inside: Kind | None) -> None:
        self.body: list[Node] = []
        self.part: Node | None = None
        self.chapter: Node | None = None
        self.section: Node | None = None
        self.section_has_text_first = False
        self.holder: Node | None = Node(inside) if inside is not None else None
        self.stycke: Node | None = None
        self.levels: list[tuple[int, str, Node]] = []
        self.table: Node | None = None
        self.heading = ""
        self.chapters = 0
        self.before: Line | None = None
        self.doubts = Doubts()
        self.inside = self.holder
        self.level = ""

    def top(self) -> list[Node]:
        return self.inside.children if self.inside is not None else self.body

    def add(self, line: Line, after: Line | None) -> None:
        self.level = _LEVELS.get(line.kind, line.kind.value)
        if line.kind is Kind.KAPITEL:
            self._open_chapter(line)
        elif line.kind is Kind.BILAGA:
            self._open_annex(line)
        elif line.kind is Kind.PARAGRAF:
            self._open_paragraf(line)
        elif line.kind is Kind.RAD:
            self._row(line)
        elif line.kind.item:
            self._item(line)
        elif not self._heading(line, after):
            self._words(line)
        self.doubts.levels.append(self.level)
        self.before = line

    # Chapters, sections, §§, annexes.

    def _close(self) -> None:
        self.holder = self.inside
        self._close_stycke()

    def _close_stycke(self) -> None:
        self.stycke = None
        self.table = None
        self.levels = []

    def _home(self) -> list[Node]:
        for node in (self.holder, self.section, self.chapter, self.part):
            if node is not None:
                return node.children
        return self.body

    def _open_chapter(self, line: Line) -> None:
        self._close()
        self.section = self.chapter = None
        chapter = Node(Kind.KAPITEL, line.number, line.marker, line.text)
        self._home().append(chapter)
        self.chapter = chapter
        self.chapters += 1

    def _open_annex(self, line: Line) -> None:
        self._close()
        self.section = self.chapter = self.part = None
        annex = Node(Kind.BILAGA, line.number, line.marker, line.text)
        self._home().append(annex)
        self.holder = annex

    def _section(self, heading: str, *, text_first: bool) -> None:
        self._close()
        self.section = None
        section = Node(Kind.AVSNITT, heading=heading)
        self._home().append(section)
        self.section = section
        self.section_has_text_first = text_first

    def _open_paragraf(self, line: Line) -> None:
        open_now = self.holder
        self.doubts.paragrafer.append(Numbered(line.number, line.printed, self.chapters))
        if self._printed_twice(open_now, line):
            assert open_now is not None
            paragraf = open_now
            self.doubts.paragrafer.pop()
            self.doubts.twice.append(line.printed)
        else:
            self._close()
            paragraf = Node(Kind.PARAGRAF, line.number, line.marker, self.heading)
            self.heading = ""
            self._home().append(paragraf)
            self.holder = paragraf
        if line.titled:
            paragraf.heading, paragraf.layout = line.text, TITLE_LINE
        elif line.text:
            paragraf.layout = RUN_IN
            self._new_stycke(line.text)

    def _printed_twice(self, paragraf: Node | None, line: Line) -> bool:
        """"§ 1" and right below it "1 §": one §, whose number a conversion has printed twice."""
        if paragraf is None or paragraf.kind is not Kind.PARAGRAF or paragraf.children or self.heading:
            return False
        return bool(line.number) and paragraf.number == line.number and not paragraf.layout and not (line.titled and paragraf.heading)

    # Headings.

    def _heading(self, line: Line, after: Line | None) -> bool:
        """Read the line as a heading and return True, or return False: it is running text.

        The first words in a § are never a heading. A heading before a § is that one's own; one before another heading,
        or before a § that has a title, opens an avsnitt; one before a chapter a part that holds the chapters from there
        on; one before an annex stands alone. A heading with text below it opens an avsnitt where no § is open.
        """
        if line.level and self.inside is None:
            self._heading_outright(line, after)
            return True
        if line.leads is None or after is None or self.inside is not None:
            return False
        if self.holder is not None and not self.holder.children:
            return False
        if line.leads is Kind.STYCKE:
            return self._heading_of_text(line)
        self.level = "rubrik1"
        if has_verb(line.text):
            self.doubts.sentences_as_headings.append(line.text)
        if after.kind is Kind.PARAGRAF and not after.titled:
            if self.section_has_text_first:
                self.section = None
                self.section_has_text_first = False
            self._close()
            self.heading = line.text
            self.level = "rubrik2" if self.section is not None else "rubrik1"
            return True
        if line.leads in (Kind.KAPITEL, Kind.BILAGA):
            self.section = self.chapter = self.part = None
        self._section(line.text, text_first=False)
        if line.leads is Kind.KAPITEL:
            self.part, self.section = self.section, None
        return True

    def _heading_of_text(self, line: Line) -> bool:
        if not title_like(line.text):
            return False
        if self.holder is not None and not line.text.startswith(CLOSING_HEADINGS):
            if self.holder.kind is Kind.PARAGRAF and line.gap and len(line.text) <= 60:
                self.doubts.unsure_headings.append(line.text)
            return False
        self._section(line.text, text_first=True)
        self.level = "rubrik1"
        return True

    def _heading_outright(self, line: Line, after: Line | None) -> None:
        """A line that says that it is a heading: of the § right below it, of a part, or of an avsnitt. In an annex it is text."""
        self.level = f"rubrik{line.level}"
        if self.holder is not None and self.holder.kind is Kind.BILAGA:
            self._words(line)
            return
        inner = line.level > 1 and self.section is not None and not self.section_has_text_first
        if after is not None and after.kind is Kind.PARAGRAF and not after.titled:
            if not inner:
                self.section = None
            self._close()
            self.heading = line.text
        elif after is not None and after.kind in (Kind.KAPITEL, Kind.BILAGA):
            self.section = self.chapter = self.part = None
            self._section(line.text, text_first=False)
            if after.kind is Kind.KAPITEL:
                self.part, self.section = self.section, None
        else:
            holds = after is not None and (after.kind is Kind.PARAGRAF or after.level > line.level)
            self._section(line.text, text_first=not holds)

    # Stycken, lists, tables.

    def _new_stycke(self, text: str) -> Node:
        self._close_stycke()
        self.stycke = Node(Kind.STYCKE, text=text)
        self._home().append(self.stycke)
        return self.stycke

    def _row(self, line: Line) -> None:
        if self.table is None or line.gap:
            self._close_stycke()
            self.table = Node(Kind.TABELL)
            self._home().append(self.table)
        self.table.children.append(Node(Kind.RAD, text=line.text))

    def _words(self, line: Line) -> None:
        small = line.text[:1].islower()
        if small and self.levels and not line.plain:
            while len(self.levels) > 1 and line.indent <= self.levels[-1][0] - 2:
                self.levels.pop()
            owner = self.levels[-2][2] if len(self.levels) > 1 else self.stycke
            assert owner is not None
            if not owner.closing:
                owner.closing = line.text
                if len(self.levels) > 1:
                    self.levels.pop()
                return
        above = self.before
        if small and not line.gap and above is not None and above.kind in (Kind.STYCKE, Kind.PARAGRAF) and above.text and not self.levels:
            self.doubts.broken.append(line.text)
        self._new_stycke(line.text)

    def _item(self, line: Line) -> None:
        """Put an item in its list: deeper under the item above, beside it, or back on a level further out."""
        item = Node(line.kind, line.number, line.marker, text=line.text)
        if self.stycke is None or self.stycke.closing:
            if self.stycke is not None and not line.gap:
                self.doubts.broken.append(self.stycke.closing)
            self._new_stycke("")
        assert self.stycke is not None
        mark = family(line.kind, line.marker)
        while len(self.levels) > 1 and line.indent <= self.levels[-1][0] - 2:
            self.levels.pop()
        if self.levels:
            indent, above, parent = self.levels[-1]
            if line.indent >= indent + 2 and mark != above and not parent.closing and len(self.levels) < DEEPEST:
                parent.children.append(item)
                self.levels.append((line.indent, mark, item))
                return
            self.levels.pop()
        holder = self.levels[-1][2] if self.levels else self.stycke
        holder.children.append(item)
        self.levels.append((line.indent, mark, item))


def family(kind: Kind, marker: str) -> str:
    """Return what items of one list have in common: all dashes are alike, all other bullets go by their glyph."""
    if kind is not Kind.STRECKSATS:
        return str(kind.value)
    return "–" if marker in "-–—‒―−" else marker
