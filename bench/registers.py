"""One index over many registers: python bench/registers.py [--antal 290] [--mapp MAPP]

Makes registers of fifteen charters each in a folder that is thrown away (or kept, as MAPP): the example charters in other words
and orders, with other committees' names, and charters put together of the catalogue's tasks, so that no two municipalities say
the same. Then: what the index costs to build and to bring up to date, its size, and what a question costs once the process
runs. All times are of the processor; what a register and a question cost is also said as a ratio to reading the register's files
and to asking that register alone, in the same run.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.cli.answering.many import Index
from reglemente_tool.cli.catalogue import catalogue_for, packaged
from reglemente_tool.consolidate import charters, version_at
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid
from reglemente_tool.model.history import Change, Committee, Decision, Municipality
from reglemente_tool.model.names import slug
from reglemente_tool.ownership import Search
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.publishing import event_path
from reglemente_tool.storage.xmlform import event_to_xml, municipality_to_xml

EXAMPLES = Path(__file__).parent.parent / "charters"
DAY = date(2026, 1, 1)
CHARTERS = 15

EVERYWHERE = ("internkontroll", "arkiv", "personuppgifter", "bygglov", "äldreomsorg", "budget")
OFTEN = (
    "serveringstillstånd", "Vilken nämnd ansvarar för mottagande av nyanlända?", "snöröjning", "bibliotek", "skolskjuts", "alkohollagen",
)  # fmt: skip
RARE = ("sotning", "lustgas", "hemsändningsbidrag", "animaliska biprodukter", "8 kap. miljöbalken", "lokbyte")

NAMES = """
    kommunstyrelsen socialnämnden omsorgsnämnden äldrenämnden barnnämnden utbildningsnämnden gymnasienämnden skolnämnden byggnadsnämnden
    miljönämnden samhällsnämnden trafiknämnden servicenämnden fritidsnämnden kulturnämnden arbetsmarknadsnämnden överförmyndarnämnden
    valnämnden krisledningsnämnden räddningsnämnden exploateringsnämnden fastighetsnämnden landsbygdsnämnden revisionsnämnden""".split()
SWAPS = {
    "ansvarar": ("svarar", "ansvarar", "har ansvaret"), "ska": ("ska", "skall", "har att"), "handlägga": ("handlägga", "hantera"),
    "frågor": ("frågor", "ärenden", "angelägenheter"), "verksamhet": ("verksamhet", "arbete"), "samt": ("samt", "och"),
    "tillsyn": ("tillsyn", "tillsyn och kontroll"), "kommunens": ("kommunens", "den egna kommunens"),
    "invånare": ("invånare", "medborgare"),
}  # fmt: skip
LEADS = (
    "Nämnden ansvarar för", "Nämnden fullgör kommunens uppgifter i fråga om", "Till nämndens uppgifter hör", "Nämnden svarar för",
    "Nämnden ska handha",
)  # fmt: skip
TAILS = (
    "", "", "", "i kommunen", "och därmed sammanhängande frågor", "på det sätt som lagen säger", "inom nämndens område", "av lokal art",
)  # fmt: skip
FORMS = (
    "Nämnden sammanträder varje månad.", "Protokollet justeras av ordföranden och en ledamot.",
    "Kallelsen ska vara skriftlig och nå ledamöterna i tid.",
)  # fmt: skip
FIRST = "Alv Brå Dju Ek Fal Gran Häl Kol Lill Mel Nor Ost Ram Sal Tor Ull Väs".split()
SYLLABLES = "berg dal fors holm köping lunda mark näs rud sele stad sund torp vik ås boda by hamn".split()


def municipality(number: int, chance: random.Random) -> tuple[Municipality, list[Decision]]:
    """Return one made-up municipality and the decisions by which its charters were adopted."""
    name = f"{chance.choice(FIRST)}{chance.choice(SYLLABLES)}{number}"
    names = ["kommunstyrelsen", *chance.sample(NAMES[1:], CHARTERS - 1)]
    known = tuple(Committee(id=CommitteeId(slug(n)), name=n) for n in names)
    made = []
    for section, committee in enumerate(names, 1):
        day = date(chance.randrange(2015, 2025), chance.randrange(1, 13), chance.randrange(1, 28))
        id = slug(committee)
        body = _told_anew(committee, chance) if section % 3 == 0 else _composed(committee, chance)
        adopted = Adopt(title=f"Reglemente för {committee} i {name}", committee=CommitteeId(id), body=body)
        change = Change(charter=CharterId(id), in_force_from=day, amendments=(adopted,))
        decision = DecisionId(f"kf-{day}-{section}")
        made.append(Decision(id=decision, decided_on=day, section=str(section), changes=(change,), confirmed_by="exempelförfattare"))
    return Municipality(name=f"{name} kommun", code=f"{number:04d}", committees=known), made


def _examples() -> list[Charter]:
    found = []
    for folder in sorted(p.parent for p in EXAMPLES.glob("*/register.xml")):
        history = Register.open(folder).history
        found += [version_at(history, id, in_force=DAY) for id in charters(history)]
    return found


_TOLD: list[Charter] = []


def _told_anew(committee: str, chance: random.Random) -> tuple[Provision, ...]:
    """An example charter in other words: items in another order, some left out, words exchanged."""
    if not _TOLD:
        _TOLD.extend(_examples())
    source = chance.choice(_TOLD)
    own = source.title.split(" för ")[-1].lower()
    return tuple(_varied(p, own, committee, chance) for p in source.body)


def _varied(p: Provision, own: str, committee: str, chance: random.Random) -> Provision:
    items = [_varied(child, own, committee, chance) for child in p.children if not (child.kind.item and chance.random() < 0.15)]
    if items and all(i.kind is Kind.STRECKSATS for i in items):
        chance.shuffle(items)
    return Provision(
        kind=p.kind, wid=Wid(""), number=p.number, marker=p.marker, heading=p.heading,
        text=_reworded(p.text, own, committee, chance), children=tuple(items), closing=p.closing,
    )  # fmt: skip


def _reworded(text: str, own: str, committee: str, chance: random.Random) -> str:
    text = text.replace(own, committee).replace(own.capitalize(), committee.capitalize())
    return " ".join(chance.choice(SWAPS[word]) if word in SWAPS else word for word in text.split(" "))


def _composed(committee: str, chance: random.Random) -> tuple[Provision, ...]:
    """A charter of the catalogue's tasks: those that such a committee usually has, some others, and working forms."""
    tasks = packaged().tasks
    fitting = [t for t in tasks if any(u[:6] in committee for u in t.usual)] or list(tasks)
    chosen = list(dict.fromkeys([*chance.sample(fitting, min(len(fitting), 12)), *chance.sample(list(tasks), 6)]))
    common = [t for t in tasks if "varje nämnd" in t.usual][:3]
    parts = []
    for number, group in enumerate((chosen[0::3], chosen[1::3], chosen[2::3], common), 1):
        items = tuple(
            Provision(kind=Kind.STRECKSATS, marker="–", text=f"{chance.choice([t.name, *t.words])} {chance.choice(TAILS)}".strip() + ",")
            for t in group
        )
        stycke = Provision(kind=Kind.STYCKE, text=chance.choice(LEADS), children=items)
        parts.append(_paragraf(number, "Uppgifter" if number == 1 else "", stycke))
    for number, form in enumerate(FORMS, len(parts) + 1):
        stycke = Provision(kind=Kind.STYCKE, text=form)
        parts.append(_paragraf(number, "Arbetsformer", stycke))
    return tuple(parts)


