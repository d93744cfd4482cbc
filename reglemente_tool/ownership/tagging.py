"""Which of the catalogue's tasks a text speaks of: every word of a name or synonym, near each other, in any inflection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reglemente_tool.model.catalogue import Catalogue, Task
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.language import GENERIC, HEADS, STOP, VERBAL, Token, roots, tokens

NEAR = 5
"""So many words may stand between the words of a phrase."""

@dataclass(frozen=True, slots=True)
class Tag:
    """A task that a text speaks of: by which phrase of the catalogue, and at which of the text's tokens."""

    task: str
    phrase: str
    at: frozenset[int]


_Phrases = dict[str, list[tuple[int, str, str, tuple[frozenset[str], ...]]]]
"""By a root: the phrase's place in its entry, whose it is, the phrase, and the roots of its words."""


class Tagger:
    """The catalogue's phrases by their rarest root, and the kinship of its tasks."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the tasks of `catalogue`."""
        self.catalogue = catalogue
        self.tasks: dict[str, Task] = {t.id: t for t in catalogue.tasks}
        self._phrases: _Phrases = {}
        self._everyday: _Phrases = {}
        self._others: _Phrases = {}
        self.words: set[str] = set()
        self.spoken: set[str] = set()
        self._waiting: dict[str, list[tuple[_Phrases, int, str, str]]] = {}
        self._spoken_roots: set[str] = set()
        for task in catalogue.tasks:
            for order, phrase in enumerate(dict.fromkeys((task.name, *task.words))):
                self.words |= self._put(self._phrases, order, task.id, phrase)
            for order, phrase in enumerate(task.everyday, 1 + len(task.words)):
                self._wait(self._everyday, order, task.id, phrase)
        for other in catalogue.elsewhere:
            for order, phrase in enumerate(other.words):
                self._wait(self._others, order, other.whose, phrase)

    def _wait(self, phrases: _Phrases, order: int, id: str, phrase: str) -> None:
        for word in phrase.lower().split():
            if word not in STOP:
                self.spoken.add(word)
                self._waiting.setdefault(_beginning(word), []).append((phrases, order, id, phrase))

    def _put(self, phrases: _Phrases, order: int, id: str, phrase: str) -> set[str]:
        """Take up a phrase among `phrases`, and return its words."""
        cut = [t for t in tokens(phrase) if not t.silent]
        # The longest word that is not general finds the phrase.
        key = max(cut, key=lambda t: (not t.generic, len(t.word)), default=None)
        if key is not None and not key.generic:
            entry = (order, id, phrase, tuple(t.roots for t in cut))
            for root in key.roots:
                phrases.setdefault(root, []).append(entry)
        return {t.word for t in cut}

    def says(self, word: str) -> bool:
        """True when `word`, or an inflection of it, is among what people say who ask. Such words take no compound apart."""
        self._hear(roots(word))
        return bool(roots(word) & self._spoken_roots)

    def _hear(self, met: frozenset[str]) -> None:
        """Take up what people say that begins as one of the roots `met` does: to take up all would cost more than a question."""
        for beginning in {_beginning(root) for root in met} & self._waiting.keys():
            for phrases, order, id, phrase in self._waiting.pop(beginning):
                self._put(phrases, order, id, phrase)
                self._spoken_roots |= {root for word in phrase.lower().split() if word not in STOP for root in roots(word)}

    @cache  # noqa: B019 -- one tagger lives as long as the process
    def abbreviated(self, word: str) -> tuple[str, ...]:
        """Return the tasks that have `word`, in capitals, among their words."""
        return tuple(task.id for task in self.catalogue.tasks if len(word) > 2 and word in task.words)

    def above(self, task: str) -> tuple[str, ...]:
        """Return the wider tasks that `task` is a part of, the nearest first."""
        found: list[str] = []
        while task in self.tasks and self.tasks[task].part_of and self.tasks[task].part_of not in found:
            task = self.tasks[task].part_of
            found.append(task)
        return tuple(found)

    def tags(self, words: Sequence[Token], lexicon: Lexicon, *, wide: bool = False) -> tuple[Tag, ...]:
        """Return the tasks that a text, cut into `words`, speaks of. With `wide` it is a question: the words of a phrase may
        stand anywhere in it, and what people say who ask counts as well.

        A phrase that lies inside a longer one is not counted: "försäljning av fastigheter" does not speak of "fastigheter".
        """
        if not wide:
            return _found((self._phrases,), words, lexicon, wide=False)
        for token in words:
            self._hear(meets(token, lexicon))
        return _found((self._phrases, self._everyday), words, lexicon, wide=True)

    def alone(self, word: str) -> tuple[frozenset[str], str]:
        """Return the tasks that `word` names by itself in a question, and who has what it names instead, or "". It is not taken apart."""
        met = roots(word)
        self._hear(met)
        said = (entry for root in met for phrases in (self._phrases, self._everyday) for entry in phrases.get(root, ()))
        own = {task for _, task, _, parts in said if len(parts) == 1}
        theirs = (whose for root in met for _, whose, _, parts in self._others.get(root, ()) if len(parts) == 1)
        return frozenset(own), next(theirs, "")

    def partly(self, words: Sequence[frozenset[str]]) -> tuple[tuple[str, str], ...]:
        """Return the tasks of which the words of a question, by their roots, name a part of a phrase, each with that phrase: at most
        three, that of which most is named first.
        """
        met = frozenset().union(*words)
        self._hear(met)
        best: dict[str, tuple[float, str]] = {}
        for root in sorted(met):
            for phrases in (self._phrases, self._everyday):
                for _, task, phrase, parts in phrases.get(root, ()):
                    share = sum(bool(part & met) for part in parts) / len(parts)
                    best[task] = max(best.get(task, (0.0, "")), (share, phrase))
        ranked = sorted(best, key=lambda task: (-best[task][0], task))
        return tuple((task, best[task][1]) for task in ranked[:3])

    def elsewhere(self, words: Sequence[Token], lexicon: Lexicon) -> tuple[Tag, ...]:
        """Return what a question, cut into `words`, asks for that somebody else has: as `tags`, with whose it is for a task."""
        for token in words:
            self._hear(meets(token, lexicon))
        return _found((self._others,), words, lexicon, wide=True)


