"""The words of a citation: ordinals, numbers, letters, quoted wordings, lists of them, the nouns of units, topics, statutes.

"fjärde", "4:e", "näst sista"; "4 a"; "2-4 och 7"; "strecksatserna". How they are put together is `model.citation`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reglemente_tool.model.address import LAST, Kind, Step
from reglemente_tool.model.patterns import Pattern, any_of, rx

MOST = 100
"""No citation means more places than this; it is something else."""

WORDLIKE = "iåöop"
"""Letters that are words, so that they are no bokstav unless a bracket follows ("o" is short for "och", "p" for "punkt")."""

def fold(word: str) -> str:
    """Return a word that a pattern matched as it stands in the tables. (To IGNORECASE, Turkish dotted and dotless i are i.)"""
    return word.casefold().replace("\u0307", "").replace("\u0131", "i")


# ------------------------------------------------------------------------------------------------------------ nouns

NOUNS = {  # Indefinite and definite singular, indefinite and definite plural. In order of size, the largest first.
    Kind.KAPITEL: "kapitel kapitlet kapitel kapitlen",
    Kind.AVSNITT: "avsnitt avsnittet avsnitt avsnitten",
    Kind.PARAGRAF: "paragraf paragrafen paragrafer paragraferna",
    Kind.BILAGA: "bilaga bilagan bilagor bilagorna",
    Kind.STYCKE: "stycke stycket stycken styckena",
    Kind.TABELL: "tabell tabellen tabeller tabellerna",
    Kind.RAD: "rad raden rader raderna",
    Kind.PUNKT: "punkt punkten punkter punkterna",
    Kind.BOKSTAV: "bokstav bokstaven bokstäver bokstäverna",
    Kind.STRECKSATS: "strecksats strecksatsen strecksatser strecksatserna",
    Kind.MENING: "mening meningen meningar meningarna",
    Kind.LED: "led ledet led leden",
}
_BULLETS = (  # "att-sats" without article is left out: it is a clause of the decision.
    "- att-satsen - att-satserna", "- attsatsen - attsatserna",
    "bullet bulleten bullets bulletarna", "bulletpunkt bulletpunkten bulletpunkter bulletpunkterna",
)  # fmt: skip
_FORMS = [(kind, forms.split()) for kind, forms in (*NOUNS.items(), *((Kind.STRECKSATS, forms) for forms in _BULLETS))]
INDEFINITE = {forms[0]: kind for kind, forms in _FORMS if forms[0] != "-"}
DEFINITE = {forms[1]: kind for kind, forms in _FORMS}
PLURAL = {forms[3]: kind for kind, forms in _FORMS}
WORDS = {forms[2]: kind for kind, forms in _FORMS if forms[2] != "-"} | INDEFINITE | DEFINITE | PLURAL
SHORT = {"§": Kind.PARAGRAF, "§§": Kind.PARAGRAF, "kap": Kind.KAPITEL, "bil": Kind.BILAGA, "st": Kind.STYCKE, "p": Kind.PUNKT}
ANCHORS = frozenset({Kind.KAPITEL, Kind.AVSNITT, Kind.PARAGRAF, Kind.BILAGA})
"""Units that are found without knowing what they stand in."""
LETTERED = frozenset({Kind.PARAGRAF, Kind.BILAGA, Kind.STYCKE, Kind.PUNKT, Kind.BOKSTAV, Kind.STRECKSATS})
"""Units that a bokstav may stand in."""


# --------------------------------------------------------------------------------------------------------- ordinals

_IN_ORDER = """
    första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde
    sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde tjugofemte tjugosjätte tjugosjunde
    tjugoåttonde tjugonionde trettionde trettioförsta"""
_SPELLED = _IN_ORDER.split()
_NUMBERS = {word: place for place, word in enumerate(_SPELLED, start=1)} | {"adertonde": 18}
_ONE = rf"(?:{any_of(*_NUMBERS)}|[1-9][0-9]{{0,2}}:[ae](?!\w))"
_ORDINAL = rx(rf"(?:(?P<back>näst(?!\w)|{_ONE})\s{{1,9}})?(?P<last>sista(?!\w))|(?P<one>{_ONE})")
_LAST = Pattern(rf"{LAST}(?:(?P<sign>[+-])(?P<by>[0-9]+))?")

ORDINAL = rf"(?:(?:(?:näst(?!\w)|{_ONE})~)?sista(?!\w)|{_ONE})"
"""An ordinal as a pattern for `rx`."""


def ordinal(word: str) -> str | None:
    """Return the number that an ordinal stands for: "fjärde" and "4:e" give "4", "näst sista" gives "sist-1"; else None."""
    match = _ORDINAL.fullmatch(word.strip())
    if match is None:
        return None
    if match["one"]:
        place = _place(match["one"])
        return str(place) if place else None
    if not match["back"]:
        return LAST
    # "tredje sista" is the third from the end.
    back = 2 if fold(match["back"]) == "näst" else _place(match["back"])
    return f"{LAST}-{back - 1}" if back and back > 1 else None


def _place(one: str) -> int | None:
    return int(one.partition(":")[0]) if one[0].isdigit() else _NUMBERS.get(fold(one))


def spell_ordinal(number: str) -> str:
    """Return a step's number as an ordinal: "4" is "fjärde", "32" is "32:a", "sist-1" is "näst sista".

    What goes after the last ("sist+1") will be the last: "sista". A designation that is no ordinal ("4 a") is given back.
    """
    last = _LAST.fullmatch(number)
    if last is not None:
        back = int(last["by"] or 0) if last["sign"] == "-" else 0
        return "sista" if not back else "näst sista" if back == 1 else f"{spell_ordinal(str(back + 1))} sista"
    if not number.isdigit():
        return number
    place = int(number)
    if 1 <= place <= len(_SPELLED):
        return _SPELLED[place - 1]
    return f"{number}:{'a' if place % 10 in (1, 2) and place % 100 not in (11, 12) else 'e'}"


# ----------------------------------------------------------------------------------------------------- designations

_DESIGNATION = Pattern(r"([0-9.]*)\s*([^\W\d_]*)")


def designation(printed: str) -> str:
    """Return a number as a step holds it: "4A" and "4 a" give "4 a"; a letter that stands alone keeps its case."""
    match = _DESIGNATION.fullmatch(printed.strip())
    return f"{match[1]} {match[2].lower()}" if match and match[1] and match[2] else printed.strip()


def between(first: str, last: str) -> tuple[str, ...]:
    """Return the designations from `first` to `last`: 2-4 is 2, 3, 4; 4 a-4 c and 4 a-c are 4 a, 4 b, 4 c; 4-4 b is 4, 4 a, 4 b.

    Empty when only the charter could tell ("3 a-5", "andra-sista") or when the order is wrong.
    """
    if first.isdigit() and last.isdigit():
        return tuple(str(n) for n in range(int(first), int(last) + 1))
    one, other = _DESIGNATION.fullmatch(first), _DESIGNATION.fullmatch(last)
    if one is None or other is None or other[1] not in ("", one[1]):
        return ()
    low, high = one[2], other[2]
    if len(low) > 1 or len(high) != 1 or not (low + high).isascii():
        return ()
    letters = [chr(code) for code in range(ord(low or "a"), ord(high) + 1)]
    return tuple(f"{one[1]} {letter}".strip() for letter in ([] if low else [""]) + letters)


# ------------------------------------------------------------------------------------------------------------ lists

COUNTED = any_of("""
    jan januari feb februari mars apr april maj juni juli aug augusti sep sept september okt oktober nov november dec december
    kr kronor kkr tkr mkr msek miljoner miljarder procent ledamöter ledamot ersättare suppleanter personer röster mandat platser
    gånger dag dagar vecka veckor månad månader år timmar tim minuter poäng stycken kvm meter hektar""")
"""What a number counts when it designates no provision."""

# What shows that the number before it designates nothing (a date, an amount: "1 000"), or something else than was said.
_TAKEN = rf"[\w%]|[:/]\w|\.[0-9]|[^\S\n][0-9]{{3}}(?![0-9:])|~?%|~?{COUNTED}|~?(?:kap|mom)(?!\w)|~(?:st|p)(?!\w)(?!\.?~?[0-9]|\))"
_DIGITS = r"[1-9][0-9]{0,2}(?![0-9])(?:\.[0-9]{1,3}(?![0-9]))*"
_SIGN = "(?-i:[a-zåäöA-ZÅÄÖ])"  # Not left to IGNORECASE, which takes a Turkish dotted I for an i.
# A letter that stands free after a number or a §: no word, nor the beginning of "m.m.", "e-post" or "p. 3".
_FREE = rf"(?![{WORDLIKE}])(?-i:[a-zåäö])(?![\w)])(?!\.\w)(?!\.~\w\.)(?!-\w\w)(?!\.?~?[0-9]+(?![0-9:]))"
_ANYTHING = rx("")


@dataclass(frozen=True, slots=True)
class Item:
    """What a list can hold: how it looks, its name in a step, what must follow the first one and the later ones."""

    looks: Pattern
    name: Callable[[str], str | None] = designation
    first: Pattern = _ANYTHING
    later: Pattern = _ANYTHING

    def read(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the name of the item at `at` and where it ends; the name is "" when it is not known."""
        match = self.looks.match(text, at)
        return (self.name(match[match.lastindex or 0]) or "", match.end()) if match else None


