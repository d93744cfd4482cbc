"""ny, importera: a register, and the charters it begins with."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from reglemente_tool.cli.adopting import committee_in, dated, imported
from reglemente_tool.cli.deciding.decide import enact
from reglemente_tool.cli.files import charter_of, source
from reglemente_tool.cli.importing.exchanged import is_exchanged, read_exchanged
from reglemente_tool.cli.importing.imports import contents_said, told, write_text_form
from reglemente_tool.cli.output import answer, misfit, say, working
from reglemente_tool.cli.register import ask, at_terminal, now, opened
from reglemente_tool.cli.swedish import DAY, WORDS, command
from reglemente_tool.errors import Level, ReglementeError
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.model.history import Municipality
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Proposal, decision_of
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
        from reglemente_tool.cli.importing.folder import import_folder

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
        return told(read, None, None, som_json, namnd, granska)
    try:
        register = register or opened(mapp)
        proposal = imported(register, read, namnd or committee_in(read.title), abbreviations, given)
    except ReglementeError as error:
        if not som_json:
            raise
        # The reading is worth having although nothing can be saved.
        return told(replace(read, problems=(error.problem(), *read.problems)), None, None, som_json, namnd, granska) and error.exit_code
    if at_terminal() and not som_json:
        proposal = _ask_for_dates(proposal)
    stops = bool(proposal.blocking) or any(p.level is Level.FEL for p in proposal.problems)
    done = None
    if bekraftad_av and not stops:
        done = enact(register, decision_of(proposal, bekraftad_av), proposal)
    else:
        register.save_draft(proposal)
        _replaced(register, proposal)
    return told(read, proposal, done, som_json, namnd, granska)


def _replaced(register: Register, proposal: Proposal) -> None:
    """Take away the draft of the same charter that had no day of adoption: this one, which has, stands for it."""
    undated = DecisionId(f"import-{slug(dict(proposal.answers)['NAMND'])}")
    if undated != proposal.id:
        register.remove_draft(undated)


def _write_proof(into: str, fil: str, found: str | Document, read: ReadCharter, original: str | None) -> None:
    """Write the proof of `read`, which was read from the file `fil`, or is what a person has made of the document `original`."""
    from reglemente_tool.cli.importing.proofs import proof_page, write_proof

    if fil == "-" and not original:
        raise misfit("En granskningssida behöver en fil.", "Spara texten i en fil först.")
    if original:
        there = source(original)
        made = proof_page(original, there, read, contents_said(read), charter_of(there))
    else:
        made = proof_page(fil, found, read, contents_said(read))
    write_proof(Path(into), made)


def _ask_for_dates(proposal: Proposal) -> Proposal:
    given = {q.code: ask(q.text, date.fromisoformat) for q in proposal.blocking}
    return dated(proposal, given) if given else proposal
