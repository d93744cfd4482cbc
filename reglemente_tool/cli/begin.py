"""ny, importera: a register, and the charters it begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.cli.adopting import Adopted, adoption, named
from reglemente_tool.cli.decide import enact, latest_charters
from reglemente_tool.cli.exchanged import is_exchanged, read_exchanged
from reglemente_tool.cli.files import charter_of, source
from reglemente_tool.cli.output import answer, heading, misfit, problem_data, say, show_problem, table, working
from reglemente_tool.cli.register import ask, at_terminal, now, opened
from reglemente_tool.cli.swedish import DAY, WORDS, command
from reglemente_tool.errors import Level, Problem, ReglementeError
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId, walk
from reglemente_tool.model.history import Committee, Municipality
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Proposal, Suggestion, decision_of
from reglemente_tool.reading.dates import days
from reglemente_tool.reading.document import Document
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.storage.library import Register


@command("ny", here=False)
@click.argument("mapp_att_skapa", metavar="MAPP", type=click.Path(path_type=Path))
@click.option("--kommun", type=WORDS, required=True, metavar="NAMN", help="Kommunens namn, till exempel Vänersborgs kommun.")
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
@click.option("--namnd", metavar="NAMN", help="Nämnden som reglementet gäller. Annars läses den i titeln.")
@click.option("--forkortning", "abbreviations", multiple=True, metavar="KORT", help="Nämndens förkortning, till exempel SN.")
@click.option("--beslutat", type=DAY, metavar="DATUM", help="Dagen då fullmäktige antog reglementet.")
@click.option("--paragraf", metavar="NR", help="Fullmäktiges paragraf, till exempel 147.")
@click.option("--galler-fran", "galler_fran", type=DAY, metavar="DATUM", help="Dagen då reglementet började gälla.")
@click.option("--dnr", metavar="NUMMER", help="Ärendets diarienummer.")
@click.option("--bekraftad-av", "bekraftad_av", type=WORDS, metavar="ROLL", help="Vem som har läst igenom texten. Då förs den in genast.")
@click.option("--text-ut", "text_ut", metavar="FIL", help="Skriv texten som den lästes, för att rätta den och läsa in den igen.")
@click.option("--granska", "granska", metavar="FIL", help="Skriv en sida (.html) med original och text sida vid sida. För en mapp: mapp.")
@click.option("--original", "original", metavar="FIL", help="Dokumentet som FIL är en rättad text av. Visas bredvid med --granska.")
@click.option("--torrkor", is_flag=True, help="Läs och visa, men spara inget förslag. Behöver inget register.")
def importera(
    fil: str,
    namnd: str | None,
    abbreviations: tuple[str, ...],
    beslutat: date | None,
    paragraf: str | None,
    galler_fran: date | None,
    dnr: str | None,
    bekraftad_av: str | None,
    text_ut: str | None,
    granska: str | None,
    original: str | None,
    torrkor: bool,
    mapp: Path | None,
    som_json: bool,
) -> int:
    """Läs in ett reglemente från Word (.docx), PDF, webbsida, Markdown, text eller Akoma Ntoso (.xml, .akn).

    Blir ett förslag som du granskar med prova och för in med infor. Med --bekraftad-av förs det in genast. Vad som
    står i dokumentets huvud (antaget, gäller från, dnr) behöver inte anges. Är FIL en mapp läses alla dokument i den.

    \b
    Exempel: reglemente importera socialnamnden.docx --text-ut socialnamnden.txt
             reglemente importera gamla-reglementen --text-ut texter
             reglemente importera socialnamnden.pdf --granska sida.html
    """
    given = {"beslutat": beslutat, "galler_fran": galler_fran, "paragraf": paragraf, "dnr": dnr}
    if Path(fil).is_dir():
        from reglemente_tool.cli.folder import import_folder

        if namnd or abbreviations or bekraftad_av or original or any(given.values()):
            only = "För en mapp kan bara --text-ut, --granska, --torrkor, --register och --json anges."
            raise misfit(only, "Läs in filerna en och en för resten.")
        return import_folder(None if torrkor else opened(mapp), Path(fil), text_ut, granska, som_json)
    if original and not granska:
        raise misfit("--original visas bara på en granskningssida.", "Lägg till --granska FIL.html.")
    exchanged = is_exchanged(fil)
    if exchanged and (torrkor or text_ut or granska):
        raise misfit("En fil i Akoma Ntoso har ingen textform.", "Läs in den utan --torrkor, --text-ut och --granska.")
    register = opened(mapp) if exchanged or not (torrkor or som_json) else None
    with working(f"Läser {fil}"):
        if register is not None and exchanged:
            read = read_exchanged(register, fil)
        else:
            found = source(fil)
            read = charter_of(found)
            if granska:
                _write_proof(granska, fil, found, read, original)
    if text_ut and Path(text_ut).suffix.lower() in (".docx", ".pdf"):
        raise misfit(f"{Path(text_ut).name} slutar inte på .txt.", "Texten skrivs som en textfil. Ge den ett namn som slutar på .txt.")
    if text_ut:
        write_text_form(read, Path(text_ut), Path(fil))
    if torrkor:
        return _told(read, None, False, som_json, namnd, granska)
    try:
        register = register or opened(mapp)
        proposal = imported(register, read, namnd or committee_in(read.title), abbreviations, given)
    except ReglementeError as error:
        if not som_json:
            raise
        # The reading is worth having although nothing can be saved.
        return _told(replace(read, problems=(error.problem(), *read.problems)), None, False, som_json, namnd, granska) and error.exit_code
    if at_terminal() and not som_json:
        proposal = _ask_for_dates(proposal)
    stops = bool(proposal.blocking) or any(p.level is Level.FEL for p in proposal.problems)
    enacted = bool(bekraftad_av) and not stops
    if bekraftad_av and enacted:
        enact(register, decision_of(proposal, bekraftad_av), proposal)
    else:
        register.save_draft(proposal)
        _replaced(register, proposal)
    return _told(read, proposal, enacted, som_json, namnd, granska)


def _replaced(register: Register, proposal: Proposal) -> None:
    """Take away the draft of the same charter that had no day of adoption: this one, which has, stands for it."""
    undated = DecisionId(f"import-{slug(dict(proposal.answers)['NAMND'])}")
    if undated != proposal.id:
        register.remove_draft(undated)


def committee_in(title: str) -> str:
    """Return the committee that a title names: "Reglemente för hamnnämnden i Norrboda kommun" names hamnnämnden. Raises NotPossible."""
    match = _TITLE.fullmatch(title.strip()) or _TITLE_LAST.fullmatch(title.strip())
    if match is None:
        raise misfit(f"Titeln ”{title}” säger inte vilken nämnd det gäller.", "Ange den med --namnd NAMN.")
    name = match["name"].strip()
    return name.lower() if name.isupper() else name[:1].lower() + name[1:]


_TITLE = re.compile(
    r"(?i)(?:\w*reglemente|arbetsordning|instruktion|bestämmelser)\s+för\s+(?:den\s+)?(?P<name>.+?)"
    r"(?:\s+i\s+[^\s]+(?:\s+stad)?(?:\s+kommun)?)?"
)
_TITLE_LAST = re.compile(r"(?i)(?P<name>\S*(?:nämnd|styrelse|utskott|fullmäktig)\w*?)s?\s*(?:[-–,]\s*)?(?:reglemente|arbetsordning)")


def write_text_form(read: ReadCharter, into: Path, source: Path) -> None:
    """Write the text form of what was read. Raises NotPossible when the file is there already: it may hold someone's corrections."""
    if into.exists():
        raise misfit(f"Filen {into} finns redan.", "Ta bort den, eller ange ett annat namn efter --text-ut.")
    if not into.parent.is_dir():
        raise misfit(f"Mappen {into.parent} finns inte.", "Skapa den först.")
    into.write_text(read.text, encoding="utf-8", newline="\n")


