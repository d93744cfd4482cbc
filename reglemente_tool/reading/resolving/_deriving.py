"""What can be derived from a charter when a decision names a task or a committee but no wording.

Only what leaves no choice is derived: one provision that is about the task and nothing else, one list that it can go to. The
rest is asked, with the nearest provisions named by address and wording. What is derived is marked as such, and holds only
when a person has confirmed it (`confirmed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.errors import CannotApply, Level, Problem
from reglemente_tool.model.address import LAST, Address, Kind
from reglemente_tool.model.amendment import capital, said
from reglemente_tool.model.charter import Charter, CharterId, Provision, Wid, address_of, flat, walk
from reglemente_tool.model.citation import cite
from reglemente_tool.model.placing import list_holder
from reglemente_tool.model.proposal import Clause, Question
from reglemente_tool.model.wording import bare, whole
from reglemente_tool.reading.duties import prose_tasks, task_lists
from reglemente_tool.reading.operation import Operation, Position, Type, Where
from reglemente_tool.reading.resolving._desk import Desk, Outcome, place_of
from reglemente_tool.reading.resolving._placing import spot
from reglemente_tool.reading.resolving._targets import Target, about, at, kin, likeness, same_subject, subject

MOST_NAMED = 3
"""How many provisions a question names when none is surely the right one."""
BY_HAND = "Skriv en att-sats för varje bestämmelse som ändras, eller svara OLAST:{0}=ingen-andring om inget reglemente ändras."
CONFIRM = "HARLEDD"
"""The question that stands until a person has confirmed, or refused, what was derived from a clause."""


def confirmed(total: Outcome, clause: Clause, desk: Desk) -> Outcome:
    """Return what a clause came to, with what was derived asked about; refused, it leaves nothing but a problem.

    Only an answer that names the clause counts: nobody confirms what he has not been asked about.
    """
    derived = [s for s in total.suggestions if s.derived]
    if not derived:
        return total
    answer = desk.answer_for(CONFIRM, clause.number).lower()
    if answer == "ja":
        return total
    if answer == "nej":
        problem = Problem(
            "OLAST",
            f"Det som har härletts ur att-sats {clause.number} är inte godkänt, och inget har lästs i stället.",
            place_of(clause),
            Level.FEL,
            BY_HAND.format(clause.number),
        )
        return Outcome(problems=(problem,), stopped=True, charter=total.charter)
    text = f"Att-satsen anger inga bestämmelser. Stämmer {_counted(len(derived))} som har härletts ur den?"
    return total.and_then(Outcome(questions=(Question(CONFIRM, text, clause.number, ("ja", "nej")),)))


def _counted(count: int) -> str:
    return "den ändring" if count == 1 else f"de {count} ändringar"


# ------------------------------------------------------------------------------------------------ which provisions


def the_tasks(charter: Charter, text: str, desk: Desk) -> tuple[tuple[Target, str], ...]:
    """Return the provisions of `charter` that are about `text`, each with how it was found.

    One for each thing that `text` names, when no provision is about them all. Raises Stop, asking, where none, several, or not
    that alone is found.
    """
    if answered := desk.answer("UPPGIFT"):
        told = chosen(charter, answered, "UPPGIFT", desk)
        return tuple((t, f"svaret anger {cite(t.address)} som det som handlar om {text}") for t in told)
    found: list[Target] = []
    doubts: list[tuple[str, list[Provision]]] = []
    for thing in (text,) if spoken_of(charter, text) else _things(text):
        near = list(spoken_of(charter, thing))
        if len(near) == 1 and _alone(near[0], thing):
            found.append(at(charter, address_of(charter, near[0].wid)))
        else:
            doubts.append((_why(charter, thing, near), near or _nearest(charter, thing)))
    if not doubts:
        title = spoken(charter)
        only = "är den enda bestämmelse" if len(found) == 1 else "är var för sig de enda bestämmelser"
        where = " och ".join(cite(t.address) for t in found)
        return tuple((t, f"{where} {only} i {title} som handlar om {text}") for t in dict.fromkeys(found))
    sure = [t.provision for t in found]
    named_near = list(dict.fromkeys(p for _, near in doubts for p in near if p not in sure))
    if not named_near and not sure:
        raise desk.stop("SAKNAS", " ".join(why for why, _ in doubts), BY_HAND.format(desk.clause.number))
    told_sure = f" Säkert är {named(charter, sure)} Svara med alla som avses, med komma emellan. Nära är" if sure else " Vilken avses?"
    raise desk.stop_asking(
        "UPPGIFT", f"{' '.join(why for why, _ in doubts)}{told_sure} {named(charter, named_near)}", codes(charter, [*sure, *named_near])
    )


def _things(text: str) -> tuple[str, ...]:
    """Return the things that a task names side by side: "simhallen och lekplatserna"; "mark- och miljöfrågor" is one."""
    pieces = tuple(piece.strip() for piece in re.split(r",\s+|\s+(?:och|samt)\s+", text) if piece.strip())
    return (text,) if any(piece.endswith("-") for piece in pieces) else pieces


def _why(charter: Charter, text: str, near: list[Provision]) -> str:
    title = spoken(charter)
    if not near:
        return f"Ingen bestämmelse i {title} nämner {text}."
    if len(near) > 1:
        return f"I {title} handlar flera bestämmelser om {text}."
    return (
        f"I {title} står {text} tillsammans med annat. Ett svar gäller hela bestämmelsen; ska bara en del av den ändras, skriv en att-sats."
    )


def spoken_of(charter: Charter, text: str) -> tuple[Provision, ...]:
    """Return the items, stycken and rows whose own words are about `text`: its words, in any form, also first in a compound."""
    kinds = (Kind.STYCKE, Kind.RAD)
    return tuple(p for p in walk(charter.body) if (p.kind.item or p.kind in kinds) and about(f"{p.text} {p.closing}", text))


def _alone(p: Provision, text: str) -> bool:
    """True when an item is about `text` and nothing besides: it begins with it, and joins nothing more to it."""
    if not p.kind.item or p.children:
        return False
    if same_subject(p.text, text):
        return True
    joined = re.search(r",|/|\b(?:och|samt|eller)\b", bare(p.text))
    held, wanted = subject(p.text), subject(text)
    return not joined and len(held) >= len(wanted) and all(kin(a, b) for a, b in zip(wanted, held, strict=False))


def _nearest(charter: Charter, text: str) -> list[Provision]:
    items = [item for holder in task_lists(charter) for item in holder.items]
    ranked = sorted(items, key=lambda p: -likeness(" ".join(subject(p.text)), " ".join(subject(text))))
    return ranked[:MOST_NAMED]


def chosen(charter: Charter, answer: str, code: str, desk: Desk) -> tuple[Target, ...]:
    """Return the provisions that an answer names by their codes, separated by commas. Raises Stop."""
    found = []
    for piece in answer.split(","):
        try:
            target = at(charter, Address.from_code(piece.strip()))
        except (ValueError, CannotApply) as error:
            where = spoken(charter)
            raise desk.stop(code, f"{piece.strip()} är ingen bestämmelse i {where}.", "Svara till exempel par2.st1.ss4.") from error
        if target.address.part.value or target.address.steps[-1].kind.virtual:
            raise desk.stop(code, f"{piece.strip()} är ingen hel bestämmelse.", "Svara med en hel strecksats, till exempel par2.st1.ss4.")
        found.append(target)
    return tuple(dict.fromkeys(found))


def named(charter: Charter, provisions: list[Provision] | tuple[Provision, ...]) -> str:
    """Return provisions by address and wording, for a question."""
    return "; ".join(f"{cite(address_of(charter, p.wid))}, {said(flat(p), 90)}" for p in provisions) + "."


def codes(charter: Charter, provisions: list[Provision] | tuple[Provision, ...]) -> tuple[str, ...]:
    """Return the address codes of provisions, as answers name them."""
    return tuple(address_of(charter, p.wid).code for p in provisions)


def spoken(charter: Charter) -> str:
    """Return the charter's title as it stands inside a sentence: "reglementet för valnämnden"."""
    title = charter.title[:1].lower() + charter.title[1:]
    return re.sub(r"^(reglemente(?=\s)|arbetsordning(?=\s))", lambda m: "reglementet" if m[1] == "reglemente" else "arbetsordningen", title)