_FIRST, _LATER = rx(rf"(?!{_TAKEN}|~?§(?!~?[0-9]))"), rx(rf"(?!{_TAKEN}|~?§)")  # "kap. 2 § 4", but "§ 2 och" before "4 §".
_BARE_ENDS = rx(
    rf"(?!{_TAKEN}|~?§)(?=\)?(?:\s*$|\n|[,.;?!)”\"»’'–—-]|:(?!\w)|~(?-i:[a-zåäö]|[A-ZÄ][A-Za-z]{{1,2}}(?!\w))|~[(”\"»]|~[0-9]+:))"
)

BEFORE = Item(rx(rf"{_DIGITS}(?:~?{_SIGN}(?!\w))?|{_SIGN}(?=~?§)"))
"""A number before its unit ("4 a §"); what follows is the unit's business."""
PLAIN = Item(rx(r"[1-9][0-9]?(?![0-9])"))
"""A number that can have no letter: "2 st"."""
OPEN = Item(rx(rf"{_DIGITS}(?:{_SIGN}(?!\w)|~{_FREE})?"), first=_FIRST, later=_LATER)
"""A number after a unit that can have a letter: "§ 4 a"."""
OPEN_IN_BRACKET = Item(rx(rf"{_DIGITS}(?:{_SIGN}(?!\w)|~(?:{_FREE}|[a-z](?=\)(?!\)))))?"), first=_FIRST, later=_LATER)
"""The same where a bracket was opened: "(§ 4 a)" is 4 a §, but "§ 4 a)" and "(§ 4 a))" are its bokstav a."""
CLOSE = Item(rx(rf"{_DIGITS}(?:{_SIGN}(?!\w))?"), first=_FIRST, later=_LATER)
"""A number after a unit under which letters stand: "punkten 4 a" is its bokstav a, "punkten 4a" another punkt."""
BARE = Item(rx(rf"(?![0-9]{{3}}){_DIGITS}(?:{_SIGN}(?!\w))?"), first=_BARE_ENDS, later=_BARE_ENDS)
"""A number without its unit ("2 § 3"): only where the sentence ends or goes on in small letters."""
CAPITAL = Item(rx(r"(?-i:[A-ZÅÄÖ])(?!\w)"))
"""A capital as a number: "bilaga A"."""
_CARDINALS = {word: str(n) for n, word in enumerate("två tre fyra fem sex sju åtta nio tio elva tolv".split(), start=2)} | {"ett": "1"}
CARDINAL = Item(rx(rf"{any_of(*_CARDINALS)}(?!~?{COUNTED})"), lambda word: _CARDINALS.get(fold(word)))
"""A number in letters after its unit: "stycke två". ("En" is as often an article.)"""
LETTER = Item(rx(rf"({_SIGN})\)|({_FREE})"), str.lower)
"""A bokstav: "c)", "c"."""
ORDINALS = Item(rx(ORDINAL), ordinal)
"""An ordinal: "fjärde"."""
QUOTE = Item(
    rx(
        r"”((?:[^“”]|“[^“”]{0,200}”){1,1000})”|\"([^\"]{1,1000})\"|[“„]([^“”]{1,1000})[“”]|»([^«»]{1,1000})[«»]|«([^«»]{1,1000})»"
        r"|[’‘]([^’]{1,1000})’|(?<!\w)'((?:[^']|'(?=\w)){1,1000})'(?!\w)"
    ),
    str.strip,
)
"""A quoted wording. Inside may be quotes of another kind."""