def _write_proof(into: str, fil: str, found: str | Document, read: ReadCharter, original: str | None) -> None:
    """Write the proof of `read`, which was read from the file `fil`, or is what a person has made of the document `original`."""
    from reglemente_tool.cli.proofs import proof_page, write_proof

    if fil == "-" and not original:
        raise misfit("En granskningssida behöver en fil.", "Spara texten i en fil först.")
    if original:
        there = source(original)
        made = proof_page(original, there, read, contents_said(read), charter_of(there))
    else:
        made = proof_page(fil, found, read, contents_said(read))
    write_proof(Path(into), made)


def _told(
    read: ReadCharter, proposal: Proposal | None, enacted: bool, som_json: bool, namnd: str | None, granska: str | None
) -> int:
    """Answer with what was read and what became of it; return the exit code."""
    problems = proposal.problems if proposal is not None else read.problems
    stops = any(p.level is Level.FEL for p in problems) or (proposal is not None and bool(proposal.blocking))
    data = {
        "forslag": proposal.id if proposal is not None and not enacted else None,
        "beslut": proposal.id if proposal is not None and enacted else None,
        "infort": enacted,
        "reglemente": slug(dict(proposal.answers)["NAMND"]) if proposal is not None else slug(namnd or "") or None,
        "rubrik": read.title,
        "fakta": dict(read.facts),
        "antal": _counts(read),
        "fragor": [{"kod": q.code, "text": q.text} for q in (proposal.questions if proposal is not None else ())],
        "problem": [problem_data(p) for p in problems],
        "block": block_data(read),
        "granskningssida": granska,
        "utelamnat": [{"vad": one.what, "text": one.text, "sida": one.page or None} for one in read.left_out],
    }
    if not answer(som_json, "importera", data):
        _tell(read, proposal, enacted)
        if granska:
            say(f"Originalet och texten bredvid varandra: öppna {granska} i webbläsaren.")
    return int(stops)


