"""How like two provisions are, word by word, and which of two rows belong together.

Words that stand in many provisions ("nämnden", "och") say little about which one it is, and weigh little. Whatever is the
same word for word is taken first; then the most alike first, where a pair whose neighbours are pairs counts for a little more.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reglemente_tool.compare.merging import Placed
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import flat
from reglemente_tool.model.wording import bare, fold

LEAST = 0.5
"""So much of their weight must two provisions have in common to be one, reworded."""
LEAST_BESIDE = 0.3
"""Enough between two neighbours that are pairs already, where the number or the heading, if it has any, is the same too."""
NEIGHBOUR = 0.06
SAME_NAME = 0.05
_LEVELS = (0.9, 0.75, 0.6, 0.45, 0.0)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A provision on its way to be paired: its words, its text as compared, and where it stands (`index` among all, `parent`)."""

    index: int
    parent: int
    placed: Placed
    key: str
    words: Mapping[str, int]

    @property
    def kind(self) -> Kind:
        """The kind of provision."""
        return self.placed.provision.kind

    @property
    def name(self) -> tuple[str, ...]:
        """Its number and heading, as compared."""
        return self.placed.provision.number, fold(self.placed.provision.heading).lower()


def units(body: Sequence[Placed]) -> tuple[Unit, ...]:
    """Return every provision in `body` and inside it, in reading order."""
    made: list[Unit] = []

    def fill(siblings: Sequence[Placed], parent: int) -> None:
        for one in siblings:
            p = one.provision
            text = bare(flat(p)) if p.kind.item else flat(p)
            key = fold(text or p.heading).lower()
            made.append(Unit(len(made), parent, one, key, Counter(_WORD.findall(key))))
            fill(one.children, len(made) - 1 if one.children else -1)

    fill(body, -1)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Link:
    """Two units that belong together: how alike they are, and how much more alike than the next best of either."""

    old: int
    new: int
    likeness: float
    margin: float


class Scale:
    """Weighs words by how few of the provisions have them."""

    def __init__(self, every: Sequence[Unit]) -> None:
        spread = Counter(word for unit in every for word in unit.words)
        self._rare = {word: math.log(1 + len(every) / count) for word, count in spread.items()}
        self._weights = {unit: self.weight(unit.words) for unit in every}

    def rare(self, word: str) -> float:
        """Return the weight of one word, which some unit has."""
        return self._rare[word]

    def weight(self, words: Mapping[str, int]) -> float:
        """Return the weight of `words`."""
        rare = self._rare
        return sum([rare[word] * count for word, count in words.items()])

    def of(self, unit: Unit) -> float:
        """Return the weight of a unit's words."""
        return self._weights[unit]

    def shared(self, one: Mapping[str, int], other: Mapping[str, int]) -> float:
        """Return the weight of the words that both have."""
        small, large = (one, other) if len(one) <= len(other) else (other, one)
        rare = self._rare
        return sum([rare[word] * min(count, large[word]) for word, count in small.items() if word in large])

    def alike(self, unit: Unit, words: Mapping[str, int]) -> float:
        """Return from 0 (no word in common) to 1 (the same words)."""
        whole = self.of(unit) + self.weight(words)
        return 2 * self.shared(unit.words, words) / whole if whole else 0.0


class Nearest:
    """Finds which of some units is most like another, by way of the words that it shares with them: with most it shares few."""

    def __init__(self, units: Sequence[Unit], scale: Scale) -> None:
        self._units, self._scale = units, scale
        self._weights = [scale.of(unit) for unit in units]
        self._having: dict[str, list[int]] = defaultdict(list)
        for at, unit in enumerate(units):
            for word in unit.words:
                self._having[word].append(at)

    def to(self, unit: Unit) -> tuple[float, Unit] | None:
        """Return (likeness, the unit), the first in reading order of those most alike; None when there are none at all."""
        units, mine = self._units, self._scale.of(unit)
        shared = [0.0] * len(units)
        for word, count in unit.words.items():
            rare = self._scale.rare(word)
            for at in self._having.get(word, ()):
                shared[at] += rare * (1 if count == 1 else min(count, units[at].words[word]))
        near = [2 * both / (mine + yours) if both else 0.0 for both, yours in zip(shared, self._weights, strict=True)]
        best = max(near, default=0.0)
        return (best, units[near.index(best)]) if near else None


