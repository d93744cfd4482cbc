"""A duty made ready for searching: its roots, the tasks it speaks of, the statutes it names. Computed once, asked often."""

from __future__ import annotations

from dataclasses import dataclass

from reglemente_tool.model.catalogue import StatuteRef
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.duties import Duty
from reglemente_tool.ownership.language import Token, tokens
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
        own = tuple(t for t in tokens(duty.text) if not t.silent)
        before = tuple(t for t in tokens(duty.lead) if not t.silent) if duty.lead else ()
        mentions = self.book.mentions(duty.text)
        tags = self.tagger.tags(own, self.lexicon)
        parts = frozenset(part for t in own for part in self.lexicon.split(t.word))
        return Profile(
            duty=duty,
            roots=frozenset().union(*(t.roots for t in own)) if own else frozenset(),
            lead=frozenset().union(*(t.roots for t in before)) if before else frozenset(),
            parts=parts,
            tasks=tuple(dict((t.task, t.phrase) for t in tags).items()),
            statutes=tuple(m.ref for m in mentions),
            whole_law=bool(mentions) and self._whole(duty, own, mentions_spans=[(m.start, m.end) for m in mentions]),
        )

    def _whole(self, duty: Duty, own: tuple[Token, ...], *, mentions_spans: list[tuple[int, int]]) -> bool:
        if duty.has_list and not duty.open:
            return False
        beside = [t for t in own if not any(start <= t.start < end for start, end in mentions_spans)]
        return all(general(t.roots) or t.word.isdigit() or t.word.endswith(("nämnden", "styrelsen")) or t.word in _BESIDE for t in beside)


_BESIDE = frozenset(
    "kap dessutom ankommer skyldigheter författning författningar gäller fråga handelsen övervakning byggnadsnämnd mening socialnämnd slag mål "
    "bygg miljö vård omsorgs kultur barn fullgöra krav kraven lagstiftning sägs följer ingripanden utövande kommunens".split()
)
"""Words that do not narrow the statute that they stand beside."""