def block_data(read: ReadCharter) -> list[dict[str, object]]:
    """Return the blocks of a reading as they stand in JSON."""
    return [
        {"niva": b.level, "nr": b.number, "markor": b.marker, "text": b.text, "sida": b.page or None, "tveksamt": list(b.doubts)}
        for b in read.blocks
    ]


def imported(
    register: Register, read: ReadCharter, committee: str, abbreviations: tuple[str, ...], given: Mapping[str, object]
) -> Proposal:
    """Return the draft decision by which `read` is adopted for `committee`; what neither header nor options say is asked for."""
    id = slug(committee)
    if not id:
        raise misfit(f"{committee} är inget namn på en nämnd.")
    facts = dict(read.facts)
    adopted = next((facts[k] for k in facts if k.lower().startswith(("antag", "fastställ", "beslutad", "beslutat", "beslutsdatum"))), "")
    decided = given["beslutat"] or _first_day(adopted)
    section = given["paragraf"] or (m[1] if (m := re.search(r"§\s*(\d+)", adopted)) else "")
    start = given["galler_fran"] or _first_day(next((facts[k] for k in facts if k.lower().startswith("gäller fr")), ""))
    case = given["dnr"] or next((facts[k] for k in facts if k.lower().startswith(("dnr", "diarienummer"))), "")
    days = [day if isinstance(day, date) else None for day in (decided, start)]
    kept = tuple((k, v) for k, v in read.facts if not stated(k))
    adopt = Adopt(title=read.title, committee=CommitteeId(id), facts=kept, body=read.body)
    if CharterId(id) in latest_charters(register):
        raise misfit(
            "Nämnden har redan ett reglemente i registret.",
            "Har fullmäktige antagit ett helt nytt, så läs in beslutet om det med reglemente las.",
        )
    said = Adopted(days[0], str(section), days[1], str(case))
    return adoption(
        register, read.title, [Suggestion(0, CharterId(id), adopt, "import")], said, otherwise=f"import-{id}", problems=read.problems,
        answers=named(committee, abbreviations), needs_section=False,
    )  # fmt: skip


def _first_day(text: str) -> date | None:
    return next((found for _, _, found in days(text)), None)


_DERIVED = (
    "antag", "fastställ", "beslutad", "beslutat", "beslutsdatum", "gäller fr", "dnr", "diarienummer", "senast revider", "reviderat",
    "kommun", "lydelse", "nuvarande lydelse gäller", "utkastet gäller",
)  # fmt: skip


def stated(key: str) -> bool:
    """True for header lines that the history itself tells, so that they can never disagree with it."""
    return key.lower().startswith(_DERIVED)


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


def contents_said(read: ReadCharter) -> tuple[tuple[str, str], ...]:
    """Return how much of each sort the text holds, as a line for a table."""
    return (("Innehåll", ", ".join(f"{n} {_PLURAL.get(kind, kind) if n > 1 else kind}" for kind, n in _counts(read).items())),)


def _tell(read: ReadCharter, proposal: Proposal | None, enacted: bool) -> None:
    say(read.title or "(utan titel)")
    facts = list(contents_said(read))
    if proposal is not None:
        day = f"{proposal.decided_on or 'okänt'}" + (f", § {proposal.section}" if proposal.section else "")
        start = str(proposal.in_force_from or "okänt")
        facts = [("Antaget", day), ("Gäller från", start), ("Dnr", proposal.case_number or "anges inte"), *facts]
    table(facts)
    questions = proposal.questions if proposal is not None else ()
    for problem in [*read.problems, *(Problem(q.code, q.text, level=Level.FRAGA) for q in questions)]:
        show_problem(problem)
    if read.left_out:
        heading("Inte med i texten")
        table((what, text) for what, text in _left_out(read))
    click.echo()
    if proposal is None:
        say("Inget är sparat.")
    elif enacted:
        say("Reglementet är infört.")
    else:
        say(f"Sparat som förslaget {proposal.id}. Registret är inte ändrat.")
        say(f"För in det:  reglemente infor {proposal.id} --bekraftad-av ROLL")


_LONGEST_SHOWN = 70


def _left_out(read: ReadCharter) -> list[tuple[str, str]]:
    """One line for each kind of what was left out: how much, and how it begins."""
    kinds: dict[str, list[str]] = {}
    for one in read.left_out:
        kinds.setdefault(one.what, []).append(" ".join(one.text.split()))
    shown = []
    for what, texts in kinds.items():
        first = texts[0] if len(texts[0]) <= _LONGEST_SHOWN else texts[0][:_LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
        shown.append((what, first + (f" (och {len(texts) - 1} till)" if len(texts) > 1 else "")))
    return shown
