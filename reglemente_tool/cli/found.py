"""ny-namnd: a charter for a new committee, from an outline, from committees that go up in it, or until a last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.cli.adopting import Adopted, adoption, committee_in, named
from reglemente_tool.cli.files import charter_in, source_text
from reglemente_tool.cli.output import answer, heading, misfit, problem_data, say, show_problem, show_problems, table
from reglemente_tool.cli.register import charter_id, latest_charters, opened
from reglemente_tool.cli.swedish import DAY, command
from reglemente_tool.compare.matching import carried, match
from reglemente_tool.drafting.founding import UNTIL, Founded, blanks, filled, founded
from reglemente_tool.errors import Level, Problem
from reglemente_tool.model.address import Address
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId
from reglemente_tool.model.citation import cite
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Proposal, Suggestion
from reglemente_tool.reading.wording import ReadCharter, read_charter
from reglemente_tool.reading.wording.head import stated
from reglemente_tool.saying import day
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers import text as text_form


@command("ny-namnd")
@click.argument("namn", metavar="NÄMND")
@click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--av", "av", multiple=True, metavar="NÄMND", help="Nämnd som går upp i den nya. Kan anges flera gånger.")
@click.option("--till", "till", type=DAY, metavar="DATUM", help="Sista dagen för en nämnd som är tillfällig.")
@click.option("--mall", "mall", metavar="MALL", help="namnd, kort, tillfallig, eller en egen fil. Annars namnd.")
@click.option("--forkortning", "abbreviations", multiple=True, metavar="KORT", help="Nämndens förkortning, till exempel KFN.")
@click.option("--beslutat", type=DAY, metavar="DATUM", help="Dagen då fullmäktige antog reglementet.")
@click.option("--paragraf", metavar="NR", help="Fullmäktiges paragraf, till exempel 147.")
@click.option("--galler-fran", "galler_fran", type=DAY, metavar="DATUM", help="Dagen då reglementet börjar gälla.")
@click.option("--dnr", metavar="NUMMER", help="Ärendets diarienummer.")
def ny_namnd(
    namn: str, fil: Path, av: tuple[str, ...], till: date | None, mall: str | None, abbreviations: tuple[str, ...], beslutat: date | None,
    paragraf: str | None, galler_fran: date | None, dnr: str | None, mapp: Path | None, som_json: bool,
) -> int:  # fmt: skip
    """Gör ett reglemente för en ny nämnd av en mall, eller av nämnder som går upp i den.

    Första gången skrivs texten i FIL. Fyll i det som står inom hakparentes, och kör samma kommando igen: då blir texten ett
    förslag som du granskar med prova. Med --av följer de gamla nämndernas uppgifter med, och deras reglementen upphör.

    \b
    Exempel: reglemente ny-namnd miljönämnden miljonamnden.txt
             reglemente ny-namnd "kultur- och fritidsnämnden" kfn.txt
                 --av kulturnämnden --av fritidsnämnden
             reglemente ny-namnd jubileumsnämnden jubileum.txt --till 2028-12-31
    """
    register = opened(mapp)
    name = namn.strip()
    id = slug(name)
    if not id:
        raise misfit(f"”{namn}” är inget namn på en nämnd.", "Skriv namnet som det ska stå i reglementet: miljönämnden.")
    if fil.is_dir():
        raise misfit(f"{fil} är en mapp.", "Ange en fil som slutar på .txt.")
    olds = _going_up(register, av)
    if CharterId(id) in latest_charters(register) and id not in [old.id for old in olds]:
        raise misfit(f"Det finns redan ett reglemente för {name}.", "Ändra det med las eller utforma.")
    if id in [old.id for old in olds]:
        raise misfit(f"{name} kan inte både upphöra och vara den nya nämnden.", "Läs då beslutet om sammanslagningen med las.")
    if till and galler_fran and till < galler_fran:
        raise misfit(f"Nämnden skulle upphöra {till}, innan den börjar finnas {galler_fran}.")
    made = _made(register, name, mall or ("tillfallig" if till else "namnd"), till, olds)
    if not fil.exists():
        if not fil.parent.is_dir():
            raise misfit(f"Mappen {fil.parent} finns inte.", "Skapa den först.")
        if fil.suffix.lower() != ".txt":
            raise misfit(f"{fil.name} slutar inte på .txt.", "Texten skrivs som en textfil. Ge den ett namn som slutar på .txt.")
        fil.write_bytes(text_form.write(clean_page(made.charter)))
        return _written(made, fil, som_json)
    read = charter_in(str(fil))
    new = replace(made.charter, title=read.title, body=read.body, facts=read.facts)
    if open_blanks := blanks(new):
        return _unfilled(new, open_blanks, fil, som_json)
    new = carried(made.charter, new, match(made.charter, new), fresh=True)
    given = Adopted(beslutat, paragraf or "", galler_fran, dnr or "")
    proposal = _proposal(register, name, new, read, olds, till, abbreviations, given)
    register.save_draft(proposal)
    return _saved(proposal, new, som_json)


def _going_up(register: Register, names: Sequence[str]) -> tuple[Charter, ...]:
    """Return the latest charters of the committees that go up in the new one, each once. Raises NotPossible."""
    standing = latest_charters(register)
    ids = dict.fromkeys(charter_id(register, name) for name in names)
    for id in ids:
        if id not in standing:
            raise misfit(f"Reglementet för {id} gäller inte längre.")
    return tuple(standing[id] for id in ids)


def _made(register: Register, name: str, outline: str, until: date | None, olds: Sequence[Charter]) -> Founded:
    municipality = register.municipality
    slots = {"{nämnden}": name, "{Nämnden}": name[:1].upper() + name[1:], "{kommun}": municipality.name}
    if until:
        slots[UNTIL] = day(until)
    read = read_charter(filled(_outline(outline), slots, merged=bool(olds)))
    frame = Charter(CharterId(slug(name)), read.title, CommitteeId(slug(name)), read.body, read.facts)
    names = {word.lower(): c.id for c in municipality.committees for word in (c.name, *c.abbreviations)}
    return founded(frame, name, [(old, committee_in(old.title)) for old in olds], names)


def _outline(name: str) -> str:
    """Return an outline that ships with the tool, or one that a person has written. Raises NotPossible."""
    own = files("reglemente_tool") / "outlines"
    known = sorted(place.name.removesuffix(".txt") for place in own.iterdir() if place.name.endswith(".txt"))
    if name in known:
        return (own / f"{name}.txt").read_text(encoding="utf-8")
    if not Path(name).is_file():
        raise misfit(f"Det finns ingen mall {name}.", f"Mallarna är {', '.join(known)}. Du kan också ange en egen fil.")
    return source_text(name)


def _proposal(
    register: Register, name: str, new: Charter, read: ReadCharter, olds: Sequence[Charter], until: date | None,
    abbreviations: tuple[str, ...], said: Adopted,
) -> Proposal:  # fmt: skip
    facts = tuple((key, value) for key, value in read.facts if not stated(key))
    adopt = Adopt(title=new.title, committee=new.committee, facts=facts, body=new.body)
    suggestions = [Suggestion(0, new.id, adopt, "ny-namnd")]
    suggestions += [Suggestion(0, old.id, Dissolve(), "ny-namnd") for old in olds]
    if until:
        suggestions.append(Suggestion(0, new.id, Dissolve(), "ny-namnd", in_force_from=until + timedelta(days=1)))
    return adoption(
        register, new.title, suggestions, said, otherwise=f"ny-{new.id}", problems=read.problems, answers=named(name, abbreviations),
    )  # fmt: skip


def _data(charter: Charter, problems: Sequence[Problem] = (), **found: Any) -> dict[str, Any]:
    """Return the answer to a machine: the same fields whatever was done."""
    return {
        "fil": None, "rubrik": charter.title, "att_fylla_i": [], "inte_med": [], "hanvisningar": [], "nammer_sig_sjalv": [],
        "forslag": None, **found, "problem": [problem_data(p) for p in problems],
    }  # fmt: skip


def _listed(open_blanks: Sequence[tuple[Address, str]]) -> list[dict[str, str]]:
    return [{"stalle": address.code, "text": text} for address, text in open_blanks]


def _written(made: Founded, into: Path, som_json: bool) -> int:
    open_blanks = blanks(made.charter)
    left = [(old.title, cite(address)) for old, address in made.left]
    data = _data(
        made.charter,
        fil=str(into),
        att_fylla_i=_listed(open_blanks),
        inte_med=[{"reglemente": title, "stalle": place} for title, place in left],
        hanvisningar=[address.code for address in made.refers],
        nammer_sig_sjalv=[address.code for address in made.meets],
    )
    if answer(som_json, "ny-namnd", data):
        return 0
    say(made.charter.title)
    say(f"Texten är skriven i {into}. Registret är inte ändrat.")
    _tell_blanks(open_blanks)
    if left:
        heading("Inte med från de gamla reglementena")
        titles = dict.fromkeys(title for title, _ in left)
        table((title, ", ".join(place for other, place in left if other == title)) for title in titles)
    for title, addresses in (
        ("Hänvisar till paragrafer, som kan ha fått nya nummer", made.refers),
        ("Nämnde en annan nämnd som går upp i den nya", made.meets),
    ):
        if addresses:
            heading(title)
            say(", ".join(cite(address) for address in addresses), indent=2)
    click.echo()
    say("Fyll i texten, spara den, och kör samma kommando igen.")
    return 0


def _unfilled(charter: Charter, open_blanks: Sequence[tuple[Address, str]], into: Path, som_json: bool) -> int:
    many = len(open_blanks) > 1
    message = f"{len(open_blanks)} platser i {into} är inte ifyllda." if many else f"En plats i {into} är inte ifylld."
    problem = Problem("PLATSHALLARE", message, level=Level.FEL, hint=f"Fyll i {'dem' if many else 'den'}, och kör igen.")
    if not answer(som_json, "ny-namnd", _data(charter, [problem], fil=str(into), att_fylla_i=_listed(open_blanks))):
        show_problem(problem)
        _tell_blanks(open_blanks)
    return 1


def _tell_blanks(open_blanks: Sequence[tuple[Address, str]]) -> None:
    if open_blanks:
        heading("Att fylla i")
        table((cite(address), text) for address, text in open_blanks)


def _saved(proposal: Proposal, charter: Charter, som_json: bool) -> int:
    stops = bool(proposal.blocking) or any(p.level is Level.FEL for p in proposal.problems)
    if answer(som_json, "ny-namnd", _data(charter, proposal.problems, forslag=proposal.id)):
        return int(stops)
    say(charter.title)
    show_problems([*proposal.problems, *(Problem(q.code, q.text, level=Level.FRAGA) for q in proposal.questions)])
    say(f"Sparat som förslaget {proposal.id}. Registret är inte ändrat.")
    say(f"Se hur texten blir:  reglemente prova {proposal.id}")
    return int(stops)

