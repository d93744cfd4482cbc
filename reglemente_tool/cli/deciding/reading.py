"""How a reading is shown: clause by clause, with the text that stands and the text that would be."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import click

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.cli.deciding.assigned import assignments_data, show_assignment
from reglemente_tool.cli.output import folded, heading, problem_data, say, show_problems, table
from reglemente_tool.consolidate import apply_together, empty
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Kind, Part, Reads
from reglemente_tool.model.amendment import Amendment, held_text
from reglemente_tool.model.charter import Charter, CharterId, DecisionId, Provision, address_of, by_wid, flat, walk
from reglemente_tool.model.finding import locate
from reglemente_tool.model.history import Change, Condition
from reglemente_tool.model.identity import new_wid
from reglemente_tool.model.proposal import Proposal, Question, Revoking, Suggestion
from reglemente_tool.reading.columns import table_in
from reglemente_tool.reading.reasons import reason_said


def show_reading(proposal: Proposal, charters: dict[CharterId, Charter]) -> None:
    """Print what was understood of every clause, what must be asked, and what was not read."""
    day = f" {proposal.decided_on.isoformat()}" if proposal.decided_on else ""
    name = f"KF{day} § {proposal.section}" if proposal.section else "Beslut utan paragrafnummer"
    say(f"{name}  {proposal.title}".rstrip())
    table(_facts(proposal))
    for clause in proposal.clauses:
        origin = f" (ur {clause.origin})" if clause.origin else ""
        heading(f"Att-sats {clause.number}{origin}" if len(proposal.clauses) > 1 or proposal.suggestions else "Beslutet")
        held = table_in(clause.text)
        text = f"{' '.join(held.lead.split())} (tabell med två spalter)" if held else " ".join(clause.text.split())
        say(text if len(text) < 600 else text[:560] + " …", indent=4)
        for suggestion in (s for s in proposal.suggestions if s.clause == clause.number):
            show_suggestion(suggestion, charters, proposal)
            _show_own_times(suggestion, proposal)
        for repeal in (r for r in proposal.revocations if r.clause == clause.number):
            part = f", bara för {charters[repeal.charter].title}" if repeal.charter in charters else ""
            say(f"> Upphäver {repeal.annuls}{part}.", indent=2)
            _show_own_times(repeal, proposal)
        for note in (n for n in proposal.no_change if n.clause == clause.number):
            if note.reason != "upphaver-beslut":
                say(f"= Ändrar inget reglemente: {reason_said(note.reason)}.", indent=2)
        for assignment in (a for a in proposal.assignments if a.clause == clause.number):
            show_assignment(assignment)
        _show_unread(clause.number, proposal)
    if not proposal.is_decision:
        heading("Inget beslut av kommunfullmäktige")
        say(f"Texten ändrar inget reglemente: {reason_said(proposal.reason)}.", indent=2)
    if proposal.questions:
        heading("Att svara på")
        for question in proposal.questions:
            _show_question(question)
    show_problems(proposal.problems, under="Att se på")


_MISFIT = "! Läst, men passar inte på reglementet som det är. Se nedan."
_UNFOLLOWED = "! Läst, men texten som ska gälla gick inte att peka ut. Se nedan."


def _show_unread(number: int, proposal: Proposal) -> None:
    """A clause is never silent: when nothing was made of it, say so, and where the reason is told."""
    if number in proposal.unread:
        say("? OLÄST. Ingen formulering som programmet kan passar.", indent=2)
    elif not any(s.clause == number for s in proposal.suggestions) and not any(n.clause == number for n in proposal.no_change):
        asked = any(q.clause == number and not q.default for q in proposal.questions)
        told = {p.code for p in proposal.problems if p.place.document == f"att-sats {number}"}
        unknown = _UNFOLLOWED if told == {"FORSLAG"} else _MISFIT
        say("? Läst, men något måste besvaras först. Se nedan." if asked else unknown, indent=2)


def _facts(proposal: Proposal) -> list[tuple[str, str]]:
    start = proposal.in_force_from
    facts = [
        ("Organ", proposal.body or "anges inte"),
        ("Dnr", proposal.case_number or "anges inte"),
        ("Beslutat", proposal.decided_on.isoformat() if proposal.decided_on else "anges inte i texten"),
        ("Gäller från", day_said(start) if start else "olika dagar, se nedan" if _all_dated(proposal) else "anges inte i texten"),
    ]
    if proposal.in_force_until:
        facts.append(("Gäller till", f"{proposal.in_force_until.isoformat()} (tillfällig ändring)"))
    return facts


def _all_dated(proposal: Proposal) -> bool:
    return bool(proposal.suggestions) and all(s.in_force_from is not None for s in proposal.suggestions)


def day_said(start: date | Condition) -> str:
    """Return a day, or the words of a condition."""
    return start.text if isinstance(start, Condition) else start.isoformat()


def _show_own_times(part: Suggestion | Revoking, proposal: Proposal) -> None:
    """Say when a part of the decision holds, where its parts differ."""
    start, until = proposal.times(part)
    if proposal.split and (start is not None or until is not None):
        end = f" till och med {until.isoformat()}" if until else ""
        say(f"Gäller {'från ' + day_said(start) if start is not None else 'från en dag som inte anges'}{end}.", indent=6)


def _show_question(question: Question) -> None:
    code = f"{question.code}:{question.clause}" if question.clause else question.code
    default = f" Om inget annat anges: {question.default}." if question.default else ""
    options = f" ({' / '.join(question.options)})" if question.options else ""
    click.echo(folded(f"{code}  {question.text}{options}{default}", 2, 4))


def show_suggestion(suggestion: Suggestion, charters: dict[CharterId, Charter], proposal: Proposal) -> None:
    """Print one amendment: what it is, how the provision stands and would be, and what it rests on where no words say it."""
    charter = charters.get(suggestion.charter)
    title = charter.title if charter else suggestion.charter
    amendment = suggestion.amendment
    if isinstance(amendment, Adopt):
        count = sum(1 for provision in walk(amendment.body) if provision.kind is Kind.PARAGRAF)
        text = "en paragraf" if count == 1 else f"{count} paragrafer"
        say(f"> {amendment.title}: hela reglementet antas ({text}).", indent=2, hanging=2)
        return
    say(f"> {title}:", indent=2)
    say(amendment.describe(), indent=4)
    if suggestion.derived:
        how = "Föreslås, måste bekräftas" if proposal.unconfirmed(suggestion) else "Härlett, bekräftat"
        say(f"{how}: {suggestion.derived}.", indent=6)
    if charter is None:
        return
    was, becomes = before_and_after(amendment, charter)
    if was or becomes:
        told = (("i dag", was or "(finns inte)"), ("blir", becomes or "(utgår)"))
        rows = [(label if at == 0 else "", line) for label, words in told for at, line in enumerate(words.splitlines())]
        table(rows, indent=6)
    if isinstance(amendment, Insert) and amendment.continues:
        home = next((c for c in charters.values() if amendment.continues in by_wid(c)), None)
        if home is not None:
            say(f"Samma uppgift som hittills i {home.title[:1].lower()}{home.title[1:]}: den flyttas hit.", indent=6)


def before_and_after(amendment: Amendment, charter: Charter) -> tuple[str, str]:
    """Return the target's words today and after this amendment alone; "" where there are none, or where it does not fit."""
    by = DecisionId("utkast")
    try:
        after = apply_together(charter, Change(charter=charter.id, in_force_from=_ANY, amendments=(amendment,)), by)
        if not amendment.locates:
            new = by_wid(after).get(_wid_of_insert(amendment, charter, by))
            return "", flat(new) if new else ""
        found = locate(charter, amendment.target)
        new = by_wid(after).get(found.wid)
        was = held_text(charter, amendment.target)
        if new is None:
            return was, ""
        try:
            return was, held_text(after, amendment.target, new)
        except CannotApply:
            return was, ""
    except CannotApply:
        return "", ""


