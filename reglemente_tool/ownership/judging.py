"""From the provisions that speak of a task to who answers for it: rank, exceptions, pointers, what is left to the board."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reglemente_tool.model.charter import Charter, CommitteeId
from reglemente_tool.model.citation import cite
from reglemente_tool.model.names import slug
from reglemente_tool.ownership.answers import Answer, Certainty, Holding, listed, whom
from reglemente_tool.ownership.duties import Duty, Role, is_common
from reglemente_tool.ownership.finding import WEAK, Fit, Ground, fit
from reglemente_tool.ownership.language import WIDE, tokens
from reglemente_tool.ownership.leftover import gives_all_else, plainly_municipal, spoken_of
from reglemente_tool.ownership.profile import Profile
from reglemente_tool.ownership.question import Question
from reglemente_tool.ownership.statutes import StatuteBook
from reglemente_tool.ownership.tagging import Tagger

SAME = 0.25
"""Two provisions on the same ground count as equal within this much of a score: then both committees are shown."""


NEAREST = 5
"""So many provisions are shown when none is an owner."""

FIRM = 0.75
"""What points out another committee must reach this."""


@dataclass(frozen=True, slots=True)
class Page:
    """A charter that holds on the day, with the profiles of what it says; `forms` is what it says of how the committee works."""

    charter: Charter
    profiles: tuple[Profile, ...]
    forms: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What judging needs beside the question: the kinship of tasks, the statutes, and who a named committee is."""

    tagger: Tagger
    book: StatuteBook
    known: Callable[[str], CommitteeId | None]
    day: date = date.max

    def law(self, number: str) -> str:
        """Return "alkohollagen (2010:1622)", and by what it had been replaced on the day, when it had."""
        heirs = [s for s in self.book.catalogue.replaced_by(number) if s.since is None or s.since <= self.day]
        return self.book.name(number) + "".join(f", ersatt av {s.name} ({s.number})" for s in heirs)


def judge(question: Question, pages: Sequence[Page], reading: Reading, day: date) -> Answer:
    """Return who answers for what `question` asks on `day`, by the charters in `pages`. Lines in time are not drawn here.

    A provision that names the task goes before one that another committee's charter points out, before the statute that
    regulates the task, before a wider task, before a part of it, before "övriga uppgifter". Whatever only takes part in the
    task, leaves it out or concerns how a committee works is never an owner. Equals are shown together.
    """
    if _refused(question, reading.book):
        return weighed(question, (), pages, reading, day)
    fitted = [(page.charter, [f for p in page.profiles if (f := fit(question, p, reading.tagger, reading.book))]) for page in pages]
    return weighed(question, fitted, pages, reading, day)


