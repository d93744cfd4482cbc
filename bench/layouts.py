"""Documents of our own to measure the import on: sixteen layouts, each in many formats, with the facit beside it.

A layout is made of `El`s: what stands in the document and, where it is part of the text, what it is to be read as. The first
half of the layouts is for tuning, the second half is only ever measured. All text is invented; the municipalities do not exist.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class El:
    """One element. `look` is how it is set: title, h1, h2, text, item, row, cover, toc, number, run-in, note, fact, furniture."""

    look: str
    text: str = ""
    label: str = ""
    depth: int = 0
    blocks: tuple[tuple[str, str, str, str], ...] = ()
    cells: tuple[str, ...] = ()


@dataclass
class Layout:
    """How one charter looks. `style` says what the renderers vary on: auto numbering, fonts, gaps, columns."""

    name: str
    els: list[El]
    style: dict[str, object] = field(default_factory=dict)

    @property
    def facit(self) -> list[dict[str, object]]:
        """The blocks as the importer should give them."""
        keys = ("niva", "nr", "markor", "text")
        return [
            {**dict(zip(keys, (block[0].rstrip("?"), *block[1:]), strict=True)), **({"valfri": True} if block[0].endswith("?") else {})}
            for el in self.els
            for block in el.blocks
        ]


_SUBJECTS = ["Nämnden", "Ordföranden", "Kommunstyrelsen", "Presidiet", "Förvaltningschefen", "Sekreteraren", "Den som är förhindrad", "Varje ledamot"]  # noqa: E501
_VERBS = ["ska", "får", "bör", "har rätt att", "ansvarar för att"]
_DOES = [
    "pröva ärenden om upplåtelse av mark och vatten", "se till att verksamheten bedrivs enligt de mål som fullmäktige har beslutat",
    "lämna de uppgifter som behövs för uppföljning av budgeten", "samråda med berörda nämnder innan beslut fattas",
    "föra register över de avgifter som tas ut", "yttra sig över remisser som rör kommunens hamnar och farleder",
    "anmäla sitt förhinder till den som kallar till sammanträdet", "besluta om tillfälliga trafikföreskrifter på kajerna",
    "underteckna handlingar som expedieras i nämndens namn", "verka för god tillgänglighet till badplatser och friluftsområden",
    "hålla arkivet ordnat i enlighet med arkivlagen (1990:782)", "svara för service åt seglande gäster",
    "ge allmänheten tillfälle att lämna synpunkter", "redovisa till fullmäktige hur uppdragen har fullgjorts",
]  # fmt: skip
_TAILS = [
    "", "", " om inte annat följer av lag eller annan författning", " senast tre veckor efter årets slut", " i den mån budgeten medger det",
    " – med undantag för akuta åtgärder – enligt 6 kap. 4 § kommunallagen", " bl.a. genom att hålla öppna möten",
]  # fmt: skip
_NOUNS = [
    "hamnar och kajer", "badplatser", "lekplatser och parker", "vägbelysning", "kommunens skogar", "naturvård", "kolonilotter", "båtplatser",  # noqa: E501
    "fiskevård i kommunens vatten", "snöröjning av gång- och cykelvägar", "belysning i hamnområdet", "torghandel och upplåtelser",
    "farledsmärken", "småbåtsservice", "skyltar och orienteringstavlor", "öppna dagvattenlösningar",
]  # fmt: skip
_HEADINGS = [
    "Nämndens uppgifter", "Sammansättning", "Sammanträden", "Kallelse", "Ordföranden", "Ersättare", "Jäv och avbruten tjänstgöring",
    "Justering av protokollet", "Reservation", "Delgivning", "Undertecknande av handlingar", "Personuppgifter", "Uppföljning", "Utskott",
]  # fmt: skip


class Author:
    """Writes a charter element by element."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.els: list[El] = []
        self.count = 0
        self.titles = self.dice.sample(_HEADINGS, len(_HEADINGS))
        self.used = 0
        self.seen: set[str] = set()

    def sentence(self) -> str:
        while True:
            d = self.dice
            made = f"{d.choice(_SUBJECTS)} {d.choice(_VERBS)} {d.choice(_DOES)}{d.choice(_TAILS)}."
            if made not in self.seen:
                self.seen.add(made)
                return made

    def prose(self, least: int = 1, most: int = 3) -> str:
        return " ".join(self.sentence() for _ in range(self.dice.randint(least, most)))

    def add(self, look: str, text: str = "", **more: object) -> None:
        self.els.append(El(look, text, **more))  # type: ignore[arg-type]

    def title(self, text: str, again: bool = False) -> None:
        self.add("title", text, blocks=(("titel?" if again else "titel", "", "", text),))

    def meta(self, text: str, look: str = "fact") -> None:
        self.add(look, text, blocks=(("metadata", "", "", text),))

    def meta_rows(self, *rows: tuple[str, str]) -> None:
        for key, value in rows:
            self.add("row", cells=(key, value), blocks=(("metadata", "", "", f"{key} | {value}"),))

    def heading(self, level: int = 1, text: str = "", caps: bool = False, number: str = "", marker: str = "") -> None:
        words = text or self.titles[self.used % len(self.titles)]
        self.used += not text
        words = words.upper() if caps else words
        self.add(f"h{level}", words, label=marker, blocks=((f"rubrik{level}", number, marker, words),))

    def kapitel(self, number: int, marker: str, text: str) -> None:
        self.add("h1", text, label=marker, blocks=(("kapitel", str(number), marker, text),))

    def paragraf(self, form: str, *, title: str = "", number: str = "") -> None:
        """A § number: "§ {}" or "{} §" on its own line, with a title on it, or (run-in) before the first stycke."""
        if not number:
            self.count += 1
            number = str(self.count)
        form, run_in, _ = form.partition("+")
        marker = form.format(number)
        if run_in:
            text = self.prose()
            self.add("run-in", text, label=marker, blocks=(("paragraf", number, marker, ""), ("stycke", "", "", text)))
        elif title:
            self.add("h2", title, label=marker, blocks=(("paragraf", number, marker, title),))
        else:
            self.add("number", "", label=marker, blocks=(("paragraf", number, marker, ""),))

    def stycke(self, text: str = "") -> None:
        text = text or self.prose()
        self.add("text", text, blocks=(("stycke", "", "", text),))

    def items(self, mark: str, count: int, *, first: int = 1, depth: int = 0, tail: str = "", verb: bool = False, inner: str = "") -> None:
        for at in range(count):
            words = f"att {self.dice.choice(_DOES)}" if verb else self.dice.choice(_NOUNS)
            last, junction = at == count - 1, at == count - 2
            end = {"": "", ",.": "." if last else ",", ",samt": "." if last else ", samt" if junction else ",", ".": "."}[tail]
            number = str(first + at) if "1" in mark else chr(96 + first + at) if "a" in mark else ""
            marker = mark.replace("1", number).replace("a", number) if number else mark
            niva = "punkt" if "1" in mark else "bokstav" if "a" in mark else "strecksats"
            self.add("item", words + end, label=marker, depth=depth, blocks=((niva, number, marker, words + end),))
            if inner and at == 1:
                self.items(inner, 2, depth=depth + 1)

    def table(self, *rows: tuple[str, ...]) -> None:
        for row in rows:
            self.add("row", cells=row, blocks=(("tabellrad", "", "", " | ".join(row)),))

    def toc(self, leaders: bool = True) -> None:
        self.add("toc", "leaders" if leaders else "plain")

    def lead(self) -> None:
        self.stycke(self.dice.choice(["Nämnden ansvarar för", "Nämnden ska särskilt svara för:", "Till nämndens uppgifter hör:", "Nämnden har att besluta om"]))  # noqa: E501