def _wid_of_insert(amendment: Amendment, charter: Charter, by: DecisionId) -> Any:
    continues = amendment.continues if isinstance(amendment, Insert) else ""
    return continues or new_wid(by, charter.id, amendment.target.code)


def shown_target(suggestion: Suggestion, proposal: Proposal, charters: dict[CharterId, Charter]) -> str:
    """Return the address code that the target has, or for an insertion will have, when all of the decision is made."""
    amendment = suggestion.amendment
    if amendment.locates or not isinstance(amendment, Insert):
        return amendment.target.code
    mine = tuple(s.amendment for s in proposal.suggestions if s.charter == suggestion.charter)
    charter = charters.get(suggestion.charter, empty(suggestion.charter))
    by = DecisionId("utkast")
    try:
        after = apply_together(charter, Change(charter=charter.id, in_force_from=_ANY, amendments=mine), by)
        return address_of(after, _wid_of_insert(amendment, charter, by)).code
    except CannotApply:
        return amendment.target.code


def reading_data(proposal: Proposal, charters: dict[CharterId, Charter]) -> dict[str, Any]:
    """Return a reading as it stands in JSON; the documented answer of `las`."""
    start = proposal.in_force_from
    return {
        "beslut": {
            "id": proposal.id,
            "organ": proposal.body,
            "paragraf": f"§ {proposal.section}" if proposal.section else None,
            "dnr": proposal.case_number or None,
            "rubrik": proposal.title,
            "beslutat": proposal.decided_on.isoformat() if proposal.decided_on else None,
            "galler_fran": _day_data(start),
            "galler_till": proposal.in_force_until.isoformat() if proposal.in_force_until else None,
        },
        "upphaver": [
            {"att_sats": r.clause, "beslut": r.annuls, "reglemente": r.charter, "galler_fran": _day_data(proposal.times(r)[0])}
            for r in proposal.revocations
        ],
        **assignments_data(proposal.assignments),
        "ar_beslut": proposal.is_decision,
        "skal": proposal.reason or None,
        "andringar": [suggestion_data(s, proposal, charters) for s in proposal.suggestions],
        "ingen_andring": [
            {"att_sats": n.clause, "text": proposal.clause(n.clause).text, "skal": n.reason} for n in proposal.no_change
        ],
        "olasta": [{"att_sats": n, "text": proposal.clause(n).text} for n in proposal.unread],
        "fragor": [
            {"kod": q.code, "att_sats": q.clause or None, "text": q.text, "alternativ": list(q.options), "forval": q.default or None}
            for q in proposal.questions
        ],
        "problem": [problem_data(p) for p in proposal.problems],
    }


