"""What the laid-out formats share: characters that must not do anything, and the words and signs around changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reglemente_tool.writing.flow import Line, takes_note
from reglemente_tool.writing.page import LEFT_OUT, CannotWrite, Mark, Page, Runs, compares, plain

FORMS = ("lopande", "spalter")
"""How a redline may be laid out: one text with the changes marked in it, or two columns, old and new."""

# Controls, halves of letters, and the marks that turn the reading direction so that a text shows other words than it holds.
_ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BLANK = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")

# Inside a reference like "§ 2", "2 §", "6 kap." or "5 000 kr" no line may end.
_BEFORE = re.compile(r"(§§?) (?=\d)|(?<=\d) (?=§)|(?<=\d [a-z]) (?=§)|(?<=\d) (?=kap\.|[a-z] §)|(?<=\b\d) (?=\d{3}\b)|(?<=\bDnr) (?=\S)")


def harmless(text: str) -> str:
    """Return `text` with line breaks as blanks and with every active character as a picture of it ("␛", "⟨U+202E⟩")."""
    return _ACTIVE.sub(lambda found: _picture(found[0]), _BLANK.sub(" ", text))


def _picture(letter: str) -> str:
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def unbroken(text: str) -> str:
    """Return `text` with no-break spaces inside references, for formats that break lines."""
    return _BEFORE.sub(lambda found: f"{found[1] or ''}\u00a0", text)


_TOKEN = re.compile(r"\S{20,}")
_CONSONANT, _VOWEL = "[bcdfghjklmnpqrstvwxz0-9]", "[aeiouyåäöéü]"
_SEAM = re.compile(
    rf"(?<=[/._?&=@-])(?=\w)|(?<={_CONSONANT}{{9}})(?={_CONSONANT})|(?<={_VOWEL}{{9}})(?={_VOWEL})", re.IGNORECASE
)


def breakable(text: str) -> str:
    """Return `text` with places to break in what no hyphenation breaks: addresses, codes, letters without end.

    For formats that cannot break anywhere, and would let such a word run out of its column and off the paper.
    """
    return _TOKEN.sub(lambda token: _SEAM.sub("\u200b", token[0]), text)


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


def shortened(lines: Iterable[Line]) -> bool:
    """True when LEFT_OUT stands somewhere for unchanged text, so that it needs to be explained."""
    return any(plain(line.runs) == LEFT_OUT or shortened(line.inner) for line in lines)
