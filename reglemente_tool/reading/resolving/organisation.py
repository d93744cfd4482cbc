"""Committees that are founded, renamed, merged, divided or ended: what follows for the charters is derived, the rest is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.model.address import Kind
from reglemente_tool.model.amendment import said
from reglemente_tool.model.charter import Charter, Provision, walk, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import NoChange
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.resolving._deriving import BY_HAND, chosen, codes, name_of, named, spoken
from reglemente_tool.reading.resolving._desk import Desk, Outcome
from reglemente_tool.reading.resolving.tasks import all_tasks
from reglemente_tool.reading.resolving.units import repealed


def rename(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A committee gets a new name, in every charter that speaks of it."""
    own = desk.charter(op)
    known = desk.municipality.committee(own.committee)
    old = op.charter or (known.name.lower() if known else "")
    touched = False
    for outcome in _renames(own, old, op.new, desk.charters, desk):
        touched = True
        yield outcome
    if not touched:
        raise desk.stop("SAKNAS", f"Inget reglemente nämner {old}.", "Kontrollera nämndens nuvarande namn.")
    yield from _left_of_name(Rename(committee=own.committee, old=old, new=op.new), desk)


def _left_of_name(made: Rename, desk: Desk) -> Iterator[Outcome]:
    """Words made from the old name ("en valnämnd", "valnämndsordföranden") that a new name does not reach by itself."""
    stem = re.sub(r"(?<=nämnd)en$|(?<=styrelse)n$|(?<=beredning)en$|(?<=råd)et$|(?<=utskott)et$", "", made.old)
    words = re.compile(rf"(?<![\w-])(?<!- och ){re.escape(stem)}\w*", re.IGNORECASE)
    for charter in desk.charters:
        for address, p in walk_addressed(charter):
            left = [w for t in (p.heading, p.text, p.closing) for w in words.findall(made.renamed(t).replace(made.new, ""))]
            if left:
                yield desk.warn(
                    "BOJNING",
                    f"{cite(address)} i {spoken(charter)} har ordet {said(left[0])}, som inte ändras av att {made.old} byter namn.",
                    "Ska det ändras, skriv en att-sats som byter ut orden.",
                )


def _renames(own: Charter, old: str, new: str, charters: tuple[Charter, ...], desk: Desk, why: str = "") -> Iterator[Outcome]:
    made = Rename(committee=own.committee, old=old, new=new)
    for charter in charters:
        texts = [charter.title, *(t for p in walk(charter.body) for t in (p.heading, p.text, p.closing))]
        if any(made.renamed(text) != text for text in texts):
            yield desk.suggest(charter, made, derived=why)


# ---------------------------------------------------------------------------------------------------------- merged


