"""The dirt of real documents, as layouts: what is printed stands in an element, what it is to be read as in its blocks.

Sixteen layouts, eight of them held: only their sums are ever looked at. The dirt is that of charters that councils publish: numbers
printed twice or not at all, letters taken apart, spaced-out banners, soft hyphens, odd blanks, mixed marks in one list, headings in
capitals or bold alone, both ways of writing a §, tables over pages, revision tables, footnotes, several councils in one head.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from layouts import Author, El, Layout

Style = dict[str, object]


class Untidy(Author):
    """Writes a charter as it has become after years in other programs."""

    def dirty(self, how: Callable[[str], str]) -> None:
        """Print the last element otherwise than it is to be read."""
        last = self.els[-1]
        self.els[-1] = replace(last, text=how(last.text), cells=tuple(map(how, last.cells)))

    def twice(self, first: str, second: str, text: str = "") -> None:
        """A § number on a line of its own and once more before the words below it."""
        self.count += 1
        number = str(self.count)
        text = text or self.prose()
        self.add("number", "", label=first.format(number), blocks=(("paragraf", number, first.format(number), ""),))
        self.add("run-in", text, label=second.format(number), blocks=(("stycke", "", "", text),))

    def again(self, form: str) -> None:
        """A § with the number that the one above has."""
        number = str(self.count)
        self.paragraf(form, number=number)

    def lost(self, printed: str = "§") -> None:
        """A § whose number is lost."""
        self.count += 1
        self.add("number", "", label=printed, blocks=(("paragraf", "", "§", ""),))

    def note(self, text: str) -> None:
        """A footnote to the last element, none like another."""
        text = f"{text} {self.sentence()}"
        self.add("note", text, blocks=(("fotnot", "", "", text),))

    def mixed(self, marks: str, tails: tuple[str, ...] = ("", ",", ".")) -> None:
        """A list whose marks are not the same throughout."""
        for at, mark in enumerate(marks):
            words = self.dice.choice(["att samråda med berörda", *self.nouns(1)]) + tails[at % len(tails)]
            self.add("item", words, label=mark, blocks=(("strecksats", "", mark, words),))

    def nouns(self, count: int) -> list[str]:
        from layouts import _NOUNS

        return self.dice.sample(_NOUNS, count)

    def register(self, rows: int, *heads: str) -> None:
        """A long table, which goes over the page."""
        made = [heads]
        for at in range(rows):
            filled = (f"{noun[:1].upper()}{noun[1:]}" for noun in self.nouns(len(heads) - 1))
            made.append((f"{at + 1:02d}.{self.dice.randint(1, 9)}", *filled))
        self.table(*made)


# What is done to words.


def apart(text: str) -> str:
    """Letters and their marks apart."""
    return unicodedata.normalize("NFD", text)


def softened(text: str) -> str:
    """Soft hyphens where a program once wanted to break a word."""
    return " ".join(word[:5] + "\u00ad" + word[5:] if len(word) > 9 else word for word in text.split(" "))


def spaced(text: str) -> str:
    """Letters set apart, as banners were typed."""
    return "\u2003".join(" ".join(word) for word in text.split(" "))


def blanks(text: str) -> str:
    """Blanks of every kind."""
    words = text.split(" ")
    return "".join(word + (" ", "\u00a0", "  ", "\u2009", " \u200b")[at % 5] for at, word in enumerate(words)).strip()


def fused(text: str) -> str:
    """Two words grown together: a fault of the document's own, which is kept."""
    return text.replace(" och ", "och", 1).replace(" som ", "som", 1).replace(" att ", "att", 1)


# The layouts.


def _d01(a: Untidy) -> Style:
    a.title("Reglemente för hamn- och farledsnämnden")
    a.meta("Antaget av kommunfullmäktige 2018-06-18, § 73")
    for at in range(8):
        a.heading()
        if at % 3 == 0:
            a.twice("§ {}", "{} §")
        else:
            a.paragraf("§ {}" if at % 2 else "{} §")
            a.stycke()
        a.lead()
        a.items("•", 4)
        a.stycke()
    return {"head": "Hamn- och farledsnämnden", "watermark": "ARBETSMATERIAL", "auto": True}


