"""Words as nobody has written them before: taken apart, put together, turned round, without their dots; brought to words that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from reglemente_tool.ownership.language import ADJUNCT, ASKED_HEADS, GENERIC, KIN, NARROWING, SIDE, STOP, WIDE, Token, roots
from reglemente_tool.ownership.spelling import plain
from reglemente_tool.ownership.stems import stem
from reglemente_tool.ownership.tagging import Tagger

LINKS = ("", "s", "u", "e", "o", "a")
"""What may stand between the parts of a compound."""

HEAD, FIRST, SHORT = 6, 5, 4
"""So many letters a part of a compound has at least when it is the last one, or the first, and is all that is known of the word;
and when it is what somebody else has ("fastighetsskatt").
"""


def joined(cut: Sequence[Token], text: str, known: Callable[[str], bool]) -> tuple[Token, ...]:
    """Return the words of `text` with those put together that are one word with a blank or a hyphen in it: "skol skjuts", "snö-röjning"."""
    found: list[Token] = []
    for token in cut:
        whole = token.word.replace("-", "")
        if "-" in token.word and not known(token.word) and known(whole):
            token = replace(token, word=whole, roots=roots(whole))
        before = found[-1] if found else None
        if before and not (before.silent or token.silent or before.half or "-" in before.word or token.word in SIDE):
            whole = before.word + token.word
            if text[before.start + len(before.word) : token.start] == " " and known(whole):
                found[-1] = Token(whole, before.start, roots(whole))
                continue
        found.append(token)
    return tuple(found)


def turned(cut: Sequence[Token], known: Callable[[str], bool]) -> Iterator[tuple[Token, Token, Token]]:
    """Yield two words with a preposition between, and the compound that says the same: "röjning", "snö", "snöröjning"."""
    for one, link, other in zip(cut, cut[1:], cut[2:], strict=False):
        if link.word in ADJUNCT | NARROWING and not (one.silent or other.silent or one.half or other.half):
            for base in sorted({other.word, *other.roots}):
                whole = next((base + s + one.word for s in LINKS if known(base + s + one.word)), "")
                if whole:
                    yield one, other, Token(whole, one.start, roots(whole))
                    break


def dotless(word: str) -> str:
    """Return the small word that `word` is without its rings and dots ("for", "för"), or ""."""
    return _small().get(word, "")


@cache
def _small() -> dict[str, str]:
    return {plain(w): w for w in sorted(STOP | GENERIC | ADJUNCT | NARROWING) if plain(w) != w}


def likely(token: Token, tagger: Tagger) -> tuple[str, bool] | None:
    """Return the known part of a compound that nobody knows, by which it may be meant, and whether that can be said without doubt:
    the last part ("vinterlekplats"), which cannot; or the first, before a head that means little by itself ("bullerklagomål"), or
    where it is what others have ("tandläkarstol"). None when no part is known.
    """
    word = token.word
    if len(word) < HEAD + 3 or "-" in word:
        return None
    for at in range(3, len(word) - SHORT + 1):
        last = word[at:]
        if tagger.alone(last)[1]:
            return last, False
        if len(last) >= HEAD and len(stem(last)) >= FIRST and not roots(last) & _heads() and _one(last, tagger):
            return None if _theirs(word[:at], tagger) else (last, False)
    for at in range(len(word) - 3, SHORT - 1, -1):
        easy = bool(roots(word[at:]) & _heads()) or word[at:].startswith(_starts())
        for first in (word[:at].removesuffix("s"), word[:at]):
            if len(first) >= SHORT and ((easy and _one(first, tagger)) or _theirs(first, tagger)):
                return first, easy
    return None


@cache
def _heads() -> frozenset[str]:
    return frozenset(root for word in ASKED_HEADS | SIDE for root in roots(word))


@cache
def _starts() -> tuple[str, ...]:
    return tuple(word for word in ASKED_HEADS if len(word) >= SHORT)


def _one(word: str, tagger: Tagger) -> bool:
    return word not in GENERIC | WIDE | KIN and len(tagger.alone(word)[0]) == 1


def _theirs(word: str, tagger: Tagger) -> bool:
    return any(len(w) >= SHORT and tagger.alone(w)[1] for w in (word, word.removesuffix("s")))
