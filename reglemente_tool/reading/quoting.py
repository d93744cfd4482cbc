"""Quotation marks of all kinds: where the quoted words are, and text with them covered up.

Swedish decisions quote with ”…”, "…", »…«, »…» and now and then with ’…’ inside another. The same glyph may open and
close, so what a mark does is told by its neighbours. A mark without a partner quotes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FAMILY = {mark: family for family, marks in enumerate(('"”“„″', "»«", "’'‘")) for mark in marks}
_MARKS = re.compile("[" + "".join(_FAMILY) + "]")
_OPENS_AFTER = frozenset("([{–-—/:")
_CLOSES_BEFORE = frozenset(".,;:!?)]}–-—/")
COVER = "\ue000"
"""What stands in covered text where quoted words stood: no phrase, name or citation can match it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words: where the marks stand (start, end) and the words between them."""

    start: int
    end: int
    words: str


def quotes(text: str) -> tuple[Quote, ...]:
    """Return the outermost quotations in `text`, in order. Marks that have no partner are left out; never fails."""
    open_marks: list[tuple[int, int]] = []
    waiting = [0, 0, 0]
    pairs: list[tuple[int, int]] = []
    for mark in _MARKS.finditer(text):
        index, family = mark.start(), _FAMILY[mark[0]]
        if _closes(text, index, waiting[family] > 0):
            while waiting[family]:
                start, other = open_marks.pop()
                waiting[other] -= 1
                if other == family:
                    pairs.append((start, index + 1))
                    break
        elif len(open_marks) < 40:
            # Noise may hold thousands of openers; no decision nests that deep.
            open_marks.append((index, family))
            waiting[family] += 1
    outer: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return tuple(Quote(start, end, text[start + 1 : end - 1].strip()) for start, end in outer)


def _closes(text: str, index: int, has_mate: bool) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    opens = (before.isspace() or before in _OPENS_AFTER or (before in _FAMILY and not has_mate)) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _CLOSES_BEFORE or after in _FAMILY)
    if opens and not closes:
        return False
    if closes and not opens:
        return True
    return has_mate or text[index] in "’'"


def covered(text: str) -> str:
    """Return `text`, of the same length, with every quotation (marks and words) covered; line breaks inside too."""
    pieces, last = [], 0
    for quote in quotes(text):
        pieces += [text[last : quote.start], COVER * (quote.end - quote.start)]
        last = quote.end
    return "".join([*pieces, text[last:]])