def _paragraf(number: int, heading: str, stycke: Provision) -> Provision:
    return Provision(kind=Kind.PARAGRAF, number=str(number), marker=f"{number} §", heading=heading, children=(stycke,))


def write(folder: Path, number: int, chance: random.Random) -> Path:
    """Write one register's source files, without git, and return where."""
    town, decisions = municipality(number, chance)
    place = folder / f"k{number:03d}"
    for path, data in (("register.xml", municipality_to_xml(town)), *((event_path(d), event_to_xml(d)) for d in decisions)):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    return place


def timed(action: object) -> tuple[float, object]:
    """Return the processor time in ms that calling `action` took, and what it gave."""
    began = time.process_time()
    given = action()  # type: ignore[operator]
    return (time.process_time() - began) * 1000, given


def main() -> None:
    """Make the registers and the index, ask, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--antal", type=int, default=290)
    parser.add_argument("--mapp", type=Path, help="registers and index are made here and kept; those that are there are used")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(given.mapp or Path(scratch), given.antal)


def measure(folder: Path, count: int) -> None:
    """Measure in `folder` over `count` registers."""
    chance = random.Random(290)
    folders = [folder / f"k{n:03d}" if (folder / f"k{n:03d}").is_dir() else write(folder, n, chance) for n in range(count)]
    place = folder / "index.sqlite"
    read = statistics.median(timed(lambda f=f: Register.open(f).history)[0] for f in folders[:10])
    index = Index(place)
    built = [timed(lambda f=f: index.update([f]))[0] for f in folders]
    print(f"{count} register, {count * CHARTERS} reglementen; bygga {statistics.median(built):.0f} ms per register", end="")
    print(f" ({statistics.median(built) / read:.1f} gånger att läsa filerna), {place.stat().st_size / 1e6:.0f} MB på disk")
    print(f"uppdatera: inget ändrat {timed(lambda: index.update(folders))[0]:.0f} ms", end="")
    source = next((folders[0] / "beslut").rglob("*.xml"))
    source.write_bytes(source.read_bytes() + b"\n")
    print(f", ett register ändrat {timed(lambda: index.update(folders[:1]))[0]:.0f} ms")
    one = Register.open(folders[0])
    alone = Search(one.history, one.municipality, catalogue_for(one.folder))
    alone.who("uppvärmning", in_force=DAY)
    first = timed(lambda: index.ask("uppvärmning", DAY, folders))[0]
    print(f"första frågan {first:.0f} ms")
    for kind, questions in (("överallt", EVERYWHERE), ("ofta", OFTEN), ("sällan", RARE)):
        for question in questions:
            taken = statistics.median(timed(lambda q=question: index.ask(q, DAY, folders))[0] for _ in range(5))
            single = statistics.median(timed(lambda q=question: alone.who(q, in_force=DAY))[0] for _ in range(5))
            towns = index.ask(question, DAY, folders)[1]
            owners = sum(bool(t.answer.owners) for t in towns)
            print(f"  {kind:9}{question[:44]:46}{taken:7.1f} ms  ensamt {single:5.1f} ms  {owners} av {len(towns)} svarar")
    print(f"minne {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    index.close()


if __name__ == "__main__":
    main()