def weighed(
    question: Question, fitted: Iterable[tuple[Charter, Sequence[Fit]]], pages: Sequence[Page], reading: Reading, day: date
) -> Answer:
    """As `judge`, when it is known what fits in each charter. `pages` are looked in only when nothing does."""
    reading = replace(reading, day=day)
    refusal = _refused(question, reading.book)
    if refusal:
        return Answer(question.text, day, also=tuple(_near(question, pages, reading)), refusal=refusal)
    found: list[Holding] = []
    exceptions: list[Holding] = []
    pointers: list[tuple[CommitteeId | None, Holding]] = []
    taking_part: list[Holding] = []
    for charter, fits in fitted:
        left_out = [f for f in fits if f.profile.duty.role is Role.UNDANTAG and f.ground is Ground.NAMNS and f.score >= WEAK]
        pointing = [f for f in fits if f.profile.duty.role is Role.UTPEKAR and f.ground is Ground.NAMNS and f.score >= FIRM]
        own = [f for f in fits if f.profile.duty.role is Role.UPPGIFT]
        if left_out or pointing:
            own = [f for f in own if f.ground is Ground.NAMNS and f.score >= WEAK]
        if any(f.literal for f in left_out):
            # What is left out in the question's own words is not given in other ones.
            own = [f for f in own if f.literal]
        exceptions += [_holding(f, charter, question, reading) for f in left_out[:2]]
        for f in pointing:
            to = reading.known(f.profile.duty.to)
            pointers.append((to, _holding(f, charter, question, reading)))
        for f in left_out:
            if f.profile.duty.to:
                pointers.append((reading.known(f.profile.duty.to), _holding(f, charter, question, reading)))
        best = min(own, key=lambda f: (f.ground, -f.score), default=None)
        if best is not None:
            found.append(_holding(best, charter, question, reading))
        taking_part += [_holding(f, charter, question, reading) for f in fits if f.ground is Ground.MEDVERKAR and f.score >= WEAK][:1]
    owners, also = _ranked(found, pointers)
    if question.elsewhere:
        # The words may stand in a charter all the same ("samarbetar med polisen"), which is shown.
        owners, also = [], [replace(h, certainty=Certainty.OSAKER, reason=_ONLY_WORDS) for h in (*owners, *also)]
    outside = [h for to, h in pointers if to is None]
    exceptions += [h for h in outside if h not in exceptions]
    exceptions += [h for to, h in pointers if to is not None and h not in exceptions and h not in owners and h.ground is not Ground.UTPEKAS]
    if not (owners or also or taking_part or exceptions or outside):
        owners = _by_rest(pages, question, reading)
    rest = None
    named = frozenset(w for _, words in question.tasks for w in words)
    unclaimed = not owners and not outside and not question.elsewhere
    if unclaimed and _municipal(question, reading) and all(w.text in named or w.loose for w in question.words):
        rest = _rest(pages, question, reading)
    if not owners and not rest and not outside and question.words and not question.elsewhere:
        also += [h for h in _near(question, pages, reading) if all(h.wid != known.wid for known in also)]
    remarks = _remarks(question, reading) if owners or also or rest or exceptions else ()
    refusal = "" if owners or rest or outside else _nothing(question, pages, also + taking_part, exceptions, day)
    also += [h for h in taking_part if all(h.committee != o.committee for o in (*owners, *also))]
    return Answer(question.text, day, tuple(owners), tuple(also), tuple(_once(exceptions)), rest, remarks=remarks, refusal=refusal)


def _municipal(question: Question, reading: Reading) -> bool:
    """True when the catalogue knows what is asked as a task that some committee has."""
    tasks = [reading.tagger.tasks[task] for task, _ in question.tasks]
    tasks += [
        t
        for t in reading.tagger.tasks.values()
        if any(
            reading.book.same(r.number, a.number) and (not a.chapter or r.chapter == a.chapter)
            for r in t.statutes
            for a in question.statutes
        )
    ]
    return any(not set(t.usual) & {"revisorerna", "regionen"} for t in tasks)


def _near(question: Question, pages: Sequence[Page], reading: Reading) -> list[Holding]:
    """What answers when the words that are not met are left out, and after that what only has one of the words or a part of it:
    never owners, but shown, so that a person can go on. At most NEAREST, of each charter the best before any second.
    """
    eased = replace(question, words=tuple(replace(w, loose=True) for w in question.words))
    found: list[tuple[int, Holding]] = []
    for page in pages:
        own = [p for p in page.profiles if p.duty.role is Role.UPPGIFT]
        fits = [f for p in own if (f := fit(eased, p, reading.tagger, reading.book)) and len(f.unmet) < len(question.words)]
        fits.sort(key=lambda f: (f.ground, -f.score))
        near = [replace(_holding(f, page.charter, question, reading), certainty=Certainty.OSAKER) for f in fits[:NEAREST]]
        if not near:
            touched = [Fit(p, Ground.DEL, t, unmet=()) for p in own if (t := _touched(question, p))]
            touched.sort(key=lambda f: -f.score)
            near = [
                replace(_holding(f, page.charter, question, reading), certainty=Certainty.OSAKER, reason=_ONLY_WORDS)
                for f in touched[:NEAREST]
            ]
        found += enumerate(near)
    found.sort(key=lambda at: (at[0], at[1].ground, -at[1].score))
    shown = [holding for _, holding in found[:NEAREST]]
    return [*shown, *_akin(question, pages, reading, {h.wid for h in shown})][:NEAREST]


def _akin(question: Question, pages: Sequence[Page], reading: Reading, shown: set[str]) -> Iterator[Holding]:
    """Yield what names a task of which the question has only some of the catalogue's words."""
    for task, phrase in reading.tagger.partly([w.roots for w in question.words]):
        reason = f"Frågan har ord gemensamma med ”{phrase}” (katalogen: {reading.tagger.tasks[task].name}), men inte alla."
        for page in pages:
            named = [p for p in page.profiles if p.duty.role is Role.UPPGIFT and p.phrase(task) and p.duty.wid not in shown]
            for p in named[:1]:
                fits = Fit(p, Ground.DEL, 0.0, task)
                yield replace(_holding(fits, page.charter, question, reading), certainty=Certainty.OSAKER, reason=reason)


