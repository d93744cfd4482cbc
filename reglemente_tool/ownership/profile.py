"""A duty made ready for searching: its roots, the tasks it speaks of, the statutes it names. Computed once, asked often."""

from __future__ import annotations

from dataclasses import dataclass

from reglemente_tool.model.catalogue import StatuteRef
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.duties import Duty
from reglemente_tool.ownership.language import Token, names_committee, roots, tokens
from reglemente_tool.ownership.statutes import StatuteBook
from reglemente_tool.ownership.tagging import Tagger, general


@dataclass(frozen=True, slots=True)
class Profile:
    """What a duty can be found by. `roots` are those of its own words, `lead` those of the words that lead it in, `parts`
    those of its compounds' parts; `tasks` maps the catalogue's tasks to the words of the catalogue they were told by.
    `whole_law` is True when the duty lays a statute as a whole, and nothing narrower, on the committee.
    """

    duty: Duty
    roots: frozenset[str]
    lead: frozenset[str]
    parts: frozenset[str]
    tasks: tuple[tuple[str, str], ...]
    statutes: tuple[StatuteRef, ...]
    whole_law: bool

    def phrase(self, task: str) -> str:
        """Return the catalogue's words by which `task` was told, or ""."""
        return next((phrase for id, phrase in self.tasks if id == task), "")


class Profiler:
    """Makes profiles with one catalogue and one lexicon."""

    def __init__(self, tagger: Tagger, book: StatuteBook, lexicon: Lexicon) -> None:
        """Take what texts are read with."""
        self.tagger, self.book, self.lexicon = tagger, book, lexicon

    def profile(self, duty: Duty) -> Profile:
        """Return the profile of `duty`."""
        every = tuple(t for t in tokens(duty.text) if not t.silent)
        own = tuple(t for t in every if not _names_committee(t, every))
        before = tuple(t for t in tokens(duty.lead) if not t.silent) if duty.lead else ()
        mentions = self.book.mentions(duty.text)
        spans = [(m.start, m.end) for m in mentions]
        tags = self.tagger.tags(tuple(t for t in own if not _names_statute(t, own, spans)), self.lexicon)
        parts = frozenset(part for t in own for part in self.lexicon.split(t.word))
        halves, wholes = self._halves(own)
        return Profile(
            duty=duty,
            roots=frozenset().union(wholes, *(t.roots for t in own)),
            lead=frozenset().union(*(t.roots for t in before)),
            parts=parts | halves,
            tasks=tuple({t.task: t.phrase for t in sorted(tags, key=lambda t: len(t.at))}.items()),
            statutes=tuple(m.ref for m in mentions),
            whole_law=bool(mentions) and self._whole(duty, own, spans),
        )

    def _halves(self, own: tuple[Token, ...]) -> tuple[frozenset[str], frozenset[str]]:
        """The halves of compounds ("idrotts-, bad- och friluftsanläggningar"), and the compounds that they make with what follows."""
        halves: set[str] = set()
        wholes: set[str] = set()
        for index, token in enumerate(own):
            if not token.half:
                continue
            halves |= roots(token.word.removesuffix("s")) | roots(token.word)
            rest = next((t for t in own[index + 1 :] if not t.half), None)
            parts = self.lexicon.split(rest.word) if rest else ()
            if rest is not None and parts:
                wholes |= roots(token.word + rest.word[rest.word.rfind(parts[-1]) :])
        return frozenset(halves), frozenset(wholes)

    def _whole(self, duty: Duty, own: tuple[Token, ...], spans: list[tuple[int, int]]) -> bool:
        if duty.has_list and not duty.open:
            return False
        beside = [t for t in own if not any(start <= t.start < end for start, end in spans)]
        return all(general(t.roots) or t.word.isdigit() or t.word.endswith(("nämnden", "styrelsen")) or t.word in _BESIDE for t in beside)


def _names_committee(token: Token, every: tuple[Token, ...]) -> bool:
    """True for "byggnadsnämnden", and for the halves before it: to name a committee is not to speak of its tasks."""
    if token.half:
        after = next((t for t in every if t.start > token.start), None)
        return after is not None and _names_committee(after, every)
    return names_committee(token.word)


def _names_statute(token: Token, own: tuple[Token, ...], spans: list[tuple[int, int]]) -> bool:
    """True for a word that is a statute's name, or the half of one: "plan- och bygglagen" does not speak of planning."""
    if not any(start <= token.start < end for start, end in spans):
        return False
    if token.half:
        after = next((t for t in own if t.start > token.start), None)
        return after is not None and _names_statute(after, own, spans)
    return len(token.word) > 8 and token.word.removesuffix("s").endswith(("lagen", "balken", "förordningen"))


_BESIDE = frozenset(
    "kap dessutom ankommer skyldigheter författning författningar gäller fråga handelsen övervakning byggnadsnämnd mening "
    "socialnämnd slag mål "
    "bygg miljö vård omsorgs kultur barn fullgöra krav kraven lagstiftning sägs följer ingripanden utövande kommunens".split()
)
"""Words that do not narrow the statute that they stand beside."""