def _d02(a: Untidy) -> Style:
    a.title("Reglemente för fritidsnämnden")
    a.meta("Fastställt av kommunfullmäktige den 24 februari 2014, § 9")
    for at in range(9):
        if at % 2 == 0:
            a.heading(caps=True)
        if at == 4:
            a.again("§ {}")
        elif at == 6:
            a.lost("§")
        elif at == 7:
            a.lost("§ xx")
        else:
            a.paragraf("§ {}")
        a.stycke()
        a.dirty(apart if at % 2 else softened)
        a.lead()
        a.mixed("•–-•", ("", ",", ".", ", samt"))
    return {"foot": "Sida {} av {}", "caps": True}


def _d03(a: Untidy) -> Style:
    a.meta("KOMMUNAL FÖRFATTNINGSSAMLING", "cover")
    a.dirty(spaced)
    a.meta("Nr 12:4", "cover")
    a.title("Reglemente för räddningsnämnden")
    a.meta("Dnr: 2003.118 KS")
    for at in range(10):
        a.paragraf("§ {}", title=a.titles[at])
        a.stycke()
        a.dirty(blanks if at % 2 else apart)
        if at % 3 == 0:
            a.lead()
            a.items("1)", 4, verb=True, tail=",samt")
            a.stycke("allt i den utsträckning som lagen medger.")
    return {"head": "Räddningsnämnden sid {}", "vary": True}


def _d04(a: Untidy) -> Style:
    a.meta_rows(("Dokumenttyp", "Reglemente"), ("Dokumentägare", "Kommunchefen"), ("Giltighetstid", "Tills vidare"))
    a.title("Reglemente för teknik- och fastighetsnämnden")
    a.toc()
    a.stycke()
    for at in range(3):
        a.heading(1)
        for _ in range(3):
            a.heading(2)
            a.paragraf("{} §")
            a.stycke()
            if at == 1:
                a.note("Se även kommunens riktlinjer för upphandling.")
            a.stycke()
    a.heading(1, "Revideringar")
    a.table(("Beslut", "Datum", "Avser"), ("KF § 12", "2016-02-29", "Ersättare"), ("KF § 88", "2019-09-30", "Hela reglementet"))
    return {"head": "Teknik- och fastighetsnämnden", "foot": "{} ({})", "vary": True}


def _d05(a: Untidy) -> Style:
    a.title("Reglemente för gemensam nämnd för hjälpmedel")
    for town in ("Norrboda", "Ekhamra", "Tallvik", "Sjöhult"):
        a.meta(f"Antaget av kommunfullmäktige i {town} 2021-0{len(town) % 9 + 1}-14, § {len(town) * 7}")
    a.meta("Gäller från: 2022-01-01")
    a.stycke()
    for at in range(7):
        a.heading()
        a.paragraf("§ {}")
        a.stycke()
        a.dirty(fused)
        a.els[-1] = replace(a.els[-1], blocks=(("stycke", "", "", a.els[-1].text),))
        a.lead()
        a.items("-", 4, tail=".")
        if at % 2:
            a.stycke("Följande uppgifter ligger kvar hos respektive kommun:")
            a.items("-", 3)
    return {"foot": "Winess {}"}


def _d06(a: Untidy) -> Style:
    a.title("REGLEMENTE FÖR KOMMUNSTYRELSEN")
    a.meta("Reviderat av KF 2009-11-30, § 151")
    a.stycke()
    for letter, name in (("A", "STYRELSENS UPPGIFTER"), ("B", "ARBETSFORMER")):
        a.heading(1, name, number=letter, marker=f"{letter}.")
        for at in range(4):
            a.heading(2)
            a.paragraf("{} §+" if at % 2 else "{} §")
            a.stycke("Styrelsen ska därvid" if at == 1 else "")
            a.items("–", 6, tail=",samt")
            a.stycke()
    return {"head": "Flik 3", "foot": "Ersätter: 2005-01-31   Utbytt den: 2009-12-01   Sid {}:{}", "slanted": True}