def _touched(question: Question, profile: Profile) -> float:
    """How many of the question's words, or of their parts, stand in the provision: 0 for none."""
    said = profile.roots | profile.parts
    return float(sum(bool(w.roots & said) + 0.5 * any(len(p) > 3 and p in said for p in w.parts) for w in question.words))


def _ranked(found: list[Holding], pointers: list[tuple[CommitteeId | None, Holding]]) -> tuple[list[Holding], list[Holding]]:
    strong = [h for h in found if h.ground is not Ground.NAMNS or h.score >= WEAK]
    weak = [replace(h, certainty=Certainty.OSAKER, reason=_ONLY_WORDS) for h in found if h not in strong]
    holders = {h.committee for h in strong if h.ground is Ground.NAMNS}
    for to, pointer in pointers:
        if to is None or to in holders:
            continue
        holders.add(to)
        own = next((h for h in strong if h.committee == to and h.ground <= Ground.LAG), None)
        points = f"Nämnden pekas ut i {pointer.title[:1].lower()}{pointer.title[1:]}, {cite(pointer.address)}."
        if own is None:
            strong.append(replace(pointer, committee=to, ground=Ground.UTPEKAS, certainty=Certainty.TROLIG, reason=points))
        else:
            strong.remove(own)
            strong.append(replace(own, ground=Ground.UTPEKAS, reason=f"{own.reason} {points}"))
    if not strong:
        return [], weak
    top = min(h.ground for h in strong)
    if top is Ground.DEL:
        return [], [*sorted(strong, key=lambda h: (h.ground, -h.score)), *weak]
    best = max(h.score for h in strong if h.ground is top)
    owners = sorted((h for h in strong if h.ground is top and h.score >= best - SAME), key=lambda h: -h.score)
    rest = [h for h in strong if h not in owners and all(h.committee != o.committee for o in owners)]
    return owners, [
        *sorted(rest, key=lambda h: (h.ground, -h.score)),
        *(h for h in weak if all(h.committee != o.committee for o in owners)),
    ]


def _holding(found: Fit, charter: Charter, question: Question, reading: Reading) -> Holding:
    duty = found.profile.duty
    certainty, reason = _why(found, question, reading)
    if found.unmet:
        reason += f" Svaret gäller utan {', '.join(f'”{word}”' for word in found.unmet)}, som inte står där."
    return Holding(
        committee=charter.committee,
        charter=charter.id,
        title=charter.title,
        address=duty.address,
        wid=duty.wid,
        lead=duty.lead,
        text=duty.whole,
        words=duty.text,
        ground=found.ground,
        certainty=certainty,
        reason=reason,
        score=found.score,
        to=duty.to,
        each=is_common(charter),
        open=duty.open,
    )


def _why(found: Fit, question: Question, reading: Reading) -> tuple[Certainty, str]:
    """How sure, and the reason as a Swedish sentence. What is not asked about first is never more than a hint."""
    certainty, reason = _plainly_why(found, question, reading)
    doubtful = (found.unmet and not question.led) or any(not sure for _, _, sure in question.guessed)
    return (Certainty.OSAKER if doubtful else certainty), reason


