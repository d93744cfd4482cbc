"""Slips of the key: the known word that a word was meant to be, when there is exactly one that is near enough."""

from __future__ import annotations

from collections.abc import Iterable

NEAR = ((6, 0), (9, 1), (1000, 2))
"""Words shorter than six letters only get back their rings and dots; up to eight letters one slip, from nine two."""

_PLAIN = str.maketrans("åäöé", "aaoe")


def plain(word: str) -> str:
    """Return the word without the rings and dots of its letters, as it is written where the keys for them are missing."""
    return word.translate(_PLAIN)


def meant(word: str, known: Iterable[str]) -> str:
    """Return the one known word nearest to `word` within the bound, or "" when there is none or they are several.

    A letter too many, too few, wrong, or two that have changed places is one slip each (Damerau's distance). The first letter
    is never a slip: "ersättning" is not "bosättning". In a word without rings and dots they may all be lacking: "snorojning".
    """
    bound = next(slips for size, slips in NEAR if len(word) < size)
    best, found = bound + 1, set()
    as_typed = plain if plain(word) == word else str
    size, shortest_known = len(word), 5 if bound else 3
    for candidate in known:
        if abs(len(candidate) - size) > bound or len(candidate) < shortest_known or as_typed(candidate[0]) != word[0]:
            continue
        slips = distance(word, as_typed(candidate), min(bound, best))
        if slips < best:
            best, found = slips, {candidate}
        elif slips == best <= bound:
            found.add(candidate)
    # Forms of one word ("förskola", "förskolan") are no doubt about which word was meant.
    if not found:
        return ""
    shortest = min(found, key=lambda w: (len(w), w))
    return shortest if all(other[: len(shortest) - 2] == shortest[:-2] for other in found) else ""


def distance(one: str, other: str, bound: int) -> int:
    """Return how many slips lie between two words, or bound + 1 when they are more than `bound`."""
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > bound:
            return bound + 1
        before, previous = previous, row
    return previous[-1] if previous[-1] <= bound else bound + 1