def _d07(a: Untidy) -> Style:
    a.title("Reglemente för miljö- och hälsoskyddsnämnden")
    a.meta("Beslutat av kommunfullmäktige 2015-12-14, § 201")
    a.meta("Diarienummer: KSN-2015-0123")
    for at in range(6):
        a.paragraf("{} §")
        a.stycke()
        if at == 2:
            a.stycke("Nämnden får fatta beslut enligt följande förteckning.")
            a.register(24, "Nr", "Ärende", "Författning")
        if at == 4:
            a.lead()
            a.items("•", 18)
    return {"head": "Miljö- och hälsoskyddsnämnden", "foot": "Sid {} ({})"}


def _d08(a: Untidy) -> Style:
    a.title("Reglemente för arvodesnämnden")
    a.meta("Antagen av KF §151 2011-12-19")
    for kap, name in enumerate(("Allmänt", "Arvoden", "Övrigt"), 1):
        a.kapitel(kap, f"{kap} kap", name)
        for par in range(1, 4):
            a.paragraf("{} §+", number=str(par))
            a.stycke()
            a.dirty(softened)
            a.lead()
            a.items("a)", 3, tail=",.")
            if par == 2:
                a.stycke("i den mån nämnden inte beslutar annat.")
    return {"head": "Arvodesnämnden", "foot": "{}/{}", "vary": True}


# Held: never looked at one by one.


def _k01(a: Untidy) -> Style:
    a.meta("U T G I V E N", "cover")
    a.els[-1] = El("cover", spaced("UTGIVEN AV KANSLIET"), blocks=(("metadata", "", "", "UTGIVEN AV KANSLIET"),))
    a.title("REGLEMENTE FÖR BYGGNADSNÄMNDEN")
    a.meta("Antagen Kf 1998-10-26 § 87")
    for at in range(7):
        a.heading(caps=at % 2 == 0)
        if at in (1, 4):
            a.twice("§ {}", "{} §")
        else:
            a.paragraf("{} §")
            a.stycke()
        a.dirty(apart)
        a.stycke()
    return {"head": "Sid {} (7)", "caps": True}


def _k02(a: Untidy) -> Style:
    a.title("Reglemente för gemensam överförmyndarnämnd")
    for at, town in enumerate(("Vargön", "Österlunda", "Mörkviken")):
        a.meta(f"Antaget av kommunfullmäktige i {town} den {at + 3} maj 2019, § {40 + at}")
    a.meta("Senast reviderat: 2020-03-30, § 73")
    a.stycke()
    a.stycke()
    for at in range(8):
        a.heading()
        a.paragraf("§ {}" if at < 3 else "{} §")
        a.stycke()
        a.dirty(blanks)
        if at % 2:
            a.lead()
            a.mixed("–•–•", ("",))
            a.stycke("i enlighet med samverkansavtalet.")
    return {"foot": "{}", "auto": True}


def _k03(a: Untidy) -> Style:
    a.meta_rows(("Gäller fr.o.m.", "2018-01-01"), ("Ersätter", "KFS 2007 nr 1"), ("Diarieplan", "030"))
    a.title("Reglemente för kultur- och fritidsnämnden")
    a.toc()
    for at in range(10):
        a.paragraf("§ {}", title=a.titles[at])
        a.stycke()
        if at in (2, 7):
            a.note("Ändrad lydelse enligt fullmäktiges beslut.")
        a.lead()
        a.items("1.", 3, tail=",samt", inner="-" if at == 5 else "")
    return {"head": "Kultur- och fritidsnämnden", "foot": "sid {} ({})", "watermark": "UTKAST"}