# -------------------------------------------------------------------------------------------------- where it goes


def home(goal: Charter, desk: Desk) -> tuple[Provision, Desk]:
    """Return the stycke whose list takes the tasks, and the desk with what is left of the answer. Raises Stop."""
    answer = desk.answer("PLACERING")
    if answer and answer != LAST and not answer.isdigit():
        free = replace(desk, answers={k: v for k, v in desk.answers.items() if not k.startswith("PLACERING")})
        (place,) = chosen(goal, answer.split(",")[0], "PLACERING", desk)
        holder = list_holder(goal, place.address.child(Kind.STRECKSATS))
        if not holder.items:
            where = capital(cite(place.address))
            raise desk.stop("PLACERING", f"{where} har ingen lista.", "Svara med ett stycke som har en lista, till exempel par2.st1.")
        return holder, free
    lists = task_lists(goal)
    if len(lists) == 1:
        return lists[0], desk
    shown = lists or tuple(p for p in walk(goal.body) if p.kind is Kind.STYCKE and p.items)
    if not shown:
        raise desk.stop(
            "PLACERING",
            f"{goal.title} har ingen lista som uppgiften kan stå i.",
            BY_HAND.format(desk.clause.number),
        )
    why = "har flera listor med uppgifter" if lists else "har ingen lista som säkert är en uppgiftslista"
    leads = "; ".join(f"{cite(address_of(goal, p.wid))}, {said(p.text, 90)}" for p in shown)
    raise desk.stop_asking("PLACERING", f"{goal.title} {why}. I vilken ska det nya stå? {leads}.", codes(goal, shown))