def _town(seed: int) -> str:
    return ["Norrboda", "Vargön", "Ekhamra", "Tallvik", "Österlunda", "Brännaby", "Sjöhult", "Mörkviken"][seed % 8]


def _l01(a: Author) -> dict[str, object]:
    a.title("Reglemente för hamnnämnden i Norrboda kommun")
    for _ in range(9):
        a.paragraf("§ {}")
        a.lead()
        a.items("–", a.dice.randint(3, 7))
        a.stycke()
    return {}


def _l02(a: Author) -> dict[str, object]:
    a.title("Parknämnden - reglemente")
    a.meta("Antaget av kommunfullmäktige den 12 december 2019, § 221")
    for _ in range(10):
        a.heading()
        a.paragraf("§ {}")
        a.stycke()
        a.lead()
        a.items("•", 5)
        a.stycke("i den omfattning som fullmäktige beslutar.")
        a.stycke()
    return {"head": "Parknämnden"}


def _l03(a: Author) -> dict[str, object]:
    a.title("Reglemente för miljö- och tillsynsnämnden")
    a.meta("Antaget av KF den 3 maj 2021 §151")
    a.toc()
    a.stycke()
    for at in range(4):
        a.heading(1)
        for _ in range(3):
            a.heading(2)
            a.paragraf("{} §")
            a.stycke()
            if at % 2:
                a.lead()
                a.items("•", 4, verb=True, tail=".")
        if at == 1:
            a.table(("Författning", "Ärende"), ("Hamnförordningen", "Tillstånd till bogsering"), ("Fiskelagen", "Dispenser för fredningstid"))  # noqa: E501
    return {"head": "Reglemente", "foot": "sid {} ({})"}