SEPARATOR = rx(r",?~(?P<and>och|samt|eller|respektive|resp\.?)~|~?,~?")
RANGE = rx(r"~?¤~?|~(?:till~och~med|t\.?~?o\.?~?m\.?)~")
_COUPLING = rx(r"¤|~(?:och|samt|eller|respektive|resp\.?)~")
_DANGLING = rx(r"~?¤~?[0-9]")


def read_list(text: str, at: int, item: Item, *, closed: bool = False) -> tuple[tuple[str, ...], int]:
    """list := range {("," | [","] ("och" | "samt" | "eller" | "respektive")) range}

    When `closed`, what stands after commas counts only up to an "och". Returns no names but an end when the text cannot tell
    what the list holds ("3 a-5 §§", "2017-06-21").
    """
    found = _read_range(text, at, item, item.first)
    if found is None:
        return (), at
    names, end = list(found[0]), found[1]
    clear, kept = bool(names), (len(names), end)
    while (separator := SEPARATOR.match(text, end)) is not None:
        more = _read_range(text, separator.end(), item, item.later)
        if more is None:
            break
        names.extend(more[0])
        clear, end = clear and bool(more[0]), more[1]
        if separator["and"] or not closed:
            kept = len(names), end
    return (tuple(names[: kept[0]]) if clear and kept[0] <= MOST else ()), kept[1]