def _k04(a: Untidy) -> Style:
    a.title("Reglemente för socialnämnden")
    a.meta("Antaget av kommunfullmäktige den xx/xx 2020, xx §")
    for at in range(9):
        if at % 3 == 0:
            a.heading()
        if at == 5:
            a.again("{} §")
        elif at == 7:
            a.lost("xx §")
        else:
            a.paragraf("{} §")
        a.stycke()
        a.dirty(softened)
        a.stycke("Nämnden ska särskilt:")
        a.items("-", 5, verb=True, tail=",.")
    return {"head": "Socialnämnden", "vary": True}


def _k05(a: Untidy) -> Style:
    a.title("Reglemente för samhällsbyggnadsnämnden")
    a.meta("Fastställd: 2022-06-13, § 101")
    a.stycke()
    for at in range(5):
        a.heading(1)
        a.stycke()
        a.paragraf("§ {}+")
        a.stycke()
        if at == 3:
            a.register(20, "Grupp", "Ärendetyp", "Delegat", "Lagrum")
            a.stycke()
    a.heading(1, "Ändringshistorik")
    a.table(("Datum", "Ändring"), ("2022-06-13", "Antagen"), ("2023-01-30", "Ny 4 §"))
    return {"foot": "Samhällsbyggnadsnämnden {} ({})", "vary": True}


def _k06(a: Untidy) -> Style:
    a.title("Reglemente för lönenämnden")
    a.meta("Dnr 2017.739 KS")
    for kap, name in enumerate(("Inledning", "Uppdrag", "Former"), 1):
        a.kapitel(kap, f"Kap. {kap}", name)
        for at in range(3):
            a.paragraf("§ {}" if kap < 3 else "{} §")
            a.stycke()
            a.dirty((apart, softened, blanks)[at])
            if at == 1:
                a.lead()
                a.mixed("-–•-", (",",))
    return {"head": "Lönenämnden", "foot": "Postadress: 999 99 Ekhamra", "auto": True}


def _k07(a: Untidy) -> Style:
    a.meta("SAMLING AV FÖRESKRIFTER", "cover")
    a.dirty(spaced)
    a.title("Reglemente för krisledningsnämnden")
    a.meta("Antaget: 2006-11-27 §151")
    for at in range(12):
        a.paragraf("{} §+")
        if at % 4 == 1:
            a.lead()
            a.items("o" if at > 4 else "•", 3)
        if at % 4 == 2:
            a.stycke()
            a.note("Jfr lagen om extraordinära händelser.")
    return {"gap": "small", "foot": "{} av {}"}


def _k08(a: Untidy) -> Style:
    a.title("Reglemente för barn- och utbildningsnämnden")
    a.meta("Antaget av KF 2013-06-17 § 66")
    a.meta("Reviderat 2016-09-26 § 91")
    for at in range(4):
        a.heading(1, caps=True)
        for inner in range(2):
            a.heading(2)
            a.twice("{} §", "§ {}") if at == 2 and inner else a.paragraf("{} §")
            if not (at == 2 and inner):
                a.stycke()
            a.lead()
            a.items("–", 5, tail=",samt")
            a.stycke()
    return {"head": "Barn- och utbildningsnämnden", "slanted": True, "watermark": "KOPIA"}


TUNED: tuple[Callable[[Untidy], Style], ...] = (_d01, _d02, _d03, _d04, _d05, _d06, _d07, _d08)
HELD: tuple[Callable[[Untidy], Style], ...] = (_k01, _k02, _k03, _k04, _k05, _k06, _k07, _k08)


def dirty(held: bool, seed: int = 0) -> list[Layout]:
    """Return the eight dirty layouts of one half, their words drawn with `seed`."""
    made = []
    for at, layout in enumerate(HELD if held else TUNED):
        author = Untidy(7000 + 1000 * seed + at + (500 if held else 0))
        style = layout(author)
        made.append(Layout(layout.__name__.strip("_"), author.els, {"at": at, **style}))
    return made
