"""Names of charters and committees: as decisions write them, in one normal form, and which charter they mean.

The normal form is the definite nominative in small letters: "socialnämndens" and "Socialnämnden" give "socialnämnden",
"KS" gives "kommunstyrelsen", "en valnämnd" gives "valnämnden".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.charter import Charter
from reglemente_tool.model.history import Municipality
from reglemente_tool.model.wording import fold

ALL = "*"
"""Every charter of the municipality."""
ALL_COMMITTEES = "*nämnder"
"""The charter of every committee but the board."""
COMMON = "gemensamt reglemente"
"""The charter that holds for all committees together."""
COUNCIL = "kommunfullmäktige"

_SHORT = {"ks": "kommunstyrelsen", "kf": COUNCIL, "fullmäktige": COUNCIL, "stadsfullmäktige": COUNCIL, "styrelsen": "kommunstyrelsen"}
USUAL = {
    "sn": "socialnämnden", "von": "vård- och omsorgsnämnden", "on": "omsorgsnämnden", "bun": "barn- och utbildningsnämnden",
    "un": "utbildningsnämnden", "kfn": "kultur- och fritidsnämnden", "kn": "kulturnämnden", "fn": "fritidsnämnden",
    "mbn": "miljö- och byggnadsnämnden", "mn": "miljönämnden", "bn": "byggnadsnämnden", "tn": "tekniska nämnden",
    "sbn": "samhällsbyggnadsnämnden", "amn": "arbetsmarknadsnämnden", "öfn": "överförmyndarnämnden", "vn": "valnämnden",
    "än": "äldrenämnden",
}  # fmt: skip
"""What short forms usually stand for. A register that says otherwise is right."""
_ADJECTIVES = (
    r"(?:(?:(?:tekniska|sociala|lokala|kommunala|mellankommunala|regionala|särskilda|allmänna|gemensamma|norra|södra|östra|"
    r"västra)\s+)(?=\S*(?:nämnd|utskott|"
    r"styrelse)))?"
)
_ENDS = r"(?:nämnd|styrelse|utskott|beredning|kommitté|råd|delegation|revision)"
_DEFINITE_ENDS = r"(?:nämnden|styrelsen|utskottet|beredningen|kommittén|(?<!om)rådet|delegationen)"
_BEFORE = r"(?:(?:[a-zåäöé]+-,\s+)*[a-zåäöé]+-\s+(?:och|samt)\s+)?"
_LETTERS = r"(?:[a-zåäö]{1,4}-(?=[a-zåäö]))?"
"""What a name may begin with: "it-nämnden"."""
_FOR = r"(?:nämnden|utskottet|beredningen)\s+för\s+(?:[a-zåäö]+,\s+)?[a-zåäö]+(?:\s+och\s+[a-zåäö]+)?"
ABBREVIATION = (r"(?!(?:NN|EN|DEN|MEN|HAN|SIN|MIN|DIN|KAN|VEN|UTAN|SEDAN|INNAN|"
    r"INGEN)(?!\w))[A-ZÅÄÖ][A-ZÅÄÖ]?[A-ZÅÄÖ]?[A-ZÅÄÖ]?N(?=s?(?![\w-]))|ÖF(?=s?(?![\w-]))")
"""A committee's short form in capitals: BUN, MBN, VON. In capitals only; a register may know others (`Register`)."""
BODY = (
    rf"(?:{_BEFORE}{_ADJECTIVES}{_LETTERS}[a-zåäöé]*{_DEFINITE_ENDS}|(?-i:KS|KF|{ABBREVIATION})(?::s)?|(?:kommun|stads|region)?fullmäktige)"
    r"(?![a-rt-zåäö0-9_-])"
)
"""One committee in definite form, its genitive "s" (if any) left to what follows; for use with IGNORECASE."""
NEW_BODY = rf"(?:{_BEFORE}{_ADJECTIVES}{_LETTERS}[a-zåäöé]+{_ENDS})(?!\w)"
"""One committee in indefinite form, as when it is founded: "valnämnd", "demokratiutskott"."""

_GENERIC = frozenset({"nämnden", "styrelsen", "utskottet", "beredningen", "kommittén", "rådet", "delegationen"})


def normal(name: str) -> str:
    """Return the normal form of a committee's name as written. What is no name comes back folded, in small letters."""
    words = fold(name).lower().strip(" .,;:")
    words = re.sub(r"^(?:den|det|en|ett|nuvarande|vår)\s+", "", words)
    words = re.sub(r"(?::s|s)$", "", words) if re.search(r"(?:n|t|ks|kf|:|e)s$", words) else words
    if words in _SHORT and words != "styrelsen":
        return _SHORT[words]
    for bare, definite in (
        ("nämnd", "en"),
        ("beredning", "en"),
        ("delegation", "en"),
        ("utskott", "et"),
        ("råd", "et"),
        ("styrelse", "n"),
        ("kommitté", "n"),
    ):
        if words.endswith(bare):
            return words + definite
    return words