def _read_range(text: str, at: int, item: Item, ends: Pattern) -> tuple[tuple[str, ...], int] | None:
    """range := item ["-" item]"""
    one = item.read(text, at)
    if one is None:
        return None
    dash = RANGE.match(text, one[1])
    other = item.read(text, dash.end()) if dash else None
    end = other[1] if other else one[1]
    if ends.match(text, end) is None:
        return None
    names = between(one[0], other[0]) if other else (one[0],)
    return (names if all(names) and not _DANGLING.match(text, end) else ()), end


def commas_only(text: str, at: int, end: int) -> bool:
    """True when nothing but commas joins the list that was read there."""
    return _COUPLING.search(text, at, end) is None


def in_bracket(text: str, at: int) -> bool:
    """True when a bracket was opened not far before `at` and not closed."""
    return text.rfind("(", max(0, at - 80), at) > text.rfind(")", max(0, at - 80), at)


# ------------------------------------------------------------------------------------------------------------ units

_UNIT = any_of(*INDEFINITE, *DEFINITE, *PLURAL)
UNIT_BEFORE = rx(r"~?(?:(?P<mark>§{1,2})|(?P<short>kap)(?:\.|(?!\w))|(?P<noun>kapitlet)(?!\w))")
"""What stands behind a number: "§", "kap."."""
UNIT_AFTER = rx(rf"(?P<mark>§{{1,2}})~?|(?P<short>kap|st|p|bil)(?:\.~?|~|(?=[0-9]))|(?P<noun>{any_of(*WORDS)})~")
"""What stands before a number: "§", "bilaga"."""
UNIT_SHORT = rx(rf"~?(?:(?P<short>st|p)(?!\w)(?!\.?~{COUNTED})\.?|(?<=\s)(?P<noun>{any_of(*DEFINITE)}))")
"""What stands behind a number that is read as an ordinal: "st."."""
UNIT_ORDINAL = rx(rf"~(?:(?P<short>st|p|kap)(?!\w)\.?|(?P<noun>{_UNIT}))")
"""What stands behind an ordinal: "stycket"."""
UNIT_NAMED = rx(rf"(?P<noun>{_UNIT})")
"""What stands alone: "strecksatsen"."""
_KINDS = SHORT | WORDS


