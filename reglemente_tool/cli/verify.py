"""kontrollera, laga: everything is replayed from the decisions and compared; what differs is written anew, in the open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.catalogue import OWN, catalogue_for
from reglemente_tool.cli.documents import deliver
from reglemente_tool.cli.output import answer, misfit, problem_data, say, show_problems, working
from reglemente_tool.cli.register import now, opened, today
from reglemente_tool.cli.swedish import command
from reglemente_tool.errors import CannotRead, Level, Problem, ReglementeError
from reglemente_tool.storage.audit import Report, municipality_in
from reglemente_tool.storage.chain import REGISTER, SHORT, Chain, Files, spoken
from reglemente_tool.storage.git import bare
from reglemente_tool.storage.git.commits import commit_of
from reglemente_tool.storage.incoming import tried
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.proof import LARGEST, examined
from reglemente_tool.storage.signatures import Signatures

NUMBER = "KONTROLLTAL"
FILE = click.Path(path_type=Path)


@command("kontrollera")
@click.option("--bevis", type=FILE, metavar="FIL", help="Skriv ett bevis: en fil som kan prövas på en annan dator, utan registret.")
@click.option("--mot", type=FILE, metavar="FIL", help="Pröva ett bevis, och att registret (om det finns ett här) bygger vidare på det.")
@click.option("--kontrolltal", "tal", metavar="TAL", help="Pröva ett kontrolltal som står i ett protokoll.")
@click.option("--undertecknare", "lista", type=FILE, metavar="FIL", help="Lista över ssh-nycklar som gäller. Annars registrets egen.")
@click.option("--forvar", type=FILE, metavar="MAPP", help="Ett git-förvar, också en servers, utan mapp med filer.")
@click.option("--inlagt", metavar="INCHECKNING", help="Pröva det som är inlagt där, i stället för filerna i en mapp.")
@click.option("--fore", metavar="INCHECKNING", help="Det som var inlagt före; allt i det ska finnas kvar.")
def kontrollera(
    bevis: Path | None, mot: Path | None, tal: str | None, lista: Path | None, forvar: Path | None, inlagt: str | None, fore: str | None,
    mapp: Path | None, som_json: bool,
) -> int:  # fmt: skip
    """Räkna om alla reglementen från besluten och jämför med vad som ligger i registret.

    Hittar varje skillnad, också en enda ändrad bokstav i reglementen/ eller beslut/, och ett beslut som har bytts ut, tagits bort
    eller skjutits in i efterhand. Kontrolltalet står för allt som är infört: skriv av det i ett protokoll, så går det att visa
    senare att inget av det har ändrats. Med --inlagt prövas en incheckning, så som en git-server tar emot den, och med --fore också
    att den bara lägger till: inget beslut ändrat eller borta.

    \b
    Exempel: reglemente kontrollera
             reglemente kontrollera --bevis reglementen-2026.zip
             reglemente kontrollera --mot reglementen-2026.zip
             reglemente kontrollera --forvar . --inlagt main --fore main~1
             reglemente kontrollera --kontrolltal 3f2a91bc0d1e77aa55219c0fab1234cd
    """
    if inlagt is not None and (bevis or mot or tal or lista):
        raise click.UsageError("--inlagt prövar en incheckning för sig. Utelämna --bevis, --mot, --kontrolltal och --undertecknare.")
    if inlagt is not None:
        return _arrived(forvar or mapp or Path.cwd(), inlagt, fore or "", som_json)
    if forvar is not None or fore is not None:
        raise click.UsageError("--forvar och --fore hör ihop med --inlagt. Ange vilken incheckning som ska prövas.")
    if mot is not None and bevis is not None:
        raise click.UsageError("Antingen skrivs ett bevis, eller så prövas ett. Ange bara det ena av --bevis och --mot.")
    if mot is not None:
        return _against(mot, tal, mapp, som_json)
    register = opened(mapp)
    with working("Räknar om reglementena från besluten"):
        report = with_catalogue(register.verify(), register)
    if bevis is not None:
        data, bevis = register.prove(report), _new_file(bevis, f"{register.municipality.code}-bevis.zip")
    found = _spoken_of(report, tal) if tal is not None else ()
    with working("Prövar underskrifterna"):
        seen = register.signatures(_listed(lista) if lista is not None else None)
    report = replace(report, problems=(*report.problems, *found, *seen.problems))
    if not answer(som_json, "kontrollera", {**report_data(report), "undertecknat": _signed_data(seen)}):
        show_report(report, register.municipality.name, seen=seen)
        if tal is not None and not found and report.chain is not None:
            say(_recognised(report.chain, tal))
        if bevis is not None:
            deliver(data, bevis, bevis.name)
    elif bevis is not None:
        bevis.write_bytes(data)
    return int(not report.ok)


def _arrived(folder: Path, new: str, old: str, som_json: bool) -> int:
    repository = bare(folder) if folder.is_dir() else None
    if repository is None:
        raise misfit(f"Det finns inget git-förvar i {folder}.", "Ange det med --forvar MAPP.")
    none = not old.strip("0")
    report = tried(repository, commit_of(repository, new), "" if none else commit_of(repository, old))
    if not answer(som_json, "kontrollera", report_data(report)):
        show_report(report)
    return int(not report.ok)


def _new_file(asked: Path, name: str) -> Path:
    """Where a proof goes. An earlier one is what it is all about, so it is never written over."""
    file = asked / name if asked.is_dir() else asked
    if file.exists():
        raise misfit(f"{file} finns redan, och ett bevis skrivs aldrig över.", "Välj ett annat namn.")
    return file


def report_data(report: Report) -> dict[str, Any]:
    """Return a report as it stands in JSON."""
    return {
        "hel": report.ok,
        "reglementen": [
            {"reglemente": c.charter, "beslut": c.decisions, "skillnader": c.differences, "upphor": c.ends}
            for c in report.standing(today())
        ],
        "kedja": report.chain and _chain_data(report.chain),
        "problem": [problem_data(p) for p in report.problems],
    }


def _chain_data(chain: Chain) -> dict[str, Any]:
    start = chain.start
    begins = start and {"efter_nr": start.number, "dag": start.on, "bekraftat_av": start.confirmed_by, "skal": start.reason}
    last = chain.links[-1][0].rpartition("/")[2].removesuffix(".xml") if chain.links else None
    return {
        "antal": chain.end.number,
        "senast": last,
        "kontrolltal": spoken(chain.end.digest),
        "summa": chain.end.digest,
        "borjar": begins,
    }


def with_catalogue(report: Report, register: Register) -> Report:
    """Return the report with any fault in the register's own katalog.toml added to its problems."""
    try:
        catalogue_for(register.folder)
    except ReglementeError as error:
        return replace(report, problems=(*report.problems, error.problem()))
    return report