def is_generic(name: str) -> bool:
    """True for "nämnden", "styrelsen": a committee that only the context tells."""
    return normal(name) in _GENERIC


@dataclass(frozen=True, slots=True)
class Register:
    """What names mean here: (normal form, charter) pairs, with every name by which a charter's committee goes."""

    names: tuple[tuple[str, Charter], ...] = ()

    def charters(self, name: str) -> tuple[Charter, ...]:
        """Return the charters that `name` (in normal form) can mean: none, one, or for ALL and its kin every one."""
        everyone = tuple(dict.fromkeys(charter for _, charter in self.names))
        if name == ALL:
            return everyone
        if name == ALL_COMMITTEES:
            board = set(self._exact("kommunstyrelsen"))
            council = set(self._exact(COUNCIL))
            return tuple(c for c in everyone if c not in board | council)
        if name == "styrelsen":
            return self._exact("styrelsen") or self._exact("kommunstyrelsen")
        return self._exact(name) or self._exact(USUAL.get(name, ""))

    def _exact(self, name: str) -> tuple[Charter, ...]:
        return tuple(dict.fromkeys(charter for known, charter in self.names if known == name))

    def nearest(self, name: str) -> str:
        """Return the known name that looks most like `name`, or ""."""
        near = get_close_matches(name, sorted({known for known, _ in self.names}), n=1, cutoff=0.6)
        return near[0] if near else ""

    def known(self) -> tuple[str, ...]:
        """Return one name for each charter, in alphabetical order."""
        first: dict[str, str] = {}
        for name, charter in self.names:
            first.setdefault(charter.id, name)
        return tuple(sorted(first.values()))


def register(municipality: Municipality, charters: Iterable[Charter]) -> Register:
    """Return what names mean in this municipality: by charter title, by committee, by abbreviation."""
    pairs: list[tuple[str, Charter]] = []
    for charter in charters:
        names = [titled(charter.title)]
        committee = municipality.committee(charter.committee)
        if committee is not None:
            names += [normal(committee.name), *(fold(short).lower() for short in committee.abbreviations)]
        pairs += [(name, charter) for name in dict.fromkeys(names) if name]
    return Register(tuple(pairs))


@lru_cache(maxsize=512)
def titled(title: str) -> str:
    """Return the committee that a charter's title names, in normal form: "Reglemente för socialnämnden" gives "socialnämnden"."""
    line = fold(title).lower()
    if re.search(r"\bgemensamt reglemente\b|\breglemente för nämnder", line):
        return COMMON
    match = re.search(rf"(?:reglemente\w*|arbetsordning\w*|instruktion\w*)\s+för\s+({_FOR}|{BODY})", line, re.IGNORECASE)
    if match is None:
        match = re.search(rf"({BODY})s\s+(?:reglemente|arbetsordning|instruktion)", line, re.IGNORECASE)
    if match is None:
        match = re.search(r"(?:reglemente|arbetsordning|instruktion)\s+för\s+(.+?)(?:,| i \w+ kommun|$)", line)
    return normal(match[1]) if match else ""


def unknown(name: str, names: Register, place: Place) -> Problem:
    """Return the Problem that no charter is known by `name`, with "menade du …?" when one is near."""
    near = names.nearest(name)
    known = ", ".join(names.known())
    hint = f"Menade du {near}?" if near else (f"Registret har reglementen för {known}." if known else "Registret har inga reglementen.")
    return Problem("NAMND", f"Registret har inget reglemente för {name}.", place, Level.FEL, hint)


def nameless(place: Place) -> Problem:
    """Return the Problem that a clause does not say which charter it changes."""
    return Problem(
        "NAMND",
        "Beslutet säger inte vilket reglemente som ändras.",
        place,
        Level.FEL,
        "Ange nämnden med --svar NAMND:N=namn, där N är att-satsens nummer.",
    )


def double(name: str, place: Place) -> Problem:
    """Return the Problem that more than one charter goes by `name`."""
    return Problem("TVETYDIG", f"Flera reglementen i registret heter {name}.", place, Level.FEL, "Ange reglementets fullständiga namn.")


# ------------------------------------------------------------------------------------------------ names in running text

