"""las, prova, infor: from a decision's text to the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.adopting import dated, new_committees
from reglemente_tool.cli.deciding.asking import ask_for_missing, confirms, outdated, show_derived
from reglemente_tool.cli.deciding.assigned import assignments_data, counted
from reglemente_tool.cli.deciding.reading import reading_data, show_reading, suggestion_data, with_answers
from reglemente_tool.cli.deciding.trying import change_data, changed, collisions, show_change, show_times, times_data, tried
from reglemente_tool.cli.documents import Layout, redline_options, refuse_on_screen, show_page
from reglemente_tool.cli.files import charter_in, source_text
from reglemente_tool.cli.forms import format_options
from reglemente_tool.cli.importing.imports import show_left_out
from reglemente_tool.cli.output import answer, heading, misfit, problem_data, say, show_problems, working
from reglemente_tool.cli.register import SIGN, at_terminal, latest_charters, now, opened, title_of, yes
from reglemente_tool.cli.swedish import DAY, WORDS, AnswerType, command
from reglemente_tool.errors import CannotStore, Level, Problem, ReglementeError
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.model.history import Decision
from reglemente_tool.model.proposal import Proposal, decision_of, obstacles
from reglemente_tool.reading.annexes import with_annex
from reglemente_tool.reading.naming import titled
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.storage.entering import Enacted
from reglemente_tool.storage.library import Register

Answers = tuple[tuple[str, str], ...]

_DATES = {"BESLUTSDATUM", "IKRAFT", "PARAGRAF"}


def answers_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what a prompt could ask: --beslutat, --galler-fran, --svar."""
    more = "Svar på en fråga, till exempel PLACERING:2=3. Kan ges flera gånger."
    function = click.option("--svar", "svar", type=AnswerType(), multiple=True, metavar="KOD=VÄRDE", help=more)(function)
    start = "Dagen då ändringen börjar gälla; eller laga-kraft, beslutsdag."
    function = click.option("--galler-fran", "galler_fran", metavar="DATUM", help=start)(function)
    return click.option("--beslutat", type=DAY, metavar="DATUM", help="Dagen då fullmäktige beslutade.")(function)


def _answers(beslutat: date | None, galler_fran: str | None, svar: Answers) -> dict[str, str]:
    given = dict(svar)
    if beslutat is not None:
        given["BESLUTSDATUM"] = beslutat.isoformat()
    if galler_fran is not None:
        given["IKRAFT"] = galler_fran
    return given


@command("las")
@click.argument("fil", metavar="[FIL]", required=False)
@click.option("--bilaga", "annexes", multiple=True, metavar="FIL", help="Reglemente som antas enligt bilaga. Kan ges flera gånger.")
@click.option("--fraser", is_flag=True, help="Visa vilka formuleringar som kan läsas, med exempel.")
@answers_option
def las(
    fil: str | None,
    annexes: tuple[str, ...],
    fraser: bool,
    beslutat: date | None,
    galler_fran: str | None,
    svar: Answers,
    mapp: Path | None,
    som_json: bool,
) -> int:
    """Läs ett beslut och visa vad det ändrar. Registret ändras inte.

    FIL är ett protokollsutdrag. Skriv - för att klistra in texten i fönstret (avsluta med Ctrl+D, i Windows Ctrl+Z och
    Retur). Antar beslutet ett reglemente enligt bilaga, ange bilagan också (Word, PDF, webbsida, text). Läsningen sparas
    som ett förslag, som du sedan kan pröva med prova och föra in med infor.

    \b
    Exempel: reglemente las utdrag.txt --beslutat 2026-06-17
                 --galler-fran 2026-07-01
             reglemente las utdrag.txt --bilaga styrelsen.docx
             reglemente las --fraser
    """
    if fraser:
        return _list_phrases(som_json)
    if fil is None:
        raise click.UsageError("FIL saknas. Skriv namnet på filen, eller - för att klistra in texten.")
    register = opened(mapp)
    text = source_text(fil)
    if not text.strip():
        raise misfit("Texten är tom.", "Kontrollera att det är rätt fil, eller att texten följde med när du klistrade in den.")
    beside = [(Path(name).name, _annexed(name)) for name in annexes]
    for name, read in beside:
        text = with_annex(text, name, read.text)
    before = register.drafts
    with working("Läser beslutet"):
        proposal = read_into(register, text, _answers(beslutat, galler_fran, svar))
    standing = latest_charters(register)
    problems = obstacles(proposal)
    met = (*collisions(register, proposal), *(p for _, read in beside for p in read.problems if p not in proposal.problems))
    stops = bool(proposal.unread) or any(p.level is Level.FEL for p in (*proposal.problems, *met))
    shown = replace(proposal, problems=(*proposal.problems, *met))
    saved = proposal.id if proposal.is_decision else None
    if answer(som_json, "las", {**reading_data(shown, standing), "forslag": saved, "klart": not problems and not stops}):
        return int(stops)
    show_reading(shown, standing)
    for name, read in beside:
        show_left_out(read, f"Inte med i texten ur {name}")
    click.echo()
    if gone := [id for id in before if id not in register.drafts]:
        say(f"Den tidigare läsningen av samma text, utan dagar, är borttagen: {', '.join(gone)}.")
    if proposal.is_decision and (proposal.suggestions or proposal.revocations):
        say(f"Läsningen är sparad som förslaget {proposal.id}. Registret är inte ändrat.")
        say(f"Se hur texten blir:  reglemente prova {proposal.id}")
    elif proposal.enactable and not stops and all(q.code in _DATES for q in proposal.blocking):
        say(f"Beslutet ändrar inget reglemente, men ger {counted(proposal.assignments)}. Läsningen är sparad som {proposal.id}.")
        if not problems:
            say(f"För in det, så att det syns i svaren:  reglemente infor {proposal.id} --bekraftad-av ROLL")
    elif proposal.is_decision and proposal.blocking:
        say("Det som beslutet ändrar visar sig när frågorna ovan är besvarade. Läs beslutet igen med svaren. Registret är inte ändrat.")
    elif not proposal.is_decision:
        say("Det finns inget att föra in, och inget förslag är sparat.")
    elif not stops:
        say("Beslutet ändrar inget reglemente. Det finns inget att föra in.")
    if stops:
        say("Det går inte att föra in förrän allt ovan är läst och passar.")
    return int(stops)


