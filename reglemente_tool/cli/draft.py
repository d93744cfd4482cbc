"""utforma, matcha: from an edited text to the decision that it needs, and from an adopted text to what became of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.cli.adopting import Adopted, adoption
from reglemente_tool.cli.deciding.reading import amendment_data, with_answers
from reglemente_tool.cli.files import charter_in, source_text
from reglemente_tool.cli.output import answer, heading, misfit, problem_data, say, show_problems
from reglemente_tool.cli.register import charter_id, latest_charters, opened, today
from reglemente_tool.cli.swedish import DAY, OneOf, command
from reglemente_tool.compare.matching import Fate, Pairing, carried, match
from reglemente_tool.compare.merging import Placed
from reglemente_tool.consolidate import version_on
from reglemente_tool.drafting import Draft, Form, decision_text, draft
from reglemente_tool.drafting.form import kept
from reglemente_tool.drafting.form import problems as form_problems
from reglemente_tool.drafting.pairfile import pair_lines, read_pairs, said
from reglemente_tool.drafting.shapes import made, shapes
from reglemente_tool.errors import Level, NotInForce, Problem
from reglemente_tool.model.charter import Charter, CharterId
from reglemente_tool.model.citation import cite
from reglemente_tool.model.proposal import Proposal, Suggestion
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.reading.wording.head import stated
from reglemente_tool.saying import day as said_day
from reglemente_tool.saying import spoken
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.front import facts as front_facts


def _latest(register: Register, name: str) -> Charter:
    id = charter_id(register, name)
    charter = latest_charters(register).get(id)
    if charter is None:
        raise misfit(f"Reglementet för {name} gäller inte längre.")
    return charter


def _edited(register: Register, read: ReadCharter, old: Charter, fil: str) -> Charter:
    """Return what was read as the new text of `old`. Raises NotPossible when the file is the charter of another committee."""
    for other in latest_charters(register).values():
        if other.id != old.id and other.title == read.title:
            raise misfit(
                f"{Path(fil).name} är ”{other.title}”, inte ”{old.title}”.",
                f"Ange rätt nämnd eller rätt fil. Nämnden i filen anges som {other.id}.",
            )
    return Charter(old.id, read.title or old.title, old.committee, read.body, old.facts)


# ------------------------------------------------------------------------------------------------------------ utforma


@command("utforma")
@click.argument("namnd", metavar="NÄMND")
@click.argument("fil", metavar="FIL")
@click.option("--form", "form", type=OneOf("kommunal", "dels"), default="kommunal", help="Att-sats på varje rad, eller dels … dels.")
@click.option("--galler-fran", "galler_fran", type=DAY, metavar="DATUM", help="Dagen då ändringarna ska börja gälla.")
@click.option("--ut", type=click.Path(path_type=Path, file_okay=False), metavar="MAPP", help="Mapp att lägga beslutstexten i.")
@click.option("--par", "par", type=click.Path(path_type=Path), metavar="FIL", help="Parfil från matcha, om du vill säga vad som är samma.")
@click.option("--behall-form", "keep", is_flag=True, help="Låt listtecken och uppställning vara som i reglementet; bara orden jämförs.")
def utforma(
    namnd: str, fil: str, form: str, galler_fran: date | None, ut: Path | None, par: Path | None, keep: bool, mapp: Path | None,
    som_json: bool,
) -> int:  # fmt: skip
    """Gör ett beslut av en redigerad text: att-satserna som ändrar reglementet till det som står i FIL.

    Ta ut texten med visa --som text --ut, ändra i den och ge den här. Blir ett förslag som du granskar med prova.

    \b
    Exempel: reglemente utforma valnämnden valnamnden.txt --galler-fran 2027-01-01
    """
    register = opened(mapp)
    old = _latest(register, namnd)
    read = charter_in(fil)
    edited = _edited(register, read, old, fil)
    told = read_pairs(_pairs_text(par), old, edited) if par else ()
    edited = carried(old, edited, match(old, edited, told))
    problems = [*map(_as_proposed, read.problems), *_head_problems(register, old, read), *([] if keep else form_problems(old, edited))]
    made_draft = draft(old, kept(old, edited))
    problems += made_draft.problems
    text, proposal = "", None
    if not any(p.level is Level.FEL for p in problems) and made_draft.amendments:
        start = f"den {said_day(galler_fran)}" if galler_fran else ""
        committee = register.municipality.committee(old.committee)
        about = spoken(old.title, committee.name if committee else "")
        text = decision_text(made_draft.amendments, about, form=Form(form), start=start)
        standing = Standing(register.municipality, tuple(latest_charters(register).values()))
        proposal = with_answers(propose(text, standing=standing, answers=_KNOWN), _KNOWN)
        problems += _unlike(proposal, made_draft)
    stops = any(p.level is Level.FEL for p in problems)
    written = _written(text, proposal, ut) if proposal is not None and not stops and ut else None
    if proposal is not None and not stops:
        register.save_draft(proposal)
    data = {
        "reglemente": old.id,
        "rubrik": old.title,
        "form": form,
        "andringar": [_amendment(a) for a in made_draft.amendments],
        "text": text if not stops else None,
        "forslag": proposal.id if proposal is not None and not stops else None,
        "fil": str(written) if written else None,
        "problem": [problem_data(p) for p in problems],
    }
    if answer(som_json, "utforma", data):
        return int(stops)
    _tell(old, made_draft, text, problems, stops, proposal, written)
    return int(stops)


_KNOWN = {"FORTSATTER": "nej"}
"""What has only moved is said as moved; so nothing else that comes in continues what goes out."""


def _as_proposed(problem: Problem) -> Problem:
    """Tracked changes are what is proposed here, and not something that has slipped in."""
    if problem.code != "SPARADE-ANDRINGAR":
        return problem
    return replace(problem, hint="De blir förslaget. Det som inte ska föreslås avvisar du i Word först.")


def _amendment(amendment: Any) -> dict[str, Any]:
    return {"typ": amendment.tag, "mal": amendment.target.code, **amendment_data(amendment), "beskrivning": amendment.describe()}


def _pairs_text(path: Path) -> str:
    if not path.is_file():
        raise misfit(f"Filen {path} finns inte.", "Gör den med reglemente matcha.")
    return source_text(str(path))


_OF_A_DRAFT = ("Nuvarande lydelse gäller", "Utkastet gäller")
"""Header lines that a redline of a draft has and a charter has not."""


def _head_problems(register: Register, old: Charter, read: ReadCharter) -> list[Problem]:
    """What is changed above the first §: no att-sats can say it, so it is told."""
    hint = "Ändra tillbaka raden, eller låt fullmäktige anta hela reglementet på nytt."
    found = []
    try:
        printed = front_facts(register.history, old.id, in_force=today())
    except NotInForce:
        printed = old.facts
    here, there = dict(read.facts), dict(old.facts)
    for key in dict.fromkeys((*there, *here)):
        if here.get(key) == dict(printed).get(key, there.get(key)):
            continue
        if key.startswith(_OF_A_DRAFT):
            continue
        if key in there and key not in here and not here:
            # A document without any header leaves out what it does not show.
            continue
        level = Level.VARNING if stated(key) else Level.FEL
        why = "Raden räknas fram ur besluten." if stated(key) else hint
        message = f"Raden ”{key}” i huvudet är inte som i reglementet; det går inte att säga som en ändring."
        found.append(Problem("UTFORMNING", message, level=level, hint=why))
    newest = latest_charters(register).get(old.id)
    try:
        now = version_on(register.history, old.id, in_force=today()).charter
    except NotInForce:
        now = None
    if newest is not None and now is not None and shapes(now) != shapes(newest):
        found.append(
            Problem(
                "VERSION",
                "Texten som gäller i dag är inte den senast beslutade. Filen jämförs med den senast beslutade.",
                level=Level.VARNING,
                hint="Det finns beslut som ännu inte är i kraft, eller en tillfällig ändring.",
            )
        )
    return found


def _unlike(proposal: Proposal, wanted: Draft) -> list[Problem]:
    """The att-satser are read as any decision is; what they do must be what the edit did, else they are not given out."""
    found = [
        Problem("OLAST", f"Att-satsen går inte att läsa tillbaka: {' '.join(proposal.clause(n).text.split())[:200]}", hint=_BY_HAND)
        for n in proposal.unread
    ]
    found += [p for p in proposal.problems if p.level is Level.FEL]
    result = made(wanted.before, tuple(s.amendment for s in proposal.suggestions))
    alone = all(s.charter == wanted.before.id for s in proposal.suggestions)
    if not found and (result is None or not alone or shapes(result) != shapes(wanted.after)):
        found.append(Problem("UTFORMNING", "Att-satserna skulle inte läsas som ändringarna i filen.", hint=_BY_HAND))
    return found


_BY_HAND = "Dela upp ändringen i flera filer, eller låt fullmäktige anta hela reglementet på nytt: reglemente matcha."


def _written(text: str, proposal: Proposal, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{proposal.id}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _tell(
    old: Charter, wanted: Draft, text: str, problems: list[Problem], stops: bool, proposal: Proposal | None, written: Path | None
) -> None:
    say(old.title)
    show_problems(problems, under="Går inte att göra till ett beslut" if stops else "Att se på")
    if stops:
        click.echo()
        say("Inget förslag är sparat. Registret är inte ändrat.")
        return
    if proposal is None:
        click.echo()
        say("Texten är densamma som reglementet. Det finns inget att besluta.")
        return
    heading("Beslutet")
    for line in text.rstrip("\n").split("\n"):
        say(line, indent=2)
    click.echo()
    count = len(wanted.amendments)
    say(f"{count} {'ändring' if count == 1 else 'ändringar'}. Sparat som förslaget {proposal.id}. Registret är inte ändrat.")
    if written:
        say(f"Beslutstexten ligger i {written}.")
    say(f"Se hur texten blir:  reglemente prova {proposal.id}")


# ------------------------------------------------------------------------------------------------------------- matcha


@command("matcha")
@click.argument("namnd", metavar="NÄMND")
@click.argument("fil", metavar="FIL")
@click.option("--par", "par", type=click.Path(path_type=Path), metavar="FIL", help="Filen med par. Annars FIL med ändelsen .par.txt.")
@click.option("--alla", "every", is_flag=True, help="Visa även det som är oförändrat.")
@click.option("--anta", "adopt", is_flag=True, help="Gör ett förslag om att hela texten antas, med paren i parfilen.")
@click.option("--beslutat", type=DAY, metavar="DATUM", help="Dagen då fullmäktige antog reglementet på nytt.")
@click.option("--paragraf", metavar="NR", help="Fullmäktiges paragraf, till exempel 147.")
@click.option("--galler-fran", "galler_fran", type=DAY, metavar="DATUM", help="Dagen då den nya texten börjar gälla.")
@click.option("--dnr", metavar="NUMMER", help="Ärendets diarienummer.")
def matcha(
    namnd: str, fil: str, par: Path | None, every: bool, adopt: bool, beslutat: date | None, paragraf: str | None,
    galler_fran: date | None, dnr: str | None, mapp: Path | None, som_json: bool,
) -> int:  # fmt: skip
    """Visa vad som blev av varje bestämmelse när ett reglemente antas på nytt i sin helhet.

    Paren skrivs i en textfil bredvid FIL, som du rättar; nästa gång läses den. Med --anta blir den nya texten ett
    förslag, där varje bestämmelse behåller den historik som paren säger.

    \b
    Exempel: reglemente matcha valnämnden nytt-reglemente.txt
             reglemente matcha valnämnden nytt-reglemente.txt --anta
    """
    register = opened(mapp)
    old = _latest(register, namnd)
    read = charter_in(fil)
    new = _edited(register, read, old, fil)
    place = par or Path(fil).with_suffix(".par.txt")
    known = place.is_file()
    told = read_pairs(_pairs_text(place), old, new) if known else ()
    pairings = match(old, new, told)
    if adopt and not known:
        raise misfit("Ingen har sett igenom paren än.", f"Kör reglemente matcha {namnd} {fil} utan --anta först, och läs {place.name}.")
    if not known:
        place.write_text(pair_lines(pairings, old.title, Path(fil).name), encoding="utf-8")
    explained = draft(old, carried(old, new, pairings))
    given = Adopted(beslutat, paragraf or "", galler_fran, dnr or "")
    proposal = _adoption(register, old, carried(old, new, pairings, fresh=True), read, given) if adopt else None
    if proposal is not None:
        register.save_draft(proposal)
    stops = any(p.level is Level.FEL for p in read.problems)
    data = {
        "reglemente": old.id,
        "rubrik": read.title,
        "par": [_pair_data(p) for p in pairings],
        "parfil": str(place),
        "bekraftade": len(told),
        "andringar": None if explained.problems else [_amendment(a) for a in explained.amendments],
        "forslag": proposal.id if proposal else None,
        "problem": [problem_data(p) for p in read.problems],
    }
    if answer(som_json, "matcha", data):
        return int(stops)
    _tell_pairs(pairings, read, every)
    show_problems(read.problems)
    click.echo()
    if proposal is not None:
        say(f"Sparat som förslaget {proposal.id}. Registret är inte ändrat.")
        say(f"Se hur texten blir:  reglemente prova {proposal.id}")
    elif known:
        say(f"{len(told)} par är lästa ur {place}. Stämmer allt, så kör kommandot igen med --anta.")
    else:
        say(f"Paren är skrivna i {place}. Rätta det som inte stämmer, spara, och kör kommandot igen med --anta.")
    return int(stops)


def _adoption(register: Register, old: Charter, new: Charter, read: ReadCharter, said: Adopted) -> Proposal:
    """Return the draft decision by which `new` is adopted in the place of `old`; its provisions keep the identities they carry."""
    facts = tuple((k, v) for k, v in read.facts if not stated(k))
    adopt = Adopt(title=new.title, committee=old.committee, facts=facts, body=new.body)
    suggestions = [Suggestion(0, CharterId(old.id), adopt, "matcha")]
    return adoption(register, new.title, suggestions, said, otherwise=f"antas-{old.id}", problems=read.problems, anew=" på nytt")


def _pair_data(p: Pairing) -> dict[str, Any]:
    return {
        "gamla": [one.address.code for one in p.olds],
        "nya": [one.address.code for one in p.news],
        "slag": p.kind.value,
        "vad": [fate.value for fate in p.fates],
        "sakerhet": p.certainty,
        "skal": p.reason,
    }


def _tell_pairs(pairings: tuple[Pairing, ...], read: ReadCharter, every: bool) -> None:
    say(read.title)
    alone = {id(child) for p in pairings if p.fates[0] in (Fate.NEW, Fate.GONE) for one in (*p.olds, *p.news) for child in _below(one)}
    heading("Vad som blev av bestämmelserna")
    for p in pairings:
        if any(id(one) in alone for one in (*p.olds, *p.news)) or (p.fates == (Fate.SAME,) and not every):
            continue
        fates = f"{', '.join(fate.value for fate in p.fates)} ({round(100 * p.certainty)} % säkert, {p.reason})"
        # Two columns where there is room, else the fate on a line of its own.
        pair = said(p) if p.olds and p.news else cite((p.news or p.olds)[0].address)
        say(f"{pair:<24} {fates}" if len(pair) <= 24 else pair, indent=2, hanging=25)
        if len(pair) > 24:
            say(fates, indent=27)
    same = sum(1 for p in pairings if p.fates == (Fate.SAME,))
    click.echo()
    few = {0: "Ingen bestämmelse är oförändrad.", 1: "En bestämmelse är oförändrad."}
    unchanged = few.get(same, f"{same} bestämmelser är oförändrade.")
    say(unchanged + (" Visa dem med --alla." if same > 1 and not every else ""))


def _below(one: Placed) -> Iterator[Placed]:
    for child in one.children:
        yield child
        yield from _below(child)
