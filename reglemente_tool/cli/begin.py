"""ny, importera: a register, and the charters it begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.cli.decide import enact, latest_charters
from reglemente_tool.cli.exchanged import is_exchanged, read_exchanged
from reglemente_tool.cli.files import source_text
from reglemente_tool.cli.output import answer, misfit, problem_data, say, show_problem, table
from reglemente_tool.cli.register import ask, at_terminal, now, opened
from reglemente_tool.cli.swedish import DAY, command
from reglemente_tool.errors import Level, Problem
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId, walk
from reglemente_tool.model.history import Committee, Municipality
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Proposal, Question, Suggestion, decision_id, decision_of
from reglemente_tool.reading.dates import days
from reglemente_tool.reading.wording import ReadCharter, read_charter
from reglemente_tool.storage.library import Register


@command("ny")
@click.argument("mapp_att_skapa", metavar="MAPP", type=click.Path(path_type=Path))
@click.option("--kommun", required=True, metavar="NAMN", help="Kommunens namn, till exempel Vänersborgs kommun.")
@click.option("--kod", required=True, metavar="NNNN", help="Kommunkoden, fyra siffror.")
def ny(mapp_att_skapa: Path, kommun: str, kod: str, mapp: Path | None, som_json: bool) -> int:
    """Skapa ett tomt register i MAPP.

    Exempel: reglemente ny reglementen --kommun "Norrboda kommun" --kod 9999
    """
    if not re.fullmatch(r"\d{4}", kod):
        raise misfit(f"{kod} är ingen kommunkod.", "Kommunkoden är fyra siffror, till exempel 1487.")
    register = Register.create(mapp_att_skapa, Municipality(name=kommun, code=kod), now=now())
    if not answer(som_json, "ny", {"mapp": str(register.folder), "kommun": kommun, "kod": kod}):
        say(f"Registret för {kommun} är skapat i {mapp_att_skapa}.")
        say("Nästa steg: reglemente importera FIL --namnd NAMN")
    return 0


@command("importera")
@click.argument("fil", metavar="FIL")
@click.option("--namnd", required=True, metavar="NAMN", help="Nämnden som reglementet gäller, till exempel socialnämnden.")
@click.option("--forkortning", "abbreviations", multiple=True, metavar="KORT", help="Nämndens förkortning, till exempel SN.")
@click.option("--beslutat", type=DAY, metavar="DATUM", help="Dagen då fullmäktige antog reglementet.")
@click.option("--paragraf", metavar="NR", help="Fullmäktiges paragraf, till exempel 147.")
@click.option("--galler-fran", "galler_fran", type=DAY, metavar="DATUM", help="Dagen då reglementet började gälla.")
@click.option("--dnr", metavar="NUMMER", help="Ärendets diarienummer.")
@click.option("--bekraftad-av", "bekraftad_av", metavar="ROLL", help="Vem som har läst igenom texten. Då förs den in genast.")
def importera(
    fil: str,
    namnd: str,
    abbreviations: tuple[str, ...],
    beslutat: date | None,
    paragraf: str | None,
    galler_fran: date | None,
    dnr: str | None,
    bekraftad_av: str | None,
    mapp: Path | None,
    som_json: bool,
) -> int:
    """Läs in ett reglemente från en textfil, eller från en fil i Akoma Ntoso (.xml, .akn).

    Blir ett förslag som du granskar med prova och för in med infor. Med --bekraftad-av förs det in genast. Vad som
    står i dokumentets huvud (antaget, gäller från, dnr) behöver inte anges.

    Exempel: reglemente importera socialnamnden.txt --namnd socialnämnden --bekraftad-av kommunjurist
    """
    register = opened(mapp)
    read = read_exchanged(register, fil) if is_exchanged(fil) else read_charter(source_text(fil))
    given = {"beslutat": beslutat, "galler_fran": galler_fran, "paragraf": paragraf, "dnr": dnr}
    proposal = imported(register, read, namnd, abbreviations, given)
    if at_terminal() and not som_json:
        proposal = _ask_for_dates(proposal)
    stops = bool(proposal.blocking) or any(p.level is Level.FEL for p in proposal.problems)
    enacted = bool(bekraftad_av) and not stops
    if bekraftad_av and enacted:
        enact(register, decision_of(proposal, bekraftad_av), proposal)
    else:
        register.save_draft(proposal)
    data = {
        "forslag": None if enacted else proposal.id,
        "beslut": proposal.id if enacted else None,
        "infort": enacted,
        "reglemente": slug(namnd),
        "rubrik": read.title,
        "fakta": dict(read.facts),
        "antal": _counts(read),
        "fragor": [{"kod": q.code, "text": q.text} for q in proposal.questions],
        "problem": [problem_data(p) for p in proposal.problems],
    }
    if answer(som_json, "importera", data):
        return int(stops)
    _tell(read, proposal, enacted)
    return int(stops)


def imported(
    register: Register, read: ReadCharter, committee: str, abbreviations: tuple[str, ...], given: Mapping[str, object]
) -> Proposal:
    """Return the draft decision by which `read` is adopted for `committee`; what neither header nor options say is asked for."""
    id = slug(committee)
    if not id:
        raise misfit(f"{committee} är inget namn på en nämnd.")
    facts = dict(read.facts)
    adopted = next((facts[k] for k in facts if k.lower().startswith(("antag", "fastställ"))), "")
    decided = given["beslutat"] or _first_day(adopted)
    section = given["paragraf"] or (m[1] if (m := re.search(r"§\s*(\d+)", adopted)) else "")
    start = given["galler_fran"] or _first_day(next((facts[k] for k in facts if k.lower().startswith("gäller fr")), ""))
    case = given["dnr"] or next((facts[k] for k in facts if k.lower().startswith(("dnr", "diarienummer"))), "")
    questions = []
    if not isinstance(decided, date):
        decided = None
        questions.append(Question("BESLUTSDATUM", "Vilken dag antog fullmäktige reglementet?"))
    if not isinstance(start, date):
        start = None
        questions.append(Question("IKRAFT", "Från vilken dag gäller det?"))
    kept = tuple((k, v) for k, v in read.facts if not _derived(k))
    adopt = Adopt(title=read.title, committee=CommitteeId(id), facts=kept, body=read.body)
    name = decision_id(decided, str(section)) if decided else DecisionId(f"import-{id}")
    _refuse_second_adoption(register, name, id)
    return Proposal(
        id=name,
        body="kommunfullmäktige",
        decided_on=decided,
        section=str(section),
        case_number=str(case),
        title=read.title,
        in_force_from=start,
        suggestions=(Suggestion(0, CharterId(id), adopt, "import"),),
        questions=tuple(questions),
        problems=read.problems,
        answers=(("NAMND", committee), *((("KORT", ", ".join(abbreviations)),) if abbreviations else ())),
    )


def _first_day(text: str) -> date | None:
    return next((found for _, _, found in days(text)), None)


_DERIVED = ("antag", "fastställ", "gäller fr", "dnr", "diarienummer", "senast revider", "reviderat", "kommun", "lydelse")


def _derived(key: str) -> bool:
    """True for header lines that the history itself tells, so that they can never disagree with it."""
    return key.lower().startswith(_DERIVED)


def _refuse_second_adoption(register: Register, name: str, id: str) -> None:
    if CharterId(id) in latest_charters(register):
        raise misfit(
            "Nämnden har redan ett reglemente i registret.",
            "Har fullmäktige antagit ett helt nytt, så läs in beslutet om det med reglemente las.",
        )
    if any(event.id == name for event in register.history.events):
        raise misfit(f"Beslutet {name} finns redan i registret.", "Kontrollera datum och paragraf: --beslutat, --paragraf.")


def new_committees(register: Register, proposal: Proposal) -> tuple[Committee, ...]:
    """Return the committees that `proposal` brings into the register."""
    answers = dict(proposal.answers)
    found = []
    for suggestion in proposal.suggestions:
        if isinstance(suggestion.amendment, Adopt) and register.municipality.committee(suggestion.amendment.committee) is None:
            name = answers.get("NAMND", suggestion.amendment.title.removeprefix("Reglemente för ").strip())
            short = tuple(part.strip() for part in answers.get("KORT", "").split(",") if part.strip())
            found.append(Committee(id=suggestion.amendment.committee, name=name, abbreviations=short))
    return tuple(found)


def _ask_for_dates(proposal: Proposal) -> Proposal:
    from reglemente_tool.cli.decide import _dated

    given = {q.code: ask(q.text, date.fromisoformat) for q in proposal.blocking}
    return _dated(proposal, given) if given else proposal


def _counts(read: ReadCharter) -> dict[str, int]:
    counts: dict[str, int] = {}
    for provision in walk(read.body):
        counts[provision.kind.value] = counts.get(provision.kind.value, 0) + 1
    return counts


_PLURAL = {"paragraf": "paragrafer", "stycke": "stycken", "punkt": "punkter", "bokstav": "bokstäver", "strecksats": "strecksatser",
           "tabell": "tabeller", "rad": "rader", "bilaga": "bilagor"}  # fmt: skip


def _tell(read: ReadCharter, proposal: Proposal, enacted: bool) -> None:
    say(read.title)
    start = proposal.in_force_from
    table(
        [
            ("Antaget", f"{proposal.decided_on or 'okänt'}" + (f", § {proposal.section}" if proposal.section else "")),
            ("Gäller från", str(start or "okänt")),
            ("Dnr", proposal.case_number or "anges inte"),
            ("Innehåll", ", ".join(f"{n} {_PLURAL.get(kind, kind) if n > 1 else kind}" for kind, n in _counts(read).items())),
        ]
    )
    problems = [*proposal.problems, *(Problem(q.code, q.text, level=Level.FRAGA) for q in proposal.questions)]
    for problem in problems:
        show_problem(problem)
    click.echo()
    if enacted:
        say("Reglementet är infört.")
    else:
        say(f"Sparat som förslaget {proposal.id}. Registret är inte ändrat.")
        say(f"För in det:  reglemente infor {proposal.id} --bekraftad-av ROLL")