def merge(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """Committees become one: the tasks go to the charter that lives on, the other charters go, and that one gets the new name."""
    bodies = tuple(dict.fromkeys(desk.charter_named(b) for b in op.bodies))
    standing = desk.names.charters(op.target_body)
    if len(standing) > 1:
        desk.charter_named(op.target_body)
    goal = standing[0] if standing else _lives_on(op, bodies, desk)
    sources = tuple(c for c in bodies if c.id != goal.id)
    if not sources:
        raise desk.stop("ORGANISATION", "En nämnd kan inte slås samman med sig själv.", BY_HAND.format(desk.clause.number))
    why = f"{' och '.join(name_of(c.id, desk) for c in bodies)} går upp i {op.target_body}"
    if not standing:
        others = tuple(c for c in desk.charters if c not in sources)
        for outcome in _renames(goal, name_of(goal.id, desk), op.target_body, others, desk, why):
            desk = desk.after(outcome)
            yield outcome
    for source in sources:
        made = desk.suggest(source, Dissolve(), derived=why)
        desk = desk.after(made)
        yield made
        for outcome in all_tasks(source, goal, desk, leaves=False):
            desk = desk.after(outcome)
            yield outcome


def _lives_on(op: Operation, bodies: tuple[Charter, ...], desk: Desk) -> Charter:
    """Return the charter that becomes that of a committee which has none. Raises Stop until a person has said which."""
    answer = desk.answer("REGLEMENTE")
    for charter in bodies:
        if answer == charter.id:
            return charter
    if op.target_body in desk.adopting or answer == "nytt":
        raise desk.stop(
            "ORGANISATION",
            f"Uppgifterna kan inte föras över förrän {op.target_body} har ett reglemente i registret.",
            f"Läs in det antagna reglementet med reglemente importera. {BY_HAND.format(desk.clause.number)}",
        )
    raise desk.stop_asking(
        "REGLEMENTE",
        f"{op.target_body.capitalize()} har inget reglemente i registret. Vilket av de gamla ska bli dess, med nytt namn, samma "
        "sammansättning och samma arbetsformer? Svara nytt om fullmäktige antar ett nytt reglemente.",
        (*(c.id for c in bodies), "nytt"),
    )


# ----------------------------------------------------------------------------------------------------------- ended


def split(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A committee is divided: which task goes where, only the council can say."""
    desk.charter_named(op.charter)
    raise desk.stop(
        "ORGANISATION",
        f"Beslutet säger att {op.charter} delas upp, men inte vilka uppgifter som går till {' och vilka till '.join(op.bodies)}.",
        f"Beslutet behöver ett reglemente för var och en av de nya nämnderna. {BY_HAND.format(desk.clause.number)}",
    )
    yield Outcome()


def abolish(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A committee ends: its charter goes with it, which the next operation says; a utskott stands in its board's charter."""
    if op.field == "nämnd":
        desk.charter_named(op.charter)
        return
    if op.field == "organ" and desk.names.charters(op.charter):
        why = f"{op.charter} avvecklas, och då upphör dess reglemente"
        yield desk.suggest(desk.charter_named(op.charter), Dissolve(), derived=why)
        return
    charter = _where_it_stands(op, desk)
    hits = _naming(charter, op.charter)
    if not hits:
        raise desk.stop("SAKNAS", f"{charter.title} nämner inte {op.charter}.", BY_HAND.format(desk.clause.number))
    answer = desk.answer("BESTAMMELSE")
    if not answer:
        raise desk.stop_asking(
            "BESTAMMELSE",
            f"{op.charter.capitalize()} avvecklas. I {spoken(charter)} nämns det i {named(charter, hits)} Vilka ska upphöra helt "
            "(koder med komma emellan)? Ska bara en del av en bestämmelse ändras, skriv en att-sats.",
            codes(charter, hits),
        )
    gone = chosen(charter, answer, "BESTAMMELSE", desk)
    for target in gone:
        yield desk.suggest(charter, repealed(target), derived=f"{op.charter} avvecklas, och svaret anger att bestämmelsen då upphör")
    kept = [p for p in hits if not any(p.wid in {q.wid for q in walk((t.provision,))} for t in gone)]
    if kept:
        yield desk.warn(
            "KORSHANVISNING",
            f"{op.charter.capitalize()} nämns fortfarande i {named(charter, kept)}",
            "Skriv en att-sats med den nya lydelsen.",
        )


def _where_it_stands(op: Operation, desk: Desk) -> Charter:
    if op.target_body:
        return desk.charter_named(op.target_body)
    found = [c for c in desk.charters if _naming(c, op.charter)]
    if len(found) == 1:
        return found[0]
    raise desk.stop(
        "ORGANISATION",
        f"Beslutet säger att {op.charter} avvecklas, men inte i vilket reglemente det står.",
        BY_HAND.format(desk.clause.number),
    )


def _naming(charter: Charter, body: str) -> tuple[Provision, ...]:
    """Return the smallest provisions that name a utskott; a § whose every stycke does, as a whole."""
    stem = re.sub(r"(?<=utskott)et$|(?<=råd)et$|(?<=beredning)en$|(?<=nämnd)en$", "", body)
    words = re.compile(rf"(?<![\w-]){re.escape(stem)}(?:et|en)?s?(?!\w)", re.IGNORECASE)
    hits = [p for p in walk(charter.body) if (p.kind is Kind.STYCKE or p.kind.item) and words.search(f"{p.text} {p.closing}")]
    whole = [p for p in walk(charter.body) if p.kind is Kind.PARAGRAF and p.children and all(c in hits for c in p.children)]
    inside = {id(q) for p in whole for q in walk(p.children)} | {id(q) for h in hits for q in walk(h.children)}
    order = {p.wid: i for i, p in enumerate(walk(charter.body))}
    return tuple(sorted((*whole, *(h for h in hits if id(h) not in inside)), key=lambda p: order[p.wid]))


# --------------------------------------------------------------------------------------------------------- founded


def create(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A committee is founded: it needs a charter, whose words nobody but the council can give."""
    yield Outcome(no_change=(NoChange(desk.clause.number, "organisation"),))
    known = {slug(name) for name in desk.adopting}
    if slug(op.charter) in known or (op.target_body and slug(op.target_body) in known) or desk.names.charters(op.charter):
        return
    answer = desk.answer("REGLEMENTE").lower()
    if answer in ("lases-in", "inget"):
        return
    needs = (
        f"Beslutet behöver också säga var och hur det står i {spoken(desk.charter_named(op.target_body))}"
        if op.target_body and desk.names.charters(op.target_body)
        else "Den behöver ett reglemente: uppgifter, antal ledamöter och ersättare, arbetsformer"
    )
    yield desk.ask(
        "REGLEMENTE",
        f"{op.charter.capitalize()} inrättas, men beslutet anger ingen text. {needs}. Svara lases-in om texten läses in för sig "
        "med reglemente importera, eller inget om beslutet inte ger någon.",
        options=("lases-in", "inget"),
    )


def wordless(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A committee is joined or given a role; no charter is changed by that alone."""
    yield Outcome(no_change=(NoChange(desk.clause.number, "organisation"),))
    yield desk.warn("ORGANISATION", "Att-satsen gäller organisationen men anger ingen text. Inget reglemente ändras av den ensam.")


RESOLVERS = {
    Type.RENAME_BODY: rename,
    Type.MERGE_BODIES: merge,
    Type.SPLIT_BODY: split,
    Type.ABOLISH_BODY: abolish,
    Type.CREATE_BODY: create,
    Type.JOIN_BODY: wordless,
    Type.ASSIGN_ROLE: wordless,
}