def _l04(a: Author) -> dict[str, object]:
    a.title("Reglemente för byggnämnden")
    a.meta("Fastställt av kommunfullmäktige 2024-02-26 § 11")
    a.meta("Diarienummer: KS 2023/1074")
    for at in range(14):
        if at % 3 == 0:
            a.heading()
        a.paragraf("{} §+")
        if at % 2:
            a.stycke()
            a.lead()
            a.items("•", 6)
    return {"gap": "small"}


def _l05(a: Author) -> dict[str, object]:
    a.meta_rows(("Beslutat av", "Kommunfullmäktige"), ("Datum", "2014-11-24 § 197"), ("Dnr", "KS 2014/292"))
    a.title("Reglemente för överförmyndarnämnden")
    a.toc()
    a.stycke()
    for name in _HEADINGS:
        a.paragraf("§ {}", title=name)
        a.stycke()
        if a.count % 3 == 1:
            a.lead()
            a.items("1.", 4, verb=True, tail=",samt")
            a.stycke()
    return {"foot": "{}({})", "auto": True}


def _l06(a: Author) -> dict[str, object]:
    a.title("REGLEMENTE FÖR SOCIALNÄMNDEN")
    a.meta("Beslutat av kommunfullmäktige den xx/xx 2015, xx §")
    for letter, name in (("A", "NÄMNDENS VERKSAMHETSOMRÅDE"), ("B", "GEMENSAMMA BESTÄMMELSER")):
        a.heading(1, name, number=letter, marker=f"{letter}.")
        for at in range(6):
            a.heading(2)
            a.paragraf("{} §")
            a.stycke()
            if at % 2 == 0:
                a.lead()
                a.items("1.", 5)
                a.stycke("Nämnden ska därutöver fullgöra kommunens uppgifter enligt följande.")
                a.items("1.", 3, first=6)
    return {"foot": "Besöksadress: Kajgatan 1, 999 99 Österlunda", "caps": True}


