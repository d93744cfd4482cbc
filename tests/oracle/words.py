"""Words, sentences and list marks, the plain way: no regular expressions, nothing that the package uses."""

from __future__ import annotations

TAILS = (", och", ", samt", ",", ".")


def split_mark(text: str) -> tuple[str, str]:
    """("parker, och") gives ("parker", ", och"); what has no mark gives itself and ""."""
    for tail in TAILS:
        if text.endswith(tail) and len(text) > len(tail):
            return text[: -len(tail)], tail
    return text, ""


def same(one: str, other: str) -> bool:
    """Whether the texts say the same, whatever mark a list has given the last of the words."""
    return one == other or split_mark(one)[0] == split_mark(other)[0]


def places(text: str, word: str) -> list[int]:
    """Where `word` stands alone in `text`, from the left, none overlapping."""
    found, start = [], 0
    while (at := text.find(word, start)) >= 0:
        end = at + len(word)
        alone = not (at and (text[at - 1].isalnum() or text[at - 1] == "_")) and not (end < len(text) and text[end].isalnum())
        if alone:
            found.append(at)
        start = end if alone else at + 1
    return found


def swap(text: str, old: str, new: str) -> str:
    """Every `old` that stands alone becomes `new`; where nothing comes instead one blank beside it goes too."""
    for at in reversed(places(text, old)):
        before, after = text[:at], text[at + len(old) :]
        if not new:
            if not after or after[0] in " .,;:)":
                before = before.rstrip(" ")
            if not before:
                after = after.lstrip(" ")
        text = before + new + after
    return text


def sentences(text: str) -> list[str]:
    """The sentences of a text: each ends with a full stop, a blank and a capital come after."""
    found, start = [], 0
    for at in range(len(text) - 2):
        if text[at] == "." and text[at + 1] == " " and text[at + 2].isupper():
            found.append(text[start : at + 1])
            start = at + 2
    return found + ([text[start:]] if text[start:] else [])


def alike(one: str, other: str) -> float:
    """The share of words that two texts have in common, in the same order: the longest run that both have, and so on left of it and
    right of it (Ratcliff and Obershelp). Words that only stand in both say little: any two charters share "nämnden" and "ska".
    """
    mine, theirs = one.split(), other.split()
    return 2 * common(mine, theirs) / (len(mine) + len(theirs)) if mine or theirs else 1.0


def common(mine: list[str], theirs: list[str]) -> int:
    best, here, there = 0, 0, 0
    for a in range(len(mine)):
        for b in range(len(theirs)):
            size = 0
            while a + size < len(mine) and b + size < len(theirs) and mine[a + size] == theirs[b + size]:
                size += 1
            if size > best:
                best, here, there = size, a, b
    if not best:
        return 0
    return best + common(mine[:here], theirs[:there]) + common(mine[here + best :], theirs[there + best :])