_COUNCIL = r"(?:(?:kommun|stads|region)?fullmäktige|(?-i:KF))"
_ACT = r"(?:reglemente|arbetsordning|instruktion)"
_SPEAKS = re.compile(_ACT, re.IGNORECASE)
_WORD_FOR_ACT = rf"{_ACT}(?:ts?|ens?|n|ns|na|nas|s)?"
_ONE = (
    rf"(?:den\s+|det\s+|kommunens\s+|den\s+nya\s+)?(?P<after>(?:nämnden|utskottet)\s+för\s+[a-zåäö]+(?:\s+och\s+(?!att\b|"
    rf"\S*(?:nämnden|styrelsen|utskottet|reglemente\S*)\b)[a-zåäö]+)?|{BODY}|{NEW_BODY})"
)
_OLD = r"(?:(?:nuvarande|gamla|föregående|tidigare antaget|antaget|gällande|nu\s+gällande|tidigare|befintliga|det|denna|detta|vårt)\s+)*"
_NEW = r"(?:(?:reviderade|reviderad|nya|uppdaterade|omarbetade|föreslagna)\s+)?"
_CHARTER = re.compile(
    rf"(?<![\w-]){_OLD}(?:"
    rf"(?P<all>(?:samtliga|alla)\s+(?:nämnders\s+(?:och\s+styrelsers\s+)?|styrelsers\s+och\s+nämnders\s+|kommunens\s+|nuvarande\s+|"
    rf"(?:nu\s+)?gällande\s+|nya\s+|tidigare\s+)?(?:nämnd)?{_ACT}(?:n|na)|kommunens\s+{_ACT}(?:n|na)|{_ACT}(?:n|na|"
    rf"t)?\s+för\s+(?:kommun)?styrelsen?\s+och\s+(?:övriga\s+)?nämnder(?:na)?"
    rf"|(?:kommun)?styrelsens\s+och\s+(?:övriga\s+)?nämndernas\s+{_ACT}(?:n|na)|{_ACT}(?:na|n)\s+för\s+samtliga\s+nämnder)"
    rf"|(?P<committees>(?:de\s+)?(?:övriga\s+)?nämnder(?:na)?s\s+{_ACT}(?:n|na)|respektive\s+nämnds\s+{_ACT}(?:t|n)?|{_ACT}(?:na|"
    rf"n)\s+för\s+nämnderna|varje\s+nämnds\s+{_ACT})"
    rf"|(?P<common>(?:det\s+)?(?:gemensamma|gemensamt|allmänna|"
    rf"allmänt)\s+{_ACT}(?:t)?(?:\s+för\s+(?:kommunstyrelsen\s+och\s+)?nämnder(?:na)?)?)"
    rf"|(?P<many>{_ACT}(?:na|n)\s+för\s+{BODY}(?:,\s+{BODY})*,?\s+(?:och|samt)\s+(?:för\s+)?{BODY})"
    rf"|{_WORD_FOR_ACT}\s+för\s+{_ONE}"
    rf"|(?:det\s+)?för\s+(?P<valid>{BODY})\s+(?:nu\s+)?gällande\s+{_ACT}t?"
    rf"|(?P<owners>(?:(?:såväl|både)\s+)?{BODY}s(?:,\s+{BODY}s)*\s+(?:och|samt|som)\s+{BODY}s)\s+{_ACT}(?:n|na|t)?"
    rf"|(?P<before>(?-i:KS|KF|{ABBREVIATION})|{BODY}(?=s)|(?:nämnden|"
    rf"utskottet)\s+för\s+[a-zåäö]+(?:\s+och\s+[a-zåäö]+)?(?=s))(?::?s)?\s+{_OLD}{_NEW}{_ACT}(?:t|n)?(?!\s+för\b)"
    rf"|(?P<council>{_COUNCIL}s\s+arbetsordning)"
    rf"|(?P<bare>reglementets?(?!\s+för\s+(?:intern|attest|arvod|kontroll|ekonom|kommunens\s+revis|revis|finans|medels|förenings|utmärk))|"
    rf"arbetsordningens?|instruktionens?|(?<=detta\s)reglemente|(?<=i\s)reglemente))(?![\w-])",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(
    rf"(?<![\w-])(?:nuvarande\s+)?(?:{BODY}(?!\s+för\s)|(?:gemensamma\s+)?(?:nämnden|"
    rf"utskottet)\s+för\s+[a-zåäö]+(?:\s+och\s+[a-zåäö]+)?|{BODY})(?=s?(?![\w-]))",
    re.IGNORECASE,
)
_BODY_ALONE = re.compile(BODY, re.IGNORECASE)


def charters_in(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (start, end, names in normal form) of every charter that `text` names; no name where only the context tells which."""
    if _SPEAKS.search(text) is None:
        return
    for match in _CHARTER.finditer(text):
        yield match.start(), match.end(), _charter_names(match)


def _charter_names(match: re.Match[str]) -> tuple[str, ...]:
    if match["all"]:
        return (ALL,)
    if match["committees"]:
        return (ALL_COMMITTEES,)
    if match["common"]:
        return (COMMON,)
    if match["council"]:
        return (COUNCIL,)
    if match["many"] or match["owners"]:
        return tuple(normal(one[0]) for one in _BODY_ALONE.finditer(match["many"] or match["owners"]))
    name = match["after"] or match["before"] or match["valid"] or ""
    # "nämndens reglemente" is the charter that the context tells.
    return (normal(name),) if name and not (is_generic(name) and normal(name) != "styrelsen") else ()


def committees_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name in normal form) of every committee but the council that `text` names."""
    for match in _COMMITTEE.finditer(text):
        if not is_generic(match[0]) and not normal(match[0]).endswith("fullmäktige"):
            yield match.start(), match.end(), normal(match[0])