def home_of_stycke(goal: Charter, desk: Desk) -> tuple[Provision, Desk]:
    """Return the § that takes a task in running text, and the desk with what is left of the answer. Raises Stop."""
    answer = desk.answer("PLACERING")
    free = replace(desk, answers={k: v for k, v in desk.answers.items() if not k.startswith("PLACERING")})
    paragrafer = tuple(p for p in walk(goal.body) if p.kind is Kind.PARAGRAF)
    if answer and answer != LAST and not answer.isdigit():
        (place,) = chosen(goal, answer.split(",")[0], "PLACERING", desk)
        held = [p for p in paragrafer if any(q.wid == place.wid for q in walk((p,)))]
        if not held:
            raise desk.stop("PLACERING", f"{capital(cite(place.address))} står inte i någon paragraf.", "Svara till exempel par2.")
        return held[0], free
    tasks = {p.wid for p in (task_lists(goal) or prose_tasks(goal))}
    found = [p for p in paragrafer if any(c.wid in tasks for c in p.children)]
    if len(found) == 1:
        return found[0], free
    raise desk.stop_asking(
        "PLACERING",
        f"I vilken paragraf i {spoken(goal)} ska det nya stycket stå? {named(goal, found)}" if found else
        f"I {spoken(goal)} står inga uppgifter som säkert är det. I vilken paragraf ska det nya stycket stå?",
        codes(goal, found),
    )  # fmt: skip