def kind_of(unit: re.Match[str]) -> Kind:
    """Return the kind that a match of one of the UNIT patterns means."""
    return _KINDS[fold(unit[unit.lastgroup or 0])]


def read_numbered(text: str, at: int) -> tuple[Kind, tuple[str, ...], int] | None:
    """numbered := before | short | after"""
    return _read_before(text, at) or _read_short(text, at) or _read_after(text, at)


def _read_before(text: str, at: int) -> tuple[Kind, tuple[str, ...], int] | None:
    """before := list ("§" | "§§" | "kap." | "kap" | "kapitlet")"""
    numbers, end = read_list(text, at, BEFORE)
    unit = UNIT_BEFORE.match(text, end) if numbers and text[at].isdigit() else None
    # Before "§", not "§§", commas alone join nothing: "7, 4 §" may be the number of something else and a paragraf.
    if unit is None or (len(numbers) > 1 and unit["mark"] != "§§" and commas_only(text, at, end)):
        return None
    whole: list[str] = []
    for number in numbers:  # "6 a och b §§"
        whole.append(designation(whole[-1].split()[0] + number) if number.isalpha() else number)
    return kind_of(unit), tuple(whole), unit.end()


def _read_short(text: str, at: int) -> tuple[Kind, tuple[str, ...], int] | None:
    """short := list ("st." | "st" | "p." | "p" | "stycket" | "punkten" | …)"""
    numbers, end = read_list(text, at, PLAIN)
    unit = UNIT_SHORT.match(text, end) if numbers else None
    if unit is None or (len(numbers) > 1 and commas_only(text, at, end)):
        return None
    return kind_of(unit), numbers, unit.end()


def _read_after(text: str, at: int) -> tuple[Kind, tuple[str, ...], int] | None:
    """after := ("§" | "§§" | "kap." | "bilaga" | "st" | "punkterna" | …) list | ("bokstav" | "led" | "punkt") letters"""
    unit = UNIT_AFTER.match(text, at)
    if unit is None:
        return None
    kind, item = kind_of(unit), CLOSE
    if kind in ANCHORS:
        item = OPEN_IN_BRACKET if in_bracket(text, at) else OPEN
    if kind in (Kind.BOKSTAV, Kind.LED, Kind.PUNKT) and LETTER.read(text, unit.end()):
        kind, item = Kind.BOKSTAV, LETTER
    elif kind in (Kind.BILAGA, Kind.AVSNITT) and CAPITAL.read(text, unit.end()):
        item = CAPITAL
    elif kind not in ANCHORS | {Kind.BOKSTAV} and fold(unit["noun"] or "") in (INDEFINITE | PLURAL) and CARDINAL.read(text, unit.end()):
        item = CARDINAL
    several = unit["mark"] == "§§" or fold(unit["noun"] or "") in PLURAL
    numbers, end = read_list(text, unit.end(), item, closed=not several)
    return (kind, numbers, end) if numbers else None


