"""Markdown as GitHub and GitLab show it: for wikis, merge requests and mail. Nothing in a charter's words acts as a mark.

A stycke with its list is one paragraph: each line ends in a line break and opens with the marker as printed, so that no
program numbers anew. What has changed stands in ins and del, which Markdown passes on, and which, unlike ** and ~~, hold
at any place in a word and at any blank: the old and the new text can be read back exactly. Only notes are in italics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reglemente_tool.model.notices import LEGEND
from reglemente_tool.writing.flow import Line, Role, flow, headline
from reglemente_tool.writing.letters import harmless
from reglemente_tool.writing.page import ONLY_NEW, ONLY_OLD, Page, Run, Runs

NAME = "md"
SUFFIX = ".md"

_DEEPEST = 6
_STEP = "&emsp;"
_BREAK = "\\\n"
_RULE = "***"

_ACTS = re.compile(r"([\\`*_\[\]<>~|$#]|&(?=#?\w+;))")
_OPENS = re.compile(r"\A(\d{1,9}(?=[.)])|(?=[-+=:]))")
# What GitHub makes into pictures and links of its own accord; a link would show the marks of this writer inside it.
_SIGNS = re.compile(r":(?=[\w+-]+:|//)|(?<=www)\.", re.IGNORECASE)


def write(page: Page) -> bytes:
    """Return the page as UTF-8 Markdown, lines ending in "\\n"."""
    blocks = [block for one in (page, *page.annexes) for block in _page(one)]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _page(page: Page) -> list[str]:
    over = "#" * page.below
    header = [f"{over}# {_inline(page.title)}" if page.title else "", _quote(_about(page))]
    if page.facts:
        header.insert(1, _lines(_escaped(f"{key}: {said}") for key, said in page.facts))
    told = [f"- {_escaped(change.text)}" for change in page.changes]
    ending = [_RULE, f"{over}## Ändringarna i ord", "\n".join(told)] if told else []
    return [*header, _RULE, *_blocks(flow(page)), *ending]


def _about(page: Page) -> Iterator[str]:
    """What the page says of itself, which is no part of the charter."""
    yield _escaped(page.municipality)
    yield _escaped(f"Dnr {page.case_number}") if page.case_number else ""
    yield from (_escaped(line) for line in page.status)
    if page.redline:
        yield f"{LEGEND}<ins>ny text</ins> och <del>text som utgår</del>."


def _quote(lines: Iterable[str]) -> str:
    return "\n>\n".join(f"> {line}" for line in lines if line)


def _lines(lines: Iterable[str]) -> str:
    return _BREAK.join(line for line in lines if line)


def _blocks(lines: Iterable[Line]) -> Iterator[str]:
    """Headings and tables are blocks; a text with the lists right after it is one, and so are its closing words."""
    open_: list[str] = []
    for line in lines:
        listed = line.role is Role.LIST
        if open_ and not (listed or line.closes):
            yield _lines(open_)
            open_ = []
        if line.role is Role.TEXT:
            open_.append(_text(line))
        elif listed:
            for piece in _items(line, 0):
                if isinstance(piece, Line):
                    yield _lines(open_)
                    yield from _blocks((piece,))
                    open_ = []
                else:
                    open_.append(piece)
        else:
            yield from _block(line)
    if open_:
        yield _lines(open_)


def _block(line: Line) -> Iterator[str]:
    if line.role is Role.HEADING:
        yield f"{'#' * min(line.level + 1, _DEEPEST)} {_inline(headline(line))}"
        yield _notes(line).strip()
    elif line.role is Role.TABLE:
        yield _table(line)
        yield _notes(line).strip()
    else:
        yield _notes(line).strip()


def _text(line: Line, depth: int = 0) -> str:
    return _STEP * depth + _inline(_labelled(line)) + _notes(line)


def _items(listed: Line, depth: int) -> Iterator[str | Line]:
    """Yield the lines of a list; a table in it as it is, since it must stand alone."""
    for item in listed.inner:
        yield _text(item, depth)
        for inner in item.inner:
            if inner.role is Role.LIST:
                yield from _items(inner, depth + 1)
            elif inner.role is Role.TEXT:
                yield _text(inner, depth + 1)
            else:
                yield inner


def _labelled(line: Line) -> Runs:
    return (*line.label, Run(" "), *line.runs) if line.label and line.runs else line.label or line.runs


def _notes(line: Line) -> str:
    return "".join(f" *({_escaped(note)})*" for note in (line.note, line.origin) if note)


def _table(table: Line) -> str:
    """The first row is the head, as Markdown wants one; it gets as many cells as the widest row, since others are cut at its width."""
    rows = [[_inline(cell) for cell in row.cells] for row in table.inner]
    notes = [_notes(row) for row in table.inner]
    width = max(len(row) for row in rows)
    written = []
    for row, note in zip(rows, notes, strict=True):
        cells = [*row, *[""] * (width - len(row))]
        cells[-1] += note
        written.append(f"| {' | '.join(cells)} |")
    written.insert(1, f"|{' --- |' * width}")
    return "\n".join(written)


def _inline(runs: Runs) -> str:
    """Return runs of words, those that have come or gone in ins and del. Blanks at either end of the line are kept."""
    made = []
    for run in runs:
        text = _marked(harmless(run.text))
        tag = "ins" if run.mark in ONLY_NEW else "del" if run.mark in ONLY_OLD else ""
        made.append(f"<{tag}>{text}</{tag}>" if tag and text else text)
    return _edged("".join(made))


def _escaped(text: str) -> str:
    return _edged(_marked(harmless(text)))


def _marked(text: str) -> str:
    return _SIGNS.sub(lambda found: f"\\{found[0]}", _ACTS.sub(r"\\\1", text))


def _edged(line: str) -> str:
    """At the start of a line fewer letters are harmless; and blanks at its ends, or in a row, would be dropped."""
    line = _OPENS.sub(lambda found: f"{found[1]}\\" if found[1] else "\\", line)
    start = len(line) - len(line.lstrip(" \t"))
    end = len(line.rstrip(" \t"))
    edges = {" ": "&#32;", "\t": "&#9;"}
    if end < start:
        return "".join(edges[c] for c in line)
    return "".join(edges[c] for c in line[:start]) + line[start:end] + "".join(edges[c] for c in line[end:])