def paired(olds: Sequence[Unit], news: Sequence[Unit], scale: Scale, least: float = LEAST) -> list[Link]:
    """Return which of `olds` and `news` belong together, each at most once. The same kind only."""
    order_old, order_new = ({u.index: i for i, u in enumerate(side)} for side in (olds, news))
    links = _word_for_word(olds, news, order_old, order_new)
    taken_old, taken_new = {link.old for link in links}, {link.new for link in links}
    rest = [u for u in olds if u.index not in taken_old]
    free = [u for u in news if u.index not in taken_new]
    scores = _scores(rest, free, scale)
    by_old, by_new = _sides(scores)
    partner = {order_old[link.old]: order_new[link.new] for link in links}
    for level in _LEVELS:
        ranked = []
        for (a, b), base in scores.items():
            if a in taken_old or b in taken_new:
                continue
            at, to = order_old[a], order_new[b]
            beside = (partner.get(at - 1) == to - 1) + (partner.get(at + 1) == to + 1)
            ends = (at == 0 and to == 0) + (at == len(olds) - 1 and to == len(news) - 1)
            mine, yours = olds[at].name, news[to].name
            same = sum(1 for x, y in zip(mine, yours, strict=True) if x and x == y)
            positional = olds[at].kind.positional
            fits = base >= least or (least == LEAST and base >= LEAST_BESIDE and beside + ends == 2 and (same or positional))
            score = base + NEIGHBOUR * beside + SAME_NAME * same
            if fits and score >= level:
                ranked.append((-score, abs(at - to), a, b, base))
        for _, _, a, b, base in sorted(ranked):
            if a not in taken_old and b not in taken_new:
                other = max(_beaten(a, b, by_old[a], by_new[b], scores), default=0.0)
                links.append(Link(a, b, base, base - other))
                taken_old.add(a)
                taken_new.add(b)
                partner[order_old[a]] = order_new[b]
    return links


def _word_for_word(olds: Sequence[Unit], news: Sequence[Unit], order_old: dict[int, int], order_new: dict[int, int]) -> list[Link]:
    groups: dict[tuple[object, str], tuple[list[Unit], list[Unit]]] = defaultdict(lambda: ([], []))
    for side, every in enumerate((olds, news)):
        for unit in every:
            groups[unit.kind, unit.key][side].append(unit)
    links = [Link(a[0].index, b[0].index, 1.0, 1.0) for a, b in groups.values() if len(a) == len(b) == 1]
    partner = {order_old[link.old]: order_new[link.new] for link in links}
    for ours, theirs in groups.values():
        if len(ours) == len(theirs) == 1 or not ours or not theirs:
            continue
        # Several that say the same are told apart by their neighbours, their names and their order.
        ranked = []
        for a in ours:
            for b in theirs:
                at, to = order_old[a.index], order_new[b.index]
                beside = (partner.get(at - 1) == to - 1) + (partner.get(at + 1) == to + 1)
                same = sum(1 for x, y in zip(a.name, b.name, strict=True) if x and x == y)
                ranked.append((-beside - same, abs(at - to), a.index, b.index))
        used: set[tuple[str, int]] = set()
        for _, _, old, new in sorted(ranked):
            if ("a", old) not in used and ("b", new) not in used:
                links.append(Link(old, new, 1.0, 0.0))
                used |= {("a", old), ("b", new)}
    return links


def _scores(olds: Sequence[Unit], news: Sequence[Unit], scale: Scale) -> dict[tuple[int, int], float]:
    found = {}
    for a in olds:
        for b in news:
            if a.kind is not b.kind:
                continue
            small, large = sorted((scale.of(a), scale.of(b)))
            if not large or 2 * small / (small + large) < LEAST_BESIDE:
                continue
            likeness = 2 * scale.shared(a.words, b.words) / (small + large)
            if likeness >= LEAST_BESIDE:
                found[a.index, b.index] = likeness
    return found


def _sides(scores: Mapping[tuple[int, int], float]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    by_old: dict[int, list[int]] = defaultdict(list)
    by_new: dict[int, list[int]] = defaultdict(list)
    for a, b in scores:
        by_old[a].append(b)
        by_new[b].append(a)
    return by_old, by_new


def _beaten(a: int, b: int, news: Sequence[int], olds: Sequence[int], scores: Mapping[tuple[int, int], float]) -> Iterator[float]:
    """Yield how like the two of a pair are to all others."""
    yield from (scores[a, other] for other in news if other != b)
    yield from (scores[other, b] for other in olds if other != a)


def rising(numbers: Sequence[int]) -> list[int]:
    """Return the longest rising subsequence: as few as possible are said to have moved."""
    if list(numbers) == sorted(numbers):
        return list(numbers)
    tails: list[int] = []
    links: list[int] = []
    for at, number in enumerate(numbers):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if numbers[tails[middle]] < number else (low, middle)
        links.append(tails[low - 1] if low else -1)
        tails[low : low + 1] = [at]
    found, at = [], tails[-1]
    while at >= 0:
        found.append(numbers[at])
        at = links[at]
    return found[::-1]