def _day_data(start: date | Condition | None) -> str | None:
    return None if start is None else day_said(start)


def suggestion_data(suggestion: Suggestion, proposal: Proposal, charters: dict[CharterId, Charter]) -> dict[str, Any]:
    """Return one amendment as it stands in JSON."""
    data: dict[str, Any] = {
        "att_sats": suggestion.clause,
        "ur": proposal.clause(suggestion.clause).origin or None,
        "typ": suggestion.amendment.tag,
        "reglemente": suggestion.charter,
        **amendment_data(suggestion.amendment),
        "mal": shown_target(suggestion, proposal, charters),
        "beskrivning": suggestion.amendment.describe(),
        "fras": suggestion.phrase,
        "harlett": {"grund": suggestion.derived, "bekraftat": not proposal.unconfirmed(suggestion)} if suggestion.derived else None,
        "galler_fran": _day_data(proposal.times(suggestion)[0]),
        "galler_till": proposal.times(suggestion)[1],
    }
    charter = charters.get(suggestion.charter)
    if charter is not None:
        data["lydelse_i_dag"], data["lydelse_blir"] = before_and_after(suggestion.amendment, charter)
    return data


_FIELDS = {
    "expects": "lyder", "continues": "fortsatter", "number": "nr", "old": "fran", "new": "till", "hits": "antal", "title": "rubrik",
    "committee": "namnd", "wid": "wid",
}  # fmt: skip
"""What an amendment's fields are called in JSON, as in the register's own XML."""


def amendment_data(amendment: Amendment) -> dict[str, Any]:
    """Return what an amendment says besides its target: field by field, those that are empty left out."""
    data: dict[str, Any] = {}
    for field in fields(amendment):
        value = getattr(amendment, field.name)
        if field.name in _FIELDS and value != "":
            data[_FIELDS[field.name]] = value
        elif isinstance(value, Provision):
            data["text"] = value.heading if amendment.target.part is Part.RUBRIK and value.heading else flat(value)
        elif isinstance(value, Reads) and value is not Reads.NUVARANDE:
            data["laser"] = value.value
    return data


def with_answers(proposal: Proposal, answers: dict[str, str]) -> Proposal:
    """Return the proposal that remembers `answers` too."""
    return replace(proposal, answers=tuple({**dict(proposal.answers), **answers}.items()))


_ANY = date.min