def _annexed(name: str) -> ReadCharter:
    """Return the charter in the file `name`. Raises NotPossible for what is none, or has faults that must be mended first."""
    read = charter_in(name)
    if not titled(read.title):
        message = f"{name} är inget reglemente: det saknar en titel som säger vilken nämnd det gäller."
        raise misfit(message, "Kontrollera att det är rätt fil.")
    if wrong := next((p for p in read.problems if p.level is Level.FEL), None):
        hint = "Rätta texten och ange den som bilaga: reglemente importera FIL --torrkor --text-ut TEXT."
        raise misfit(f"{name}: {wrong.message}", hint)
    return read


def read_into(register: Register, text: str, answers: dict[str, str]) -> Proposal:
    """Read `text` against the register's latest wording and save the draft, in place of an earlier reading of the same text that had
    no day. What holds no decision by the council is not saved. Raises what reading and storing raise.
    """
    proposal = with_answers(_propose(register, text, answers), answers)
    if not proposal.is_decision:
        return proposal
    register.save_draft(proposal)
    for id in register.drafts if proposal.decided_on is not None else ():
        try:
            other = register.draft(id)
        except ReglementeError:
            continue
        if id != proposal.id and other.decided_on is None and other.text == proposal.text:
            register.remove_draft(id)
    return proposal


def _propose(register: Register, text: str, answers: dict[str, str]) -> Proposal:
    standing = Standing(register.municipality, tuple(latest_charters(register).values()), register.history)
    return propose(text, standing=standing, answers=answers)


def _list_phrases(som_json: bool) -> int:
    from reglemente_tool.reading.phrases import examples

    listed = examples()
    if answer(som_json, "las", {"fraser": [{"fras": name, "exempel": example} for name, example in listed]}):
        return 0
    heading("Formuleringar som kan läsas")
    for _, example in listed:
        say(f"- {example}", indent=2, hanging=2)
    return 0