def _plainly_why(found: Fit, question: Question, reading: Reading) -> tuple[Certainty, str]:
    sure = Certainty.SAKER if not (found.unmet or question.mended or question.guessed) else Certainty.TROLIG
    if found.profile.duty.role is Role.UTPEKAR:
        return sure, "Bestämmelsen säger vem som har uppgiften."
    if found.profile.duty.role is Role.UNDANTAG:
        to = found.profile.duty.to
        return sure, f"Bestämmelsen undantar uppgiften{f' och hänvisar till {whom(to)}' if to else ''}."
    task = reading.tagger.tasks.get(found.task)
    if found.ground is Ground.NAMNS and found.statute:
        whole = "" if found.profile.whole_law else " i fråga om en del av den"
        return sure, f"Bestämmelsen nämner {reading.law(found.statute)}{whole}."
    if found.ground is Ground.NAMNS and found.literal:
        return sure, "Bestämmelsen nämner uppgiften."
    if found.ground is Ground.NAMNS and task is not None:
        phrase = found.profile.phrase(found.task)
        return Certainty.TROLIG, f"Bestämmelsen nämner uppgiften med andra ord: ”{phrase}” (katalogen: {task.name})."
    if found.ground is Ground.NAMNS:
        return Certainty.TROLIG, "Bestämmelsen nämner uppgiften i ett längre ord eller med delar av ordet."
    if found.ground is Ground.LAG and task is not None and (task.id, found.statute) in question.resting:
        return Certainty.OSAKER, f"Bestämmelsen nämner inte {reading.law(found.statute)}, men {task.name}, som vilar på den."
    if found.ground is Ground.LAG and task is not None:
        return Certainty.TROLIG, f"Bestämmelsen nämner inte {task.name}, men {reading.law(found.statute)}, som uppgiften vilar på."
    if found.ground is Ground.OMRADE and task is not None:
        return Certainty.OSAKER, f"Bestämmelsen gäller ett större område, {task.name}, som uppgiften är en del av."
    if found.ground is Ground.DEL and task is not None:
        return Certainty.OSAKER, f"Bestämmelsen gäller en del av det som frågan gäller: {task.name}."
    if found.ground is Ground.OVRIGT and task is not None:
        named = f"Inget reglemente nämner uppgiften (katalogen: {task.name})."
        certainty = Certainty.OSAKER if found.unmet else Certainty.TROLIG
        return certainty, f"{named} Bestämmelsen ger nämnden det som inte har lagts på någon annan nämnd."
    return Certainty.OSAKER, "Nämnden medverkar i uppgiften men har den inte enligt bestämmelsen."


def _by_rest(pages: Sequence[Page], question: Question, reading: Reading) -> list[Holding]:
    """The one committee that has what nobody has been given, for a task that is surely a kommun's and that no charter speaks of."""
    task = plainly_municipal(question, reading.tagger)
    if task is None or any(spoken_of(task, p, reading.tagger) for page in pages for p in page.profiles):
        return []
    clauses = [(page.charter, p) for page in pages for p in page.profiles if gives_all_else(page.charter, p, reading.known)]
    if len({charter.id for charter, _ in clauses}) != 1:
        return []
    charter, profile = clauses[0]
    left = tuple(w.text for w in question.words if w.loose)
    holding = _holding(Fit(profile, Ground.OVRIGT, 0.0, task.id, unmet=left), charter, question, reading)
    doubts = []
    usual = tuple(kind for kind in task.usual if kind != "varje nämnd")
    if usual and not any(str(charter.committee).startswith(slug(kind)) for kind in usual):
        doubts.append(f"Oftast ligger uppgiften hos {listed(usual)}; se efter om ett reglemente saknas i registret.")
    if task.elsewhere:
        doubts.append(f"Uppgiften kan också skötas genom {listed(task.elsewhere)}, och det säger registret inget om.")
    return [replace(holding, certainty=Certainty.OSAKER, reason=" ".join((holding.reason, *doubts)))] if doubts else [holding]


def _rest(pages: Sequence[Page], question: Question, reading: Reading) -> Holding | None:
    """The provision that gives the board what no committee has been given; else the one on its leading role."""
    for page in pages:
        for profile in page.profiles:
            if profile.duty.role is Role.RESTEN and "styrelse" in str(page.charter.committee):
                base = Fit(profile, Ground.MEDVERKAR, 0.0)
                return replace(_holding(base, page.charter, question, reading), certainty=Certainty.OSAKER, reason=_REST)
    for page in pages:
        for profile in page.profiles:
            if "styrelse" in str(page.charter.committee) and profile.phrase("ledning") and profile.duty.role is Role.UPPGIFT:
                base = Fit(profile, Ground.MEDVERKAR, 0.0)
                return replace(_holding(base, page.charter, question, reading), certainty=Certainty.OSAKER, reason=_LEADS)
    return None


