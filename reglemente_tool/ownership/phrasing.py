"""How a question is put: which of its words ask, which say who asks or what is wrong, and which name what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from reglemente_tool.ownership.language import ADJUNCT, KIN, LIGHT, NARROWING, SIDE, WIDE, Token, roots
from reglemente_tool.ownership.tagging import Tag

SPHERES = frozenset(root for word in WIDE for root in roots(word))
ASIDE = SPHERES | frozenset(root for word in (*KIN, "in", "bort", "hem", "hemma") for root in roots(word))
_SIDE = frozenset(root for word in SIDE for root in roots(word))
_LIGHT = frozenset(root for word in LIGHT for root in roots(word))

_ASKED = re.compile(
    r"(?:^(?=(?:sälja|öppna|starta|köpa|hyra|boka|anmäla|byta|dela|ansöka|beställa|låna|ordna|sätta) )|"
    r"\b(?:vem|vilken nämnd|vilka|vilket|nämnd|som|man|jag|vi|nämnden|vill|ska|får|att|var|vart|hur|när|kan|måste|någon) "
    r"(?:(?:inte|ska|får|kan|har|vill) )?(?:[^\W\d_]+[aeouyåäö]r och )?)"
    r"([^\W\d_]+(?:[aeouyåäö]r|[rlnmdgkpt]s|[aeo]s|a|ade|tte))(?!\w)|"
    r"\b(?:har|hade|blivit|blev) (?:inte |redan )?([^\W\d_]{2,}(?:at|it|[gklprd]t|tt))(?!\w)"
)
_ASKS = re.compile(r"\b(?:vem|vems|vilken|vilka|vilket|var|vart|vad)\b")
_WANTS = re.compile(
    r"\b(?:vill|behöver|önskar|ska|måste|tänker|planerar|söker|ansöker|begär|saknar|får|kan|rätt till|rätt att|funderar på|tillstånd att)\b"
)
_SEGMENT = re.compile(r"[^,.;:!?]+")
_NEXT = re.compile(r"[^\W_]+ +")
_FORM = re.compile(r"sammanträd|juster|reserver|kalla|underteckn|adjunger|ajourner")


def narrowing(
    plain: str, cut: Sequence[Token], asked: Sequence[Token], tags: Sequence[frozenset[int]], foremost: frozenset[int] | None
) -> frozenset[int]:
    """Where the words begin that only narrow the question, so that a charter may do without them.

    Verbs that ask ("vem *utser* god man"), unless the verb is what names the task ("vem *plogar* gatorna"): then the rest is.
    What stands after a preposition of place or time; and after any preposition when the words before it name a task by
    themselves ("bygglov för *en carport*", but "försäljning av fastigheter"). In a clause with "att", and beside the clause
    that asks ("Jag har köpt en cykel, vem …"), what names no task. Beside a task, what says who asks or what is wrong.
    """
    starts = [t.start for t in asked]
    named = {starts[i] for at in tags for i in at}
    verbs = _verbs(plain, frozenset(starts))
    told = telling(plain, asked, tags)
    if told:
        kept = {starts[i] for i in told}
        return frozenset(s for s in starts if s not in kept)
    found = set(verbs)
    heads = [t.start for t in asked if not t.generic and t.start not in verbs]
    for token in cut:
        here = token.start
        before = {h for h in heads if h < here and h not in found}
        if token.word in ADJUNCT and before:
            found |= {s for s in starts if s > here}
        elif token.word in NARROWING and any(all(starts[i] < here for i in at) and before & {starts[i] for i in at} for at in tags):
            across = {starts[i] for at in tags if any(starts[i] < here for i in at) for i in at}
            found |= {s for s in starts if s > here} - across
        elif token.word == "att" and any(s > here for s in named):
            found |= {s for s in starts if s > here and s not in named}
    if foremost is not None:
        found |= {s for s in starts if s not in foremost}
    if tags:
        found |= {t.start for t in asked if t.roots & _SIDE and t.start not in named}
    asking = _asking(plain)
    if asking and any(asking[0] <= h < asking[1] for h in heads):
        found |= {s for s in starts if not asking[0] <= s < asking[1] and s not in named}
    return frozenset(found)


def _beside(plain: str, one: Token, other: Token) -> bool:
    found = _NEXT.match(plain, one.start)
    return found is not None and found.end() == other.start


def _asking(plain: str) -> tuple[int, int] | None:
    """Where the one clause stands that asks, among others that do not; None when there is but one clause, or more that ask."""
    segments = [(m.start(), m.end()) for m in _SEGMENT.finditer(plain)]
    asking = [(start, end) for start, end in segments if _ASKS.search(plain.lower(), start, end)]
    return asking[0] if len(segments) > 1 and len(asking) == 1 else None


def _wanted(plain: str, asked: Sequence[Token], tags: Sequence[Tag]) -> int:
    """Where what is wanted begins, when somebody who wants it is spoken of first ("*föreningen* vill ha lotteri"), and a task is
    named there; 0 otherwise.
    """
    verbs = _verbs(plain, frozenset(t.start for t in asked))
    for match in _WANTS.finditer(plain.lower()):
        if any(all(asked[i].start < match.start() for i in t.at) and any(asked[i].start not in verbs for i in t.at) for t in tags):
            continue
        if any(t.start < match.start() for t in asked) and any(all(asked[i].start > match.start() for i in t.at) for t in tags):
            return match.start()
    return 0


def head(plain: str, asked: Sequence[Token], tags: Sequence[Tag], theirs: Sequence[Tag] = ()) -> Token | None:
    """Return what is first spoken of, verbs that ask, persons, and what says what is wrong set aside. When it names a task, or the
    charters or the catalogue know the word, then what else is said only narrows the task that is named; a word that nobody
    knows is what the question is about. What stands right before the name of a task only describes it ("ett *högt* staket"),
    unless it names what somebody else has, by the tags `theirs` ("*kyrkans* barngrupper").
    """
    verbs = _verbs(plain, frozenset(t.start for t in asked))
    named = {asked[i].start for t in tags for i in t.at}
    side = _SIDE if tags else frozenset()
    describing = {
        one.start
        for one, other in pairwise(asked)
        if one.start not in named and other.start in named and _beside(plain, one, other)
    } - {asked[i].start for t in theirs for i in t.at}
    wanted = _wanted(plain, asked, tags)
    heads = [
        t
        for t in asked
        if t.start >= wanted
        and not (t.generic or t.start in verbs or t.roots & ASIDE or t.start in describing)
        and (t.start in named or not t.roots & side)
    ]
    asking = _asking(plain)
    return next((t for t in heads if asking and asking[0] <= t.start < asking[1]), heads[0] if heads else None)


def foremost(asked: Sequence[Token], tags: Sequence[Tag], first: Token | None, plain: str) -> frozenset[str]:
    """Return the task, of all that are named, that is wanted or that most of the question speaks of; of equals the one that is
    spoken of first. They are several only when the same words name them.
    """
    verbs = _verbs(plain, frozenset(t.start for t in asked))
    light = {t.start for t in asked if t.roots & _SIDE}
    little = {t.start for t in asked if t.generic or t.roots & ASIDE}
    wanted = _wanted(plain, asked, tags)
    begins = first.start if first else -1
    told = frozenset(asked[i].start for i in telling(plain, asked, [t.at for t in tags]))
    spoken: dict[str, list[frozenset[int]]] = {}
    for tag in tags:
        spoken.setdefault(tag.task, []).append(frozenset(asked[i].start for i in tag.at))

    def said(at: frozenset[int]) -> float:
        return sum(0.25 if s in little else 0.5 if s in verbs or s in light else 1.0 for s in at)

    weight = {}
    for task, places in spoken.items():
        every = frozenset().union(*places)
        weight[task] = (bool(every & told), any(s >= wanted for s in every), max(map(said, places)), said(every), begins in every)
    best = max(weight.values(), default=None)
    return frozenset(task for task in spoken if weight[task] == best)


def naming(asked: Sequence[Token], tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """Return the tags, without those that are told only by words that say who asks or what is wrong, when there are others."""
    firm = [t for t in tags if not all(asked[i].roots & _SIDE or asked[i].roots & ASIDE or asked[i].generic for i in t.at)]
    return tuple(firm or tags)


def telling(plain: str, asked: Sequence[Token], tags: Sequence[frozenset[int]]) -> frozenset[int]:
    """Which of the words are verbs that name a task by themselves. A verb of many tasks ("bygga") does not when another is named."""
    verbs = _verbs(plain, frozenset(t.start for t in asked))
    found = frozenset(i for at in tags if len(at) == 1 for i in at if asked[i].start in verbs)
    others = any(not at <= found for at in tags)
    wanted = _wanted(plain, asked, [Tag("", "", at) for at in tags])
    return frozenset(i for i in found if asked[i].start >= wanted and not (others and asked[i].roots & _LIGHT))


def _verbs(plain: str, starts: frozenset[int]) -> frozenset[int]:
    """Where the verbs stand that ask. Those of how a committee works ask for just that."""
    return frozenset(m.start(m.lastindex or 0) for m in _ASKED.finditer(plain.lower()) if not _FORM.match(m[m.lastindex or 0])) & starts


_BEFORE = ("", "för", "ut", "upp", "in", "an", "av", "till", "över", "be", "om")
_AFTER = ("", "ning", "ande", "ende", "else", "sel", "an")


def deeds(plain: str) -> frozenset[str]:
    """Return the roots of the nouns that the question's verbs make: "hyr ut" gives "uthyrning"."""
    return frozenset(deed for m in _ASKED.finditer(plain.lower()) for deed in _deeds(m[m.lastindex or 0]))


@cache
def _deeds(verb: str) -> frozenset[str]:
    """The roots of the nouns that may be made of a verb: "sälja" gives "försäljning", "godkänna" "godkännande"."""
    base = re.sub(r"(?:ade|ar|er|as|es|a|r)$", "", verb)
    return frozenset().union(*(roots(f"{b}{base}{a}") for b in _BEFORE for a in _AFTER)) if len(base) > 2 else frozenset()