@command("prova")
@click.argument("forslag", metavar="FÖRSLAG")
@answers_option
@click.option("--bara-andrat", "bara_andrat", is_flag=True, help="I ett dokument: bara de paragrafer som ändras.")
@click.option("--beslutstext", is_flag=True, help="Ett dokument med att-satserna, och reglementena med ändringar som bilagor.")
@format_options("terminal", "md", "html", "pdf", "docx")
@redline_options
def prova(
    forslag: str, beslutstext: bool, beslutat: date | None, galler_fran: str | None, svar: Answers, bara_andrat: bool,
    som: str, ut: Path | None, form: str, markorer: str, mapp: Path | None, som_json: bool,
) -> int:  # fmt: skip
    """Visa hur texten blir om förslaget införs, och allt som hindrar det. Ingenting skrivs i registret.

    Med --som blir det ett dokument för varje reglemente som ändras, märkt som utkast på varje sida. Med --beslutstext
    blir det i stället ett enda: texten för fullmäktige att besluta, med reglementena som bilagor.

    \b
    Exempel: reglemente prova kf-2026-06-17-88
             reglemente prova kf-2026-06-17-88 --form spalter --ut utkast.pdf
             reglemente prova kf-2026-06-17-88 --beslutstext --som docx
    """
    register = opened(mapp)
    proposal = _answered(register, _draft(register, forslag), _answers(beslutat, galler_fran, svar))
    problems = list(obstacles(proposal))
    moment = tried(register, proposal, problems)
    standing = latest_charters(register)
    problems += collisions(register, proposal)
    stops = any(p.level is not Level.VARNING for p in problems)
    data = {
        "forslag": proposal.id,
        "gar_att_infora": not stops and proposal.enactable,
        "problem": [problem_data(p) for p in problems],
        "tider": times_data(proposal),
        **assignments_data(proposal.assignments),
        "reglementen": [change_data(before, after) for before, after in changed(moment)],
        "harledda": [suggestion_data(s, proposal, standing) for s in proposal.suggestions if s.derived],
    }
    if answer(som_json, "prova", data):
        return int(stops)
    layout = Layout(form=form, markers=markorer)
    if beslutstext:
        from reglemente_tool.cli.deciding.minutes import draft_page

        text = draft_page(register, proposal, moment, problems, only_changed=bara_andrat)
        return show_page(text, som, ut, f"{proposal.id}-beslutstext", register=register, layout=layout) or int(stops)
    if som != "terminal":
        from reglemente_tool.cli.deciding.drafts import write_drafts

        return write_drafts(register, proposal, moment, problems, som, ut, layout, only_changed=bara_andrat)
    refuse_on_screen(layout)
    for before, after in changed(moment):
        show_change(before, after, register)
    show_times(proposal, register)
    show_derived(proposal, standing)
    show_problems(problems, under="Att se på")
    click.echo()
    if stops:
        say("Förslaget går inte att föra in än. Registret är inte ändrat.")
    elif not proposal.enactable:
        say("Beslutet ändrar inget reglemente. Det finns inget att föra in.")
    else:
        if not proposal.suggestions and not proposal.revocations:
            say(f"Beslutet ändrar inget reglemente, men ger {counted(proposal.assignments)}.")
        say(f"Förslaget går att föra in:  reglemente infor {proposal.id} --bekraftad-av ROLL")
    return int(stops)


def _draft(register: Register, id: str) -> Proposal:
    """Return a draft that may still be enacted. Raises CannotStore, also for one whose decision is in the register already: a
    program that was stopped right after enacting it had no time to take it away.
    """
    if register.history.decision(DecisionId(id)) is not None and DecisionId(id) not in register.drafts:
        raise CannotStore(f"{id} är redan infört.", hint=f"Se det med reglemente beslut {id}.")
    draft = register.draft(DecisionId(id))
    if register.history.event(draft.id) is not None:
        raise CannotStore(f"{id} är redan infört.", hint=f"Förslaget ligger kvar i forslag/{id}.xml och kan tas bort.")
    return draft


def _answered(register: Register, draft: Proposal, answers: dict[str, str]) -> Proposal:
    """Return the draft with more answers. Its reading must be the one that was shown, unless an answer is about the reading itself.

    Who has confirmed what was derived has confirmed that, and is asked again when it has become something else.
    """
    imported = not draft.clauses
    if imported:
        return dated(draft, answers)
    if not answers:
        return draft
    given = {**dict(draft.answers), **answers}
    again = with_answers(_propose(register, draft.text, given), given)
    if stale := outdated(draft, again, answers):
        given = {code: value for code, value in given.items() if code not in stale}
        again = replace(_propose(register, draft.text, given), answers=tuple(given.items()))
    about_reading = {
        code for code, value in answers.items() if code.partition(":")[0] not in _DATES and not confirms(code, value)
    }
    if not about_reading and again.suggestions != draft.suggestions:
        raise misfit(
            "Reglementena har ändrats sedan beslutet lästes, och läsningen blir nu en annan.", "Läs beslutet på nytt med reglemente las."
        )
    return again