_FORMAL = "Frågan gäller hur nämnderna arbetar, inte en uppgift som någon av dem har. Det står under arbetsformer i varje reglemente."
_FORMS = re.compile(r"sammanträd|juster|reservation|reserver|kallels|ledam[oö]t|ordförande|ersättare|ajourner|adjunger|jäv")
_ONLY_WORDS = "Orden, eller delar av dem, står i bestämmelsen, men det räcker inte för att säga att den gäller uppgiften."
_REST = "Ingen nämnd nämns. Bestämmelsen ger kommunstyrelsen det som inte har lagts på någon annan nämnd."
_LEADS = "Ingen nämnd nämns. Kvar är kommunstyrelsens allmänna ansvar att leda och samordna (6 kap. 1 § kommunallagen)."


def _refused(question: Question, book: StatuteBook) -> str:
    if question.english:
        return "Frågan är inte på svenska. Reglementena är det, så ställ den på svenska."
    lacking = [said for ref in question.statutes if (said := book.lacking(ref))]
    if lacking:
        return f"{lacking[0]} Ange lagen utan kapitel, eller säg vad det gäller."
    if question.words and not (question.tasks or question.statutes) and all(_FORMS.match(w.text) for w in question.words):
        return _FORMAL
    if not question.empty:
        wide = [w.text for w in question.words]
        if wide and not question.tasks and not question.statutes and all(w in WIDE for w in wide):
            words = ", ".join(f"”{w}”" for w in wide)
            return f"Frågan är för vid: {words} kan gälla många uppgifter. Säg vilken, till exempel ”barnomsorg” eller ”äldreomsorg”."
        return ""
    if question.committees and not question.general:
        return "Frågan nämner en nämnd men ingen uppgift. Allt som en nämnd har att göra står i dess reglemente: reglemente visa NÄMND"
    if question.general:
        words = ", ".join(f"”{w.text}”" for w in question.general)
        return f"Frågan är för vid: {words} kan gälla vilken nämnd som helst. Säg vad det gäller, till exempel bygglov."
    return "Frågan säger inte vilken uppgift den gäller. Skriv uppgiften med ett eller några ord, till exempel bygglov."


def _nothing(question: Question, pages: Sequence[Page], near: Sequence[Holding], left_out: Sequence[Holding], day: date) -> str:
    if question.elsewhere:
        below = " Orden står i det som visas nedan, men det ger ingen nämnd uppgiften." if near else ""
        return f"Ingen nämnd i en kommun har det: det ligger hos {question.elsewhere}.{below}"
    if question.words and any(_speaks_of(duty, question) for page in pages for duty in page.forms):
        return _FORMAL
    if left_out:
        where = " och ".join(dict.fromkeys(f"{h.title[:1].lower()}{h.title[1:]}, {cite(h.address)}" for h in left_out))
        return f"Ingen nämnd i registret har ”{question.text}” den {day.isoformat()}. Uppgiften undantas i {where}."
    if near:
        return f"Inget reglemente i registret ger någon nämnd ”{question.text}” den {day.isoformat()}. Närmast kommer det som står nedan."
    return f"Inget reglemente i registret nämner ”{question.text}” den {day.isoformat()}."


def _speaks_of(duty: Duty, question: Question) -> bool:
    said = frozenset().union(*(t.roots for t in tokens(duty.text)))
    return all(word.roots & said for word in question.words)


def _remarks(question: Question, reading: Reading) -> tuple[str, ...]:
    said = list(question.notes)
    if any(w.text.startswith(("överklag", "besvär")) for w in question.words) and question.tasks:
        said.append("Hur ett beslut överklagas står i beslutets överklagandehänvisning. Svaret säger vem som har uppgiften.")
    for ref in question.statutes:
        for heir in reading.book.catalogue.replaced_by(ref.number):
            since = f" den {heir.since.isoformat()}" if heir.since else ""
            said.append(f"{ref.number} har ersatts av {heir.name} ({heir.number}){since}.")
    return tuple(said)


def _once(holdings: Iterable[Holding]) -> list[Holding]:
    found: dict[tuple[object, ...], Holding] = {}
    for h in holdings:
        found.setdefault((h.charter, h.address, h.words), h)
    return list(found.values())


def outside_name(to: str, names: dict[str, CommitteeId]) -> CommitteeId | None:
    """Return the committee that a charter calls `to`, also one without a charter of its own; None for what is no committee."""
    if to in names:
        return names[to]
    return CommitteeId(slug(to)) if to.endswith(("nämnden", "kommunstyrelsen")) else None
