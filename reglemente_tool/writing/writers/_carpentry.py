"""What the laid-out formats share: the words and signs around changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reglemente_tool.writing.flow import Line, takes_note
from reglemente_tool.writing.letters import harmless, unbroken
from reglemente_tool.writing.page import LEFT_OUT, CannotWrite, Mark, Page, Runs, compares, plain

FORMS = ("lopande", "spalter")
"""How a redline may be laid out: one text with the changes marked in it, or two columns, old and new."""

@dataclass(frozen=True, slots=True)
class Piece:
    """Some words as they are set: their fate, and the signs before and after. `note` is said at the opening of what has moved."""

    text: str
    mark: Mark = Mark.SAME
    before: str = ""
    after: str = ""
    note: str = ""


Signs = Mapping[Mark, tuple[str, str]]

WORDS: Signs = {
    Mark.ADDED: ("[nytt: ", "]"),
    Mark.REMOVED: ("[utgår: ", "]"),
    Mark.MOVED_HERE: ("[", "]"),
    Mark.MOVED_AWAY: ("[", "]"),
}
"""Words around changes, for those who do not see them."""


def pieces(runs: Runs, signs: Signs, note: str = "") -> Iterator[Piece]:
    """Yield `runs` as they are set: harmless, unbroken, signs around what has changed and blanks outside the signs.

    The first words that have moved open with `note`, which says from where or whereto, or else with what the mark is called.
    """
    texts = [harmless(run.text) for run in runs]
    whole = unbroken("".join(texts))
    at = 0
    for run, bare in zip(runs, texts, strict=True):
        text, at = whole[at : at + len(bare)], at + len(bare)
        core = text.strip(" ")
        if run.mark not in signs or not core:
            yield Piece(text)
            continue
        start = text.index(core)
        if start:
            yield Piece(text[:start])
        opening = ""
        if takes_note((run,)):
            opening, note = note or run.mark.value, ""
        before, after = signs[run.mark]
        yield Piece(core, run.mark, before, after, opening)
        if text[start + len(core) :]:
            yield Piece(text[start + len(core) :])


def refuse_form(form: str, page: Page) -> None:
    """Raise CannotWrite for a form that is not among FORMS, and for columns of a page that compares nothing."""
    if form not in FORMS:
        raise CannotWrite(f"Formen ”{form}” finns inte.", hint=f"Välj {' eller '.join(FORMS)}.")
    if form == "spalter" and not compares(page):
        raise CannotWrite("Två spalter behöver två lydelser att jämföra.", hint="Ta fram dokumentet med reglemente jamfor.")


def shortened(page: Page, lines: Iterable[Line]) -> bool:
    """True when LEFT_OUT stands somewhere among the page's `lines` for unchanged text, so that it needs to be explained."""
    return page.shortened and _left_out(lines)


def _left_out(lines: Iterable[Line]) -> bool:
    return any(plain(line.runs) == LEFT_OUT or _left_out(line.inner) for line in lines)