def _l07(a: Author) -> dict[str, object]:
    a.title("Gemensamma bestämmelser för nämnder")
    a.stycke("Utöver vad som föreskrivs i kommunallagen gäller följande bestämmelser för nämnderna i Ekhamra kommun.")
    for kap, name in enumerate(("Nämndernas uppgifter", "Sammanträden", "Övriga bestämmelser"), 1):
        a.kapitel(kap, f"{kap} kap", name)
        for par in range(1, 6):
            a.paragraf("{} §", title=_HEADINGS[(kap * 5 + par) % 14], number=str(par))
            a.stycke()
            if par % 2:
                a.lead()
                a.items("-", 5, tail=",.")
            a.stycke()
    a.add("h1", "Nämndernas utskott", label="Bilaga 1", blocks=(("bilaga", "1", "Bilaga 1", "Nämndernas utskott"),))
    a.stycke()
    return {"head": "Gemensamma bestämmelser", "foot": "{}"}


def _l08(a: Author) -> dict[str, object]:
    a.title("Reglemente för vård- och omsorgsnämnden")
    a.meta("Gäller från: 2020-01-01 Antagen: 2019-11-25 §151")
    a.stycke()
    for number, name in enumerate(("Syfte", "Organisation", "Arbetsformer", "Reglementets ajourhållande"), 1):
        a.heading(1, name, number=str(number), marker=f"{number}.")
        a.stycke()
        for inner in range(1, 4):
            a.heading(2, f"{_HEADINGS[(number * 3 + inner) % 14]}", number=f"{number}.{inner}", marker=f"{number}.{inner}")
            a.stycke()
            if inner == 2:
                a.lead()
                a.items("a)", 4, tail=",.")
    return {"foot": "{}", "auto": True}


# Held: written before the importer was tuned, and only measured.


def _h01(a: Author) -> dict[str, object]:
    a.title("Reglemente för kulturnämnden")
    a.meta_rows(("Gäller från", "2023-01-01"), ("Antagen av", "Kommunfullmäktige"), ("Datum för antagande", "2022-05-30, § 77"))
    for at in range(7):
        a.heading()
        a.paragraf("{} §")
        a.stycke()
        a.paragraf("{} §")
        a.lead()
        a.items("•", 3, tail=",.")
        a.lead()
        a.items("•", 2 + at % 3)
    return {"head": "Kulturnämnden"}


def _h02(a: Author) -> dict[str, object]:
    a.title("Arbetsordning för kommunfullmäktige")
    a.meta("Antagen 2018-10-15, § 42")
    a.toc(leaders=False)
    a.stycke()
    for number in range(1, 13):
        a.heading(1, f"{_HEADINGS[number % 14]} (KL 5 kap. {number} §)")
        text = a.prose(2)
        marker = f"{number}."
        a.add("run-in", text, label=marker, blocks=(("paragraf", str(number), marker, ""), ("stycke", "", "", text)))
        a.stycke()
    return {"foot": "sidan {}"}


def _h03(a: Author) -> dict[str, object]:
    a.meta("Kommunal författningssamling för Sjöhult", "cover")
    a.title("Reglemente för kommunstyrelsen")
    a.meta("Reviderat 2016-02-29, § 14")
    a.meta("Reviderat 2018-06-18, § 99")
    a.stycke()
    for _ in range(3):
        a.heading(1, caps=True)
        a.stycke()
        for _ in range(3):
            a.heading(2)
            a.paragraf("{} §")
            a.stycke()
            a.stycke()
        a.lead()
        a.items("-", 12, tail=",samt")
    return {"head": "Kommunstyrelsen", "foot": "{}", "slanted": True}


def _h04(a: Author) -> dict[str, object]:
    a.title("Reglemente för gemensam nämnd för kostsamverkan")
    a.meta("Fastställd av kommunfullmäktige 2017-06-19 § 88, reviderad 2020-03-30 § 73")
    a.stycke()
    a.stycke()
    for at in range(8):
        a.heading()
        a.paragraf("§ {}")
        a.stycke()
        a.lead()
        a.items("1.", 3, inner="-" if at % 2 else "a)")
        a.stycke()
    a.add("h1", "Karta över området", label="Bilaga A", blocks=(("bilaga", "A", "Bilaga A", "Karta över området"),))
    a.stycke()
    return {"foot": "sid {} av {}", "auto": True}


