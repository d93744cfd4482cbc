"""Compounds taken apart: "bygglovshandläggare" is bygglov + handläggare. Which words there are is derived from what is searched."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from reglemente_tool.ownership.language import GENERIC, STOP, roots

SHORTEST = 3
"""A part has at least this many letters, or Swedish falls to pieces."""

_NO_PART = frozenset(
    """
    till för över under upp ut med mot från efter inom utom vid ning ling het skap else ande ende are ist tion sion stånd väsen lig liga
    ing ings ning nings ska ska ans den det dom isk tisk era erna arna orna sam bar mot vis god ver rad ner ten ter der sen het ers
    """.split()
)


class Lexicon:
    """The known words by their roots, and the compounds that can be read with them. Equal words give equal readings."""

    def __init__(self, words: Iterable[str], known_roots: Iterable[str] | None = None) -> None:
        """Take every word (small letters) of what is searched and of the catalogue; with `known_roots`, their roots as kept."""
        self.words = frozenset(words) | STOP | GENERIC
        found = known_roots if known_roots is not None else (root for word in self.words for root in roots(word))
        self.roots = frozenset(root for root in found if len(root) >= SHORTEST and root not in _NO_PART)
        self.split = cache(self._split)

    def knows(self, word: str) -> bool:
        """True when the word, or an inflection of it, is known."""
        return word in self.words or bool(roots(word) & self.roots)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the roots of the parts of a compound, in order, the last the head; () when it is none or cannot be read.

        The fewest parts win, then the longest head. A part may be followed by a binding s, or have lost or changed its
        last vowel ("gatu-", "skol-", "kvinno-").
        """
        if len(word) < 2 * SHORTEST:
            return ()
        readings = [r for stem in sorted(roots(word), key=len, reverse=True) if (r := self._parts(stem))]
        return min(readings, key=len) if readings else ()

    def _parts(self, stem: str) -> tuple[str, ...]:
        size = len(stem)
        best: dict[int, tuple[str, ...]] = {}
        for start in range(size - SHORTEST, -1, -1):
            whole = stem[start:]
            if start and whole in self.roots:
                best[start] = (whole,)
                continue
            for end in range(start + SHORTEST, size - SHORTEST + 1):
                rest = best.get(end)
                if rest is None:
                    continue
                piece = self._piece(stem[start:end])
                if piece and (start not in best or len(rest) + 1 < len(best[start])):
                    best[start] = (piece, *rest)
        found = best.get(0, ())
        return found if len(found) > 1 else ()

    def _piece(self, text: str) -> str:
        """The root of a part that is not the last, or ""."""
        changed = text[:-1] if text[-1] in "uoe" else text
        for form in (text, text.removesuffix("s"), text.removesuffix("es"), changed, text.removesuffix("a")):
            if len(form) >= SHORTEST and form in self.roots:
                return form
        return ""
