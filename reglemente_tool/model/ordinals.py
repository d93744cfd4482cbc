"""What a citation counts and counts with: the nouns of the units, ordinals, numbers, letters, quoted wordings, lists of them.

"strecksatserna"; "fjärde", "4:e", "näst sista"; "4 a"; "2-4 och 7". The larger rules of the grammar are in `model.citation`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reglemente_tool.model.address import LAST, Kind

MOST = 200
"""No citation means more places than this; it is something else."""

WORDLIKE = "iåöo"
"""Letters that are words, so that they are no bokstav unless a bracket follows ("o" is short for "och")."""

_BLANK = r"(?:[^\S\n]{1,9}\n?[^\S\n]{0,9}|\n[^\S\n]{0,9})"


def rx(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which ~ is a blank, though no empty line, and ¤ a dash. The case of words does not matter."""
    return re.compile(pattern.replace("~", _BLANK).replace("¤", "(?:--|[-–—‐‑])"), re.IGNORECASE)


def any_of(*words: str) -> str:
    """Return a pattern for one of the words, whole. Several may stand in one string."""
    return "(?:" + "|".join(sorted(" ".join(words).split(), key=len, reverse=True)) + r")(?!\w)"


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
SHORT = {"§": Kind.PARAGRAF, "kap": Kind.KAPITEL, "bil": Kind.BILAGA, "st": Kind.STYCKE, "p": Kind.PUNKT}


# --------------------------------------------------------------------------------------------------------- ordinals

_IN_ORDER = """
    första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde
    sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde tjugofemte tjugosjätte tjugosjunde
    tjugoåttonde tjugonionde trettionde trettioförsta"""
_SPELLED = _IN_ORDER.split()
_NUMBERS = {word: place for place, word in enumerate(_SPELLED, start=1)} | {"adertonde": 18}
_ONE = rf"(?:{any_of(*_NUMBERS)}|[1-9][0-9]{{0,2}}:[ae](?!\w))"
_ORDINAL = rx(rf"(?:(?P<back>näst(?!\w)|{_ONE})\s{{1,9}})?(?P<last>sista(?!\w))|(?P<one>{_ONE})")
_LAST = re.compile(rf"{LAST}(?:(?P<sign>[+-])(?P<by>[0-9]+))?")

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
    back = 2 if match["back"].casefold() == "näst" else _place(match["back"])
    return f"{LAST}-{back - 1}" if back and back > 1 else None


def _place(one: str) -> int | None:
    # The words may be unknown though they matched: to IGNORECASE a Turkish dotted I is an i.
    return int(one.partition(":")[0]) if one[0].isdigit() else _NUMBERS.get(one.casefold())


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

_DESIGNATION = re.compile(r"([0-9.]*)\s*([^\W\d_]*)")


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
_TAKEN = rf"[\w%]|[:/]\w|\.[0-9]|[^\S\n][0-9]{{3}}(?![0-9:])|~?%|~?{COUNTED}|~?kap(?!\w)|~(?:st|p)(?!\w)(?!\.?~?[0-9])"
_DIGITS = r"[1-9][0-9]{0,2}(?![0-9])(?:\.[0-9]{1,3}(?![0-9]))*"
# A letter that stands free after a number or a §: no word, nor the beginning of "m.m.", "e-post" or "p. 3".
_FREE = rf"(?![{WORDLIKE}])(?-i:[a-zåäö])(?![\w)])(?!\.\w)(?!\.~\w\.)(?!-\w\w)(?!\.?~?[0-9])"


_ANYTHING = rx("")


@dataclass(frozen=True, slots=True)
class Item:
    """What a list can hold: how it looks, its name in a step, what must follow the first one and the later ones."""

    looks: re.Pattern[str]
    name: Callable[[str], str | None] = designation
    first: re.Pattern[str] = _ANYTHING
    later: re.Pattern[str] = _ANYTHING

    def read(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the name of the item at `at` and where it ends; the name is "" when it is not known."""
        match = self.looks.match(text, at)
        return (self.name(match[match.lastindex or 0]) or "", match.end()) if match else None


_FIRST, _LATER = rx(rf"(?!{_TAKEN}|~?§(?!~?[0-9]))"), rx(rf"(?!{_TAKEN}|~?§)")  # "kap. 2 § 4", but "§ 2 och" before "4 §".
_BARE_ENDS = rx(
    rf"(?!{_TAKEN}|~?§)(?=\)?(?:\s*$|\n|[,.;?!)”\"»’'–—-]|:(?!\w)|~(?-i:[a-zåäö]|[A-ZÄ][A-Za-z]{{1,2}}(?!\w))|~[(”\"»]|~[0-9]+:))"
)

BEFORE = Item(rx(rf"{_DIGITS}(?:~?[a-zåäö](?!\w))?|[a-z](?=~?§)"))
"""A number before its unit ("4 a §"); what follows is the unit's business."""
PLAIN = Item(rx(r"[1-9][0-9]?(?![0-9])"))
"""A number that can have no letter: "2 st"."""
OPEN = Item(rx(rf"{_DIGITS}(?:[a-zåäö](?![\w)])|~{_FREE})?"), first=_FIRST, later=_LATER)
"""A number after a unit that can have a letter: "§ 4 a"."""
CLOSE = Item(rx(rf"{_DIGITS}(?:[a-zåäö](?![\w)]))?"), first=_FIRST, later=_LATER)
"""A number after a unit under which letters stand: "punkten 4 a" is its bokstav a, "punkten 4a" another punkt."""
BARE = Item(rx(rf"(?![0-9]{{3}}){_DIGITS}(?:[a-z](?!\w))?"), first=_BARE_ENDS, later=_BARE_ENDS)
"""A number without its unit ("2 § 3"): only where the sentence ends or goes on in small letters."""
CAPITAL = Item(rx(r"(?-i:[A-ZÅÄÖ])(?!\w)"))
"""A capital as a number: "bilaga A"."""
LETTER = Item(rx(rf"([a-zåäö])\)|({_FREE})"), str.lower)
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
RANGE = rx(r"~?¤~?")
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


def _read_range(text: str, at: int, item: Item, ends: re.Pattern[str]) -> tuple[tuple[str, ...], int] | None:
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