def _h05(a: Author) -> dict[str, object]:
    a.title("Reglemente för valnämnden")
    a.meta("Antaget: 2019-02-25, § 18")
    a.meta("Dokumentansvarig: kanslichefen")
    for at in range(20):
        a.paragraf("{} §+" if at != 7 else "{} a §+", number="" if at != 7 else "7")
        if at % 4 == 0:
            a.stycke()
    a.els = [El(e.look, e.text, e.label, e.depth, tuple((b[0], "7 a" if b[2] == "7 a §" else b[1], b[2], b[3]) for b in e.blocks), e.cells) for e in a.els]  # noqa: E501
    return {"gap": "small", "foot": "{}/{}"}


def _h06(a: Author) -> dict[str, object]:
    a.title("Reglemente för styrelse och nämnder")
    a.meta_rows(("Dokumenttyp", "Reglemente"), ("Fastställd", "2011-02-28 § 91"), ("Diarienummer", "2010/0147 KS-3"))
    for kap, name in enumerate(("Allmänna bestämmelser", "Hamnnämnden", "Skogsnämnden"), 1):
        a.kapitel(kap, f"Kap {kap}", name)
        for _ in range(4):
            a.heading(1)
            a.paragraf("§ {}")
            a.stycke()
            a.lead()
            a.items("–", 4, tail=",samt")
    a.heading(1, "Ikraftträdande")
    a.paragraf("§ {}")
    a.stycke("Reglementet träder i kraft den 1 april 2011.")
    return {"head": "KFS 2011:1", "foot": "{} ({})"}


def _h07(a: Author) -> dict[str, object]:
    a.title("Bestämmelser för namnkommittén")
    a.meta("Fastställda av kommunfullmäktige den 26 april 2010, § 52")
    a.count = 0
    for at in range(9):
        if at % 2 == 0:
            a.heading()
        if at == 6:
            a.count += 1
        a.paragraf("§ {}", title=a.titles[at] if at % 3 == 2 else "")
        a.stycke()
        if at % 3 == 1:
            a.lead()
            a.items("a)", 3)
            a.stycke("allt under förutsättning att medel finns avsatta.")
    a.table(("Post", "Ansvarig", "Tid"), ("Skyltar", "Hamnchefen", "Årligen"), ("Namnregister", "Kommittén", ""), ("Arkiv", "Registrator", "Löpande"))  # noqa: E501
    return {}


def _h08(a: Author) -> dict[str, object]:
    a.meta("UTGIVEN AV KOMMUNKANSLIET", "cover")
    a.meta("Nr 2.6", "cover")
    a.title("Reglemente för omsorgsnämnden")
    a.meta("Antagen Kf 1994-12-12 § 118")
    a.stycke()
    for _ in range(4):
        a.heading(1)
        for _ in range(3):
            a.heading(2)
            a.paragraf("{} §")
            a.stycke()
            a.stycke()
            a.stycke()
    return {"head": "Sid {} ({})", "slanted": True}


TUNED: tuple[Callable[[Author], dict[str, object]], ...] = (_l01, _l02, _l03, _l04, _l05, _l06, _l07, _l08)
HELD: tuple[Callable[[Author], dict[str, object]], ...] = (_h01, _h02, _h03, _h04, _h05, _h06, _h07, _h08)


def layouts(held: bool, seed: int = 0) -> list[Layout]:
    """Return the eight layouts of one half, their words drawn with `seed`."""
    made = []
    for at, layout in enumerate(HELD if held else TUNED):
        author = Author(1000 * seed + at + (500 if held else 0))
        style = layout(author)
        made.append(Layout(layout.__name__.strip("_"), author.els, {"at": at, **style}))
    return made


def decomposed(text: str) -> str:
    """The text with its letters taken apart, as some PDF makers write it."""
    return unicodedata.normalize("NFD", text)