def _signed_data(seen: Signatures) -> dict[str, Any]:
    by = [{"namn": name, "antal": count} for name, count in seen.by]
    return {"incheckningar": seen.commits, "undertecknade": seen.signed, "taggar": seen.tags, "av": by}


def _listed(file: Path) -> bytes:
    if not file.is_file():
        raise misfit(f"Filen {file} finns inte.", "Kontrollera stavningen och i vilken mapp du står.")
    if file.stat().st_size > 1_000_000:
        raise CannotRead(f"Listan {file.name} är större än 1 MB.", hint="Kontrollera att det är rätt fil.")
    return file.read_bytes()


def show_report(report: Report, name: str = "", what: str = "registret", seen: Signatures | None = None) -> None:
    """Print what the replay of `what`, the register of `name`, found: charter by charter, the chain, and every problem."""
    standing = report.standing(today())
    say(f"{name or 'Det inlagda'}: {len(standing)} reglemente{'n' if len(standing) != 1 else ''}")
    for charter in standing:
        found = "1 oförklarad skillnad" if charter.differences == 1 else f"{charter.differences} oförklarade skillnader"
        ends = f", upphör {charter.ends}" if charter.ends else ""
        say(charter.title or charter.charter, indent=2)
        say(f"texten = grundtext + {charter.decisions} beslut, {found}{ends}", indent=6)
    if report.chain is not None:
        _show_chain(report.chain)
    if seen is not None and (seen.signed or seen.tags):
        by = ", ".join(f"{name} {count}" for name, count in seen.by) or "ingen"
        tags = f", och {seen.tags} taggar" if seen.tags else ""
        say(f"Undertecknade incheckningar: {seen.signed} av {seen.commits}{tags}. Äkta: {by}.", indent=2, hanging=4)
    show_problems(report.problems, under="Att se på")
    click.echo()
    faults = [p for p in report.problems if p.level is Level.FEL]
    if faults and all(p.place.document.startswith(OWN) for p in faults):
        say("Reglementena följer av besluten, men katalogen går inte att läsa.")
    elif faults and all(p.code == "UNDERSKRIFT" for p in faults):
        say(f"{what.capitalize()} följer av besluten, men alla underskrifter håller inte.")
    elif faults and all(p.code == NUMBER for p in faults):
        say(f"{what.capitalize()} följer av besluten, men är inte det som kontrolltalet står för.")
    else:
        said = f"Allt i {what} följer av besluten." if report.ok else f"{what.capitalize()} stämmer inte med besluten."
        say(said)


def _show_chain(chain: Chain) -> None:
    count = chain.end.number
    if chain.start is not None:
        day = f" {chain.start.on}" if chain.start.on is not None else ""
        said = f"Kedjan börjar efter nummer {chain.start.number},{day} enligt {chain.start.confirmed_by}: {chain.start.reason}"
        say(said, indent=2, hanging=4)
    if chain.links:
        say(f"Kedjan är hel till nummer {count}. Kontrolltal:", indent=2)
        say(spoken(chain.end.digest), indent=6)


# --- proofs and numbers in protocols ------------------------------------------------------------------------------


