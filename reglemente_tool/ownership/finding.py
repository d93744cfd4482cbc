"""How well one duty answers a question: by name, by its statute, by a wider task, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from reglemente_tool.ownership.duties import Role
from reglemente_tool.ownership.profile import Profile
from reglemente_tool.ownership.question import Question, Word
from reglemente_tool.ownership.statutes import StatuteBook
from reglemente_tool.ownership.tagging import Tagger

WEAK = 0.65
"""Below this score, words that happen to stand there do not make an owner."""

UNSAID = 0.3
"""What only narrows a question and is not said costs no more than this, however many words somebody takes."""

SECOND = 0.3
"""So much less is a provision on what is only spoken of beside the task, so that it is no equal."""


class Ground(IntEnum):
    """Why a provision answers the question; the lower, the stronger."""

    NAMNS = 1
    UTPEKAS = 2
    LAG = 3
    OMRADE = 4
    DEL = 5
    OVRIGT = 6
    MEDVERKAR = 7


@dataclass(frozen=True, slots=True)
class Fit:
    """A duty that answers: on which ground, how well (0 to 1.2), by which task or statute, and which of the question's words
    it leaves unmet.
    """

    profile: Profile
    ground: Ground
    score: float
    task: str = ""
    statute: str = ""
    unmet: tuple[str, ...] = ()
    literal: bool = False


def fit(question: Question, profile: Profile, tagger: Tagger, book: StatuteBook) -> Fit | None:
    """Return how `profile` answers `question`, or None when it does not."""
    found = _statute(question, profile, book) if question.statutes else None
    if found is None and (question.words or question.tasks or question.general):
        found = _task(question, profile, tagger, book)
        if found is not None and question.statutes and found.ground is Ground.NAMNS:
            # The words stand there, but not the statute that they were asked for with.
            found = replace(found, score=max(found.score - SECOND, min(found.score, WEAK)))
    if found is None and question.resting:
        found = _resting(question, profile)
    if found is not None and profile.duty.role is Role.MEDVERKAN:
        if found.ground is not Ground.NAMNS:
            return None
        found = Fit(profile, Ground.MEDVERKAR, found.score, found.task, found.statute, found.unmet, found.literal)
    return found


def _statute(question: Question, profile: Profile, book: StatuteBook) -> Fit | None:
    """A statute asked for is met where it is named; with its chapter and section where those are named too."""
    best: Fit | None = None
    for ref in question.statutes:
        for said in profile.statutes:
            if not book.same(ref.number, said.number):
                continue
            score = 1.0 if profile.whole_law else 0.8
            if ref.chapter:
                if said.chapter and said.chapter != ref.chapter:
                    continue
                score += (0.15 if said.chapter == ref.chapter else -0.15) + (0.1 if ref.section and said.section == ref.section else 0)
            # Words beside the statute narrow the question; where they are met too, the better.
            met = [w for w in question.words if _literal(w, profile)]
            if question.words:
                score += 0.3 * len(met) / len(question.words) - 0.1
            unmet = tuple(w.text for w in question.words if w not in met)
            candidate = Fit(profile, Ground.NAMNS, score, statute=said.number, unmet=unmet, literal=True)
            if best is None or candidate.score > best.score:
                best = candidate
    return best


def _task(question: Question, profile: Profile, tagger: Tagger, book: StatuteBook) -> Fit | None:
    told = dict(profile.tasks)
    hits = [task for task, _ in question.tasks if task in told]
    hit = next((task for task in hits if task not in question.beside), hits[0] if hits else "")
    by_task = frozenset().union(*(words for task, words in question.tasks if task in told)) if hit else frozenset()
    met: dict[str, float] = {}
    own = bool(hit)
    for word in question.words:
        value, in_own = _met(word, profile)
        if word.text in by_task:
            # Where a part of it is said as well, that is the nearer provision: "kulturstipendium" and "stipendier".
            value = max(value, 0.99 if any(p in profile.roots or p in profile.parts for p in word.parts) else 0.95)
        if value:
            met[word.text] = value
            own = own or in_own
    unmet = tuple(w.text for w in question.words if w.text not in met)
    firm = tuple(w.text for w in question.words if w.text not in met and not w.loose)
    extra = 0.04 * sum(_literal(w, profile) for w in question.general) + (0.06 if question.deeds & profile.roots else 0.0)
    if own and not firm and (met or hit):
        score = sum(met.values()) / max(len(met), 1) if met else 0.95
        literal = not hit or (bool(question.words) and all(_literal(w, profile) for w in question.words if w.text in met))
        score += (0.05 if literal else 0.0) + extra - min(0.1 * len(unmet), UNSAID) + _closeness(profile)
        score -= SECOND if hit in question.beside else 0.0
        if not hit and question.tasks:
            # The words stand there, but of another task than the one they name.
            return _by_law(question, profile, tagger, book)
        named = Fit(profile, Ground.NAMNS, score, hit, unmet=unmet, literal=literal)
        if score < WEAK:
            wider = _by_kin(question, profile, tagger) if hit in question.beside else None
            return _by_law(question, profile, tagger, book) or wider or named
        return named
    if any(not (w.loose or any(w.text in words for _, words in question.tasks)) for w in question.words):
        return None
    return _by_law(question, profile, tagger, book) or _by_kin(question, profile, tagger)


def _by_law(question: Question, profile: Profile, tagger: Tagger, book: StatuteBook) -> Fit | None:
    """The statute that regulates the task is laid on the committee whole, or just that chapter of it."""
    for task, words in question.tasks:
        for rank, ref in enumerate(tagger.tasks[task].statutes):
            for said in profile.statutes:
                if not book.same(ref.number, said.number) or (said.chapter and said.chapter != ref.chapter):
                    continue
                if profile.whole_law or (said.chapter and said.chapter == ref.chapter and not profile.tasks):
                    unmet = tuple(w.text for w in question.words if w.text not in words)
                    return Fit(profile, Ground.LAG, 1 - 0.1 * rank + _closeness(profile), task, said.number, unmet)
    return None


def _resting(question: Question, profile: Profile) -> Fit | None:
    """The task is named, and it rests on the statute that is asked for."""
    told = dict(profile.tasks)
    hit = next(((task, number) for task, number in question.resting if task in told), None)
    unmet = tuple(w.text for w in question.words if not _literal(w, profile))
    return Fit(profile, Ground.LAG, 0.9 + _closeness(profile), *hit, unmet=unmet) if hit else None


def _by_kin(question: Question, profile: Profile, tagger: Tagger) -> Fit | None:
    told = dict(profile.tasks)
    for task, words in question.tasks:
        unmet = tuple(w.text for w in question.words if w.text not in words)
        for distance, wider in enumerate(tagger.above(task)):
            if wider in told and not (profile.duty.has_list and not profile.duty.open):
                return Fit(profile, Ground.OMRADE, 1 - 0.2 * distance + _closeness(profile), wider, unmet=unmet)
        narrower = next((other for other in told if task in tagger.above(other)), "")
        if narrower:
            return Fit(profile, Ground.DEL, 1 - 0.2 * tagger.above(narrower).index(task) + _closeness(profile), narrower, unmet=unmet)
    return None


def _closeness(profile: Profile) -> float:
    """An item that says one thing is nearer than a sentence that says many."""
    return (0.02 if profile.duty.lead else 0) + 0.03 / max(len(profile.tasks), 1)


def _literal(word: Word, profile: Profile) -> bool:
    return bool(word.roots & (profile.roots | profile.lead))


def _met(word: Word, profile: Profile) -> tuple[float, bool]:
    """How well a word is met (1: itself; less: taken apart, or inside a compound), and whether in the duty's own words."""
    if word.roots & profile.roots:
        return 1.0, True
    if len(word.parts) > 1:
        pieces = [p in profile.roots or p in profile.parts for p in word.parts]
        if all(pieces):
            return 0.8, True
        if all(p in profile.roots or p in profile.parts or p in profile.lead for p in word.parts):
            return 0.7, any(pieces)
    if word.roots & profile.parts:
        return 0.6, True
    if word.roots & profile.lead:
        return 0.9, False
    return 0.0, False