def spell_step(steps: tuple[Step, ...], index: int) -> str:
    """Return how the step at `index` is written after the steps before it: "fjärde strecksatsen", "3", "a"."""
    kind, number = steps[index].kind, steps[index].number
    above = steps[index - 1].kind if index and steps[index - 1].number else None
    indefinite, definite, *_ = NOUNS[kind].split()
    spelled, closed = spell_ordinal(number), number.replace(" ", "")
    if not number:
        return definite if kind in (Kind.TABELL, Kind.BILAGA) else indefinite
    if number.startswith(LAST):
        return f"{spelled} {definite}"
    match kind:
        case Kind.KAPITEL:
            return f"{number} kap."
        case Kind.PARAGRAF:
            return f"{number} §"
        case Kind.BILAGA:
            return f"bilaga {number if number[-1] not in WORDLIKE else closed}"
        case Kind.PUNKT:
            # "3 a" is punkt 3, bokstav a; a punkt whose own number is 3 a is written "3a".
            bare = above in (Kind.PARAGRAF, Kind.STYCKE) and BARE.looks.fullmatch(closed) and closed[-1] != "p"
            return closed if bare else f"{definite} {closed}"
        case Kind.BOKSTAV:
            # Without its bracket "i" is a preposition, and the letter after "bilaga 1" is part of that number.
            bare = number not in WORDLIKE and above is not Kind.BILAGA and index == len(steps) - 1
            return f"{number}{'' if bare else ')'}" if above in LETTERED else f"{definite} {number})"
    return f"{spelled} {definite}" if spelled != number else f"{indefinite} {number}"


# ------------------------------------------------------------------------------------------------- topics and statutes

# Where a provision begins, seen from far: enough to tell where a topic or a quoted item ends.
_AHEAD = rf"(?:(?:den|det|de)~)?(?:(?:nya|nuvarande)~)?(?:§|[1-9]|(?:{ORDINAL}~)?{any_of(*WORDS, 'kap', 'bil', 'st')})"
JOINT_AHEAD = rx(rf"~(?:i|under|av|ur)~{_AHEAD}")
_VERBS = any_of("""
    att som så ska skall bör får har är blir lyder utgår upphör stryks stryka upphävs tas flyttas förs införs infogas läggs ändras
    ersätts byts byter justeras kompletteras överförs placeras betecknas avskaffas gäller enligt""")
_TOPIC_ENDS = rf"(?:i|under|av|ur)~{_AHEAD}|(?:i|ur|från|till|under)~(?:[\w-]+~){{0,3}}reglemente|(?:och|samt)~att(?!\w)|{_VERBS}"
_ON = r"(?:om|rörande|avseende|gällande|angående|beträffande|som~(?:rör|avser|gäller|handlar~om))"
TOPIC = rx(rf"~{_ON}~((?!{_TOPIC_ENDS})[^\W\d_][\w-]*(?:~(?!{_TOPIC_ENDS})[^\W\d_][\w-]*){{0,11}})")

LAW_NAME = (
    r"(?:(?-i:KL|SoL|LSS|PBL|MB|OSL|HSL|FB|TF|RF|FL|LVU|LVM|LSO|LEH|LOU|AML|ÄB|YGL)(?!\w)"
    r"|(?:samma|nämnda|denna)~(?:lag|balk|förordning)(?!\w)|(?:lag|förordning)(?=~om~)"
    r"|(?:\w{1,40}-~och~)?[\w-]{0,40}(?:(?:lag|balk|förordning)(?:(?=~\()|en(?=s?(?!\w)))|regeringsformen(?!\w)))"
)
_LAW = rx(rf"(?P<name>{LAW_NAME})(?::?s(?!\w))?(?P<sfs>~\(?(?:SFS~)?[0-9]{{4}}:[0-9]{{1,4}}\)?)?")
_BARE_LAWS = frozenset({"lag", "lagen", "förordning", "förordningen"})
# "-lagen" that is no law: förslagen, anslagen, underlagen, bolagen.
_NO_LAW = rx(r"(?:.*(?:förs|ans|avs|ins|bes|uts|upps|neds|tills|oms|övers|bo|under|upp|på)|s)lag(?:en)?")


def read_law(text: str, at: int) -> tuple[str, int]:
    """law := ("KL" | "kommunallagen" | "plan- och bygglagen" | "samma lag" | …) ["(2017:725)"] | "lagen" ["(…)"] ["om" words]"""
    name = _LAW.match(text, at)
    if name is None or _NO_LAW.fullmatch(name["name"]):
        return "", at
    law, end = name["name"] + (name["sfs"] or ""), name.end()
    subject = TOPIC.match(text, end) if fold(name["name"]) in _BARE_LAWS else None
    return (law + subject[0], subject.end()) if subject else (law, end)