def _found(listed: Sequence[_Phrases], words: Sequence[Token], lexicon: Lexicon, *, wide: bool) -> tuple[Tag, ...]:
    met: list[frozenset[str]] = [meets(t, lexicon) for t in words]
    found: dict[tuple[str, frozenset[int]], tuple[int, str]] = {}
    for index, here in enumerate(met):
        for root in here:
            for order, task, phrase, parts in (entry for phrases in listed for entry in phrases.get(root, ())):
                if len(parts) == 1 and words[index].word in VERBAL:
                    continue
                at = _at(parts, met, index, len(words) if wide else len(parts) + NEAR, wide=wide)
                # Of two phrases in the same words the catalogue's first one is told.
                if at is not None and (order, phrase) < found.get((task, at), (order + 1, "")):
                    found[task, at] = (order, phrase)
    tags = [Tag(task, phrase, at) for (task, at), (_, phrase) in found.items()]
    tags.sort(key=lambda t: (min(t.at), t.task, -len(t.at), t.phrase))
    return tuple(t for t in tags if not any(t.at < other.at for other in tags))


def meets(token: Token, lexicon: Lexicon) -> frozenset[str]:
    """Return the roots that a word is met by in a phrase: its own; and, of a compound whose other parts are general, the one that is not.

    "Färdtjänsttillstånd" is met by "färdtjänst", "förskolechef" not by "förskola".
    """
    found = set(token.roots)
    pieces = [p for p in token.word.split("-") if p not in STOP]
    if len(pieces) > 1:
        found |= {r for p in pieces if len(p) >= 2 and all(general(roots(q)) for q in pieces if q != p) for r in roots(p)}
    parts = lexicon.split(token.word)
    if len(parts) > 1 and parts[-1] in _HEADS and not general(frozenset(parts[:-1])):
        rest = token.word[: token.word.rfind(parts[-1])]
        found |= {parts[0]} if len(parts) == 2 else roots(rest.removesuffix("s"))
    return frozenset(found)


def _beginning(word: str) -> str:
    """The first two letters, by which a word and its roots are sought together: "böcker" and "bok" begin alike."""
    return word[:2].translate(_PLAIN)


_PLAIN = str.maketrans("äö", "ao")
_HEADS = frozenset(r for word in HEADS for r in roots(word))
_GENERAL = frozenset(r for word in GENERIC for r in roots(word))


def general(word: frozenset[str]) -> bool:
    """True when a word with these roots is one that any task may be spoken of with."""
    return bool(word & _GENERAL)


def _at(
    parts: Sequence[frozenset[str]], met: Sequence[frozenset[str]], index: int, reach: int, *, wide: bool
) -> frozenset[int] | None:
    """Where the words of a phrase stand around the token `index`, each at a token of its own; None when one is missing. The general
    ones of a question stand right beside the others: "kommunens bil" is not "bilen … av kommunen".
    """
    used: set[int] = set()
    for part in sorted(parts, key=lambda p: not p & met[index]):
        far = len(parts) - 1 if wide and part & _GENERAL else reach
        place = next((i for i in _around(index, len(met), far) if i not in used and part & met[i]), None)
        if place is None:
            return None
        used.add(place)
    return frozenset(used)


def _around(index: int, size: int, reach: int) -> Iterator[int]:
    yield index
    for step in range(1, reach + 1):
        if index + step < size:
            yield index + step
        if index - step >= 0:
            yield index - step