def moved(found: Target, source: Charter, goal: Charter, desk: Desk, why: str, words: str = "") -> Iterator[Outcome]:
    """Yield that a provision of `source` comes to the task list of `goal` and is the same task there. Raises Stop.

    That it leaves `source` is for the caller to say. A stycke comes last in the § of the list, with the name of the committee
    that it now stands for. `words` is what it shall say there, when a person has said so; else it keeps its words.
    """
    provision, item = found.provision, found.provision.kind.item
    if not item and provision.kind is not Kind.STYCKE:
        where = capital(cite(found.address))
        raise desk.stop("UPPGIFT", f"{where} är varken en strecksats eller ett stycke.", BY_HAND.format(desk.clause.number))
    holder, desk = home(goal, desk) if item else home_of_stycke(goal, desk)
    place = address_of(goal, holder.wid)
    own = provision.text if provision.children else bare(provision.text)
    text = words or (own if item else renamed(provision.text, source, goal, desk))
    going = Operation(
        type=Type.INSERT_UNIT,
        target=place.child(Kind.STRECKSATS if item else Kind.STYCKE),
        position=Position(Where.END, said=True),
    )
    address, kind, doubts = spot(goal, going, desk)
    wording = replace(provision, kind=kind, text=text, wid=Wid(""), marker="", number="", source=None)
    last = "sist " if address.steps[-1].from_end is not None else ""
    where = f"{last}i listan i {cite(place)}, {said(holder.text, 90)}" if item else f"sist i {cite(place)}, där uppgifterna står"
    yield desk.suggest(goal, Insert(target=address, wording=wording, continues=found.wid), derived=f"{why}; den nya platsen är {where}")
    yield doubts
    if item and not words:
        yield from _misfits(found, source, goal, holder, desk)


def _misfits(found: Target, source: Charter, goal: Charter, holder: Provision, desk: Desk) -> Iterator[Outcome]:
    """An item that stands there already, and one whose words go on from another kind of lead-in."""
    words = found.provision.text
    held = [p for p in walk(goal.body) if p.kind.item and not p.children and same_subject(p.text, words)]
    if held:
        yield desk.warn(
            "DUBBLETT",
            f"{capital(spoken(goal))} har redan {said(held[0].text, 90)} i {cite(address_of(goal, held[0].wid))}.",
            "Kontrollera om uppgiften ska stå där två gånger.",
        )
    stycke = next(p for p in walk(source.body) if any(c.wid == found.wid for c in p.children))
    if _plain(stycke.text) != _plain(holder.text):
        code = address_of(source, stycke.wid).code
        yield desk.warn(
            "BOJNING",
            f"Det som i dag står efter {said(stycke.text, 90)} kommer att stå efter {said(holder.text, 90)}. Kontrollera att det betyder "
            "detsamma där.",
            f"Flyttas en enda uppgift kan orden anges: --svar ORD:{desk.clause.number}=orden. Flyttas alla kan ett stycke föras över med "
            f"sin inledning: --svar UPPGIFTER:{desk.clause.number}={code}.",
        )


def _plain(lead: str) -> str:
    """Return a lead-in without the committee that it speaks of: two that then are alike say the same of what follows."""
    return re.sub(r"\b[a-zåäöé-]*(?:nämnden|styrelsen)\b|[\s:]+", " ", lead.lower()).strip()


def renamed(text: str, source: Charter, goal: Charter, desk: Desk) -> str:
    """Return a stycke's words with the committee that it leaves called by the name of the one that it comes to."""
    old, new = name_of(source.id, desk), name_of(goal.id, desk)
    text = Rename(committee=source.committee, old=old, new=new).renamed(text)
    plain, other = ("styrelsen" if name.endswith("styrelsen") else "nämnden" for name in (old, new))
    return text if plain == other else Rename(committee=source.committee, old=plain, new=other).renamed(text)


def name_of(charter: CharterId, desk: Desk) -> str:
    """Return the name in normal form by which decisions know the committee of `charter`: the one its title gives, if any."""
    return next((name for name, held in desk.names.names if held.id == charter), str(charter))


def speaks_of(name: str, text: str) -> bool:
    """True when `text` names the committee `name` (definite, small letters), also in the genitive or with a capital."""
    return any(whole(form).search(text) for one in (name, capital(name)) for form in (one, f"{one}s"))
