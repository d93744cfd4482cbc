"""What is seen only when every clause has been derived: a task that nobody takes over, a name that stands left, what is not moved.

A committee may end in one clause and its tasks be taken over in the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.amendment import said
from reglemente_tool.model.charter import Charter, CharterId, by_wid, flat, walk, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.proposal import Suggestion
from reglemente_tool.model.wording import bare
from reglemente_tool.reading import naming
from reglemente_tool.reading.duties import listed_tasks, other_paragrafer, prose_tasks
from reglemente_tool.reading.resolving import Outcome
from reglemente_tool.reading.resolving._deriving import CONFIRM, speaks_of, spoken, spoken_of

MOST_TOLD = 25
"""How many provisions are named one by one in warnings of one kind."""


def settled(outcome: Outcome, charters: tuple[Charter, ...], names: naming.Register) -> Outcome:
    """Return the outcome with what was derived made to fit together, and what it leaves open told."""
    first = {s.charter: s for s in reversed(outcome.suggestions) if s.derived and isinstance(s.amendment, Dissolve)}
    ended = tuple(s for s in outcome.suggestions if s in first.values())
    kept = _fitting(outcome.suggestions)
    asked = {s.clause for s in kept if s.derived}
    questions = tuple(q for q in outcome.questions if q.code != CONFIRM or q.clause in asked)
    outcome = replace(outcome, suggestions=kept, questions=questions)
    held = {c.id: c for c in charters}
    gone = {s.charter for s in kept if isinstance(s.amendment, Dissolve)}
    standing = tuple(c for c in charters if c.id not in gone)
    problems = [p for s in ended for p in _left(s, held[s.charter], standing, kept, names)]
    problems += [p for s in kept if s.derived and isinstance(s.amendment, Repeal) for p in _ownerless(s, held[s.charter], standing, kept)]
    problems += _to_nobody(kept, gone, held)
    return outcome.and_then(Outcome(problems=tuple(problems)))


def _to_nobody(kept: tuple[Suggestion, ...], gone: set[CharterId], held: dict[CharterId, Charter]) -> list[Problem]:
    """A task cannot go to a committee that ends by the same decision."""
    found = {(s.clause, s.charter) for s in kept if s.derived and s.charter in gone and isinstance(s.amendment, Insert)}
    return [
        Problem(
            "ORGANISATION",
            f"Uppgifter förs till {spoken(held[charter])}, som upphör genom samma beslut.",
            Place(f"att-sats {clause}"),
            Level.FEL,
            "Kontrollera vilken nämnd som avvecklas och vilken som tar över.",
        )
        for clause, charter in sorted(found)
    ]


def _fitting(suggestions: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    """A charter that goes as a whole takes its provisions along, and goes once."""
    gone = {s.charter for s in suggestions if isinstance(s.amendment, Dissolve)}
    stated = {s.charter for s in suggestions if isinstance(s.amendment, Dissolve) and not s.derived}
    kept: list[Suggestion] = []
    for s in suggestions:
        along = s.derived and s.charter in gone and isinstance(s.amendment, Repeal)
        again = isinstance(s.amendment, Dissolve) and any(k.charter == s.charter and k.amendment == s.amendment for k in kept)
        if not along and not again and not (s.derived and isinstance(s.amendment, Dissolve) and s.charter in stated):
            kept.append(s)
    return tuple(kept)


def _taken(kept: tuple[Suggestion, ...]) -> set[str]:
    """The identities that go on elsewhere: of what is put in as a continuation, and of all that is in it."""
    put_in = [s.amendment for s in kept if isinstance(s.amendment, Insert) and s.amendment.continues]
    return {a.continues for a in put_in} | {p.wid for a in put_in for p in walk(a.wording.children) if p.wid}


def _warning(s: Suggestion, code: str, message: str, hint: str) -> Problem:
    return Problem(code, message, Place(f"att-sats {s.clause}"), Level.VARNING, hint)


def _left(
    s: Suggestion, charter: Charter, standing: tuple[Charter, ...], kept: tuple[Suggestion, ...], names: naming.Register
) -> Iterator[Problem]:
    """What a charter that goes leaves behind: tasks without a committee, rules that are not moved, its name in other charters."""
    lost = [p for p in (*listed_tasks(charter), *prose_tasks(charter)) if p.wid not in _taken(kept)]
    for p in lost[:MOST_TOLD]:
        yield _warning(
            s, "LUCKA", f"Ingen nämnd tar över {said(bare(flat(p)), 90)}, som upphör med {spoken(charter)}.",
            "Ange i ett beslut vem som ska ha uppgiften, om någon ska ha den.",
        )  # fmt: skip
    if len(lost) > MOST_TOLD:
        yield _warning(s, "LUCKA", f"Så är det också med {len(lost) - MOST_TOLD} uppgifter till.", "Läs hela reglementet före beslutet.")
    forms = ", ".join(f"{p.number} §" for p in other_paragrafer(charter))
    if forms:
        yield _warning(
            s, "ORGANISATION", f"{forms} i {spoken(charter)} upphör utan att flyttas: sammansättning, arbetsformer och annat.",
            "Beslutet behöver också säga om den nämnd som tar över ska ha ett annat antal ledamöter eller andra arbetsformer.",
        )  # fmt: skip
    own = [name for name, c in names.names if c.id == charter.id and len(name) > 4]
    for other in standing:
        places = [a for a, p in walk_addressed(other) if any(speaks_of(n, t) for n in own for t in (p.heading, p.text, p.closing))]
        if places:
            yield _warning(
                s, "KORSHANVISNING",
                f"{other.title} nämner {own[0]}, som inte längre finns, i {', '.join(cite(a) for a in places[:MOST_TOLD])}.",
                f"Skriv en att-sats som byter ut orden, till exempel: i {spoken(other)} ska {own[0]} bytas ut mot namnet på den nämnd "
                "som avses.",
            )  # fmt: skip


def _ownerless(s: Suggestion, charter: Charter, standing: tuple[Charter, ...], kept: tuple[Suggestion, ...]) -> Iterator[Problem]:
    """Tasks that are taken from one committee and given to no other."""
    gone = by_wid(charter).get(s.amendment.wid)
    tasks = {p.wid for p in (*listed_tasks(charter), *prose_tasks(charter))}
    for p in walk((gone,)) if gone is not None else ():
        if p.wid in _taken(kept) or not (p.wid in tasks or (p is gone and p.kind.item)):
            continue
        text = bare(flat(p))
        others = [c for c in standing if c.id != charter.id and spoken_of(c, text)]
        if others:
            where = ", ".join(spoken(c) for c in others)
            message = f"{said(text, 90)} utgår och förs inte in någon annanstans i beslutet. Samma sak nämns i {where}."
        else:
            message = f"Ingen nämnd har uppgiften {said(text, 90)} när den har utgått: inget annat reglemente nämner den."
        yield _warning(s, "LUCKA", message, "Kontrollera att det är meningen, eller ange i beslutet vem som ska ha uppgiften.")