@command("infor")
@click.argument("forslag", metavar="FÖRSLAG")
@click.option("--bekraftad-av", "bekraftad_av", type=WORDS, metavar="ROLL", help="Vem som har bekräftat läsningen, som roll: kommunjurist.")
@click.option("--torrkor", is_flag=True, help="Gör allt utom att skriva.")
@SIGN
@answers_option
def infor(
    forslag: str,
    bekraftad_av: str | None,
    torrkor: bool,
    signera: Path | None,
    beslutat: date | None,
    galler_fran: str | None,
    svar: Answers,
    mapp: Path | None,
    som_json: bool,
) -> int:
    """För in ett bekräftat förslag i registret. Går det inte helt och hållet ändras ingenting.

    Exempel: reglemente infor kf-2026-06-17-88 --bekraftad-av kommunjurist
    """
    register = opened(mapp, signera)
    proposal = _answered(register, _draft(register, forslag), _answers(beslutat, galler_fran, svar))
    asking = at_terminal() and not som_json
    if asking:
        proposal = ask_for_missing(proposal, latest_charters(register), lambda draft, given: _answered(register, draft, given))
    problems = list(obstacles(proposal))
    moment = tried(register, proposal, problems)
    if proposal.is_decision and not proposal.enactable and not problems:
        if not answer(som_json, "infor", {"infort": False, "problem": []}):
            say("Beslutet ändrar inget reglemente. Det finns inget att föra in.")
        return 0
    if any(p.level is not Level.VARNING for p in problems):
        if not answer(som_json, "infor", {"infort": False, "problem": [problem_data(p) for p in problems]}):
            show_problems(problems, under="Att se på")
            click.echo()
            say("Ingenting är infört. Registret är inte ändrat.")
        return 1
    if not som_json:
        for before, after in changed(moment):
            show_change(before, after, register)
        show_times(proposal, register)
        show_problems(problems, under="Att se på")
    role = bekraftad_av or (_ask_for_role() if asking else "")
    if not role:
        raise misfit("Ingen har bekräftat läsningen.", "Ange vem som har gjort det: --bekraftad-av ROLL, till exempel kommunjurist.")
    decision = decision_of(proposal, role)
    with working("För in beslutet"):
        done = enact(register, decision, proposal, draft=forslag, dry_run=torrkor)
    return _tell_enacted(decision, done, problems, torrkor, som_json, register)


def enact(register: Register, decision: Decision, proposal: Proposal, *, draft: str = "", dry_run: bool = False) -> Enacted:
    """Write `decision` into the register as one commit, with the committees that it brings; `draft` (default the proposal's
    own) is then taken away. Return what was done."""

    return register.enact(
        decision, now=now(), draft_id=draft or proposal.id, add_committees=new_committees(register, proposal), dry_run=dry_run
    )


def _tell_enacted(decision: Decision, done: Enacted, problems: list[Problem], dry: bool, som_json: bool, register: Register) -> int:
    names = [title_of(register.history, mark.charter) for mark in done.touched]
    data = {
        "infort": not dry,
        "beslut": decision.id,
        "incheckning": done.commit or None,
        "reglementen": [mark.charter for mark in done.touched],
        **assignments_data(decision.assignments),
        "problem": [problem_data(p) for p in (*problems, *done.problems)],
    }
    if not answer(som_json, "infor", data):
        click.echo()
        where = f" i {_listed(names)}" if names else ""
        if dry:
            say(f"Torrkörning: {decision.name} går att föra in{where}. Ingenting är skrivet.")
        else:
            say(f"{decision.name} är infört{where}.")
            show_problems(done.problems, under="Att se på")
        if not names:
            say("Inget reglemente ändras av beslutet.")
        if decision.assignments:
            say(f"Beslutet ger {counted(decision.assignments)}, som syns i reglemente vem NÄMND.")
    return 0


def _listed(names: list[str]) -> str:
    lowered = [n[:1].lower() + n[1:] for n in names]
    return lowered[0] if len(lowered) == 1 else f"{', '.join(lowered[:-1])} och {lowered[-1]}"


def _ask_for_role() -> str:
    click.echo()
    if not yes("Stämmer läsningen med beslutet, och ska den föras in?"):
        raise click.Abort
    role: str = click.prompt("Vem bekräftar? Ange en roll, till exempel kommunsekreterare:", prompt_suffix=" ")
    return role