def _spoken_of(report: Report, said: str) -> tuple[Problem, ...]:
    """What is wrong with a number that somebody has written down. Raises NotPossible for what cannot be one."""
    figures = "".join(said.split()).replace("-", "").lower()
    if len(figures) not in (SHORT, 64) or set(figures) - set("0123456789abcdef"):
        raise misfit(f"”{said}” är inget kontrolltal.", f"Ett kontrolltal har {SHORT} tecken, 0–9 och a–f, i grupper om fyra.")
    if report.chain is None:
        return (Problem(NUMBER, "Kontrolltalet går inte att pröva, eftersom kedjan är bruten."),)
    if report.chain.number_of(said) is None:
        words = f"Kedjan har aldrig haft kontrolltalet {spoken(figures)}."
        hint = "Kontrollera avskriften. Är den rätt har något som då var infört ändrats eller tagits bort."
        return (Problem(NUMBER, words, hint=hint),)
    return ()


def _recognised(chain: Chain, said: str) -> str:
    number = chain.number_of(said)
    since = chain.end.number - (number or 0)
    more = "1 händelse är införd sedan dess" if since == 1 else f"{since or 'inga'} händelser är införda sedan dess"
    return f"Kontrolltalet är det som kedjan hade efter nummer {number}. Allt som då var infört är orört; {more}."


def _against(file: Path, number: str | None, folder: Path | None, som_json: bool) -> int:
    """Replay all that a proof holds; with a register, see that it goes on from there."""
    files, report = _read_proof(file)
    here = Path.cwd()
    lies_here = any((place / REGISTER).is_file() for place in (here, *here.parents))
    register = opened(folder) if folder is not None or lies_here else None
    told = _spoken_of(report, number) if number is not None else ()
    own: Report | None = None
    if register is not None and report.chain is not None:
        own = register.verify()
        told += register.continues(files, own)
    whole = report.ok and not any(p.level is Level.FEL for p in told)
    beside = own and {"hel": own.ok, "bygger_pa_beviset": whole, "kedja": own.chain and _chain_data(own.chain)}
    data = {
        **report_data(report),
        "bevis": str(file),
        "register": beside,
        "problem": [problem_data(p) for p in (*report.problems, *told)],
    }
    exit_code = int(not whole or (own is not None and not own.ok))
    if answer(som_json, "kontrollera", {**data, "hel": not exit_code}):
        return exit_code
    say(f"Beviset {file.name}")
    show_report(replace(report, problems=(*report.problems, *told)), municipality_in(files).name, "beviset")
    if number is not None and not told and report.chain is not None:
        say(_recognised(report.chain, number))
    if own is None:
        say("Inget register att jämföra med: bara beviset självt är prövat.")
    elif whole:
        say("Registret bygger vidare på beviset: inget som då var infört har ändrats." if own.ok else "Registret har allt som beviset har.")
    if own is not None and not own.ok:
        say("Registret självt stämmer inte. Se hur med: reglemente kontrollera")
    return exit_code


def _read_proof(file: Path) -> tuple[Files, Report]:
    if not file.is_file():
        raise misfit(f"Filen {file} finns inte.", "Kontrollera stavningen och i vilken mapp du står.")
    if file.stat().st_size > LARGEST:
        raise CannotRead(f"Filen är större än {LARGEST // 1_000_000} MB.", hint="Kontrollera att det är rätt fil.")
    with working("Räknar om reglementena i beviset"):
        return examined(file.read_bytes(), file.name)


@command("laga")
@click.option("--skal", "reason", default="", metavar="TEXT", help="Varför kedjan börjar om: vad som har ändrats, och med vilket stöd.")
@click.option("--bekraftad-av", "bekraftad_av", default="", metavar="ROLL", help="Vem som har bekräftat det, som roll.")
def laga(reason: str, bekraftad_av: str, mapp: Path | None, som_json: bool) -> int:
    """Skriv om de reglementen som inte är vad besluten säger, och börja om en bruten kedja öppet.

    Besluten ändras aldrig. Reglementena skrivs om ur dem. Är kedjan bruten, för att någon har ändrat ett beslut som var infört, så
    börjar den om först när du säger varför, och det står sedan i registret för alla att se.

    \b
    Exempel: reglemente laga
             reglemente laga --skal "Skrivfel i dnr rättat, se KS 2026/12"
                 --bekraftad-av kommunsekreterare
    """
    register = opened(mapp)
    if bool(reason.strip()) != bool(bekraftad_av.strip()):
        raise misfit("Kedjan börjar bara om när någon säger varför.", "Ange både --skal TEXT och --bekraftad-av ROLL.")
    files = register.republish(now=now(), reason=" ".join(reason.split()), confirmed_by=bekraftad_av)
    report = register.verify()
    if not answer(som_json, "laga", {"filer": list(files), "hel": report.ok}):
        for path in files:
            say(f"Skriven: {path}")
        if not files:
            say("Det fanns inget att skriva om.")
        say("Registret stämmer." if report.ok else "Registret stämmer inte än. Se hur med: reglemente kontrollera")
    return int(not report.ok)
