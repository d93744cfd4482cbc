"""Swedish text <-> Address: how a provision is cited, "2 kap. 4 a § andra stycket 3".

Writing (`cite`) is one way; reading (`read_citation`, `citations`) takes every way that municipal decisions use. The docstring
of each `_read_*` function is its rule of the grammar; numbers, nouns and lists are in `model.ordinals`. What cannot be read
with certainty is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product

from reglemente_tool.model.address import LAST, Address, Kind, Part, Reads, Step
from reglemente_tool.model.ordinals import (
    BARE, BEFORE, CAPITAL, CLOSE, COUNTED, DEFINITE, INDEFINITE, LETTER, MOST, NOUNS, OPEN, ORDINAL, ORDINALS, PLAIN, PLURAL, QUOTE, RANGE,
    SEPARATOR, SHORT, WORDLIKE, WORDS, any_of, between, designation, ordinal, read_list, rx, spell_ordinal,
)  # fmt: skip

__all__ = ["Citation", "citations", "cite", "ordinal", "read_citation", "spell_ordinal"]

_RANK = {kind: rank for rank, kind in enumerate(NOUNS)} | {Kind.BILAGA: list(NOUNS).index(Kind.PARAGRAF)}
_ANCHORS = frozenset({Kind.KAPITEL, Kind.AVSNITT, Kind.PARAGRAF, Kind.BILAGA})
_LETTERED = frozenset({Kind.PARAGRAF, Kind.BILAGA, Kind.STYCKE, Kind.PUNKT, Kind.BOKSTAV, Kind.STRECKSATS})
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a text that points at provisions.

    `addresses`  ranges and lists expanded, in the order written
    `start` `end` the span in the text read
    `reads`      NY for "den nya 4 §"; `explicit` is True when "nya" or "nuvarande" was written
    `quoted`     the wordings that name the items: strecksatsen ”ansvara för X”
    `topic`      the words of "strecksatsen om skuldrådgivning"
    `law`        the statute that it belongs to, when that is not this charter
    """

    addresses: tuple[Address, ...]
    start: int
    end: int
    reads: Reads = Reads.NUVARANDE
    explicit: bool = False
    quoted: tuple[str, ...] = ()
    topic: str = ""
    law: str = ""


# ---------------------------------------------------------------------------------------------------------- writing


def cite(address: Address) -> str:
    """Return the Swedish spelling of an address: "2 § första stycket fjärde strecksatsen", "rubriken närmast före 9 §"."""
    spelled = " ".join(_spell(address.steps, index) for index in range(len(address.steps))) or "reglementet"
    if address.part is Part.HELA:
        return spelled
    before = address.last is not None and address.last.kind is Kind.PARAGRAF
    return f"rubriken {'närmast före' if before else 'till'} {spelled}"


def _spell(steps: tuple[Step, ...], index: int) -> str:
    kind, number = steps[index].kind, steps[index].number
    above = steps[index - 1].kind if index and steps[index - 1].number else None
    indefinite, definite, *_ = NOUNS[kind].split()
    spelled = spell_ordinal(number)
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
            return f"bilaga {number}"
        case Kind.PUNKT:
            # "3 a" is punkt 3, bokstav a; a punkt whose own number is 3 a is written "3a".
            closed = number.replace(" ", "")
            return closed if above in (Kind.PARAGRAF, Kind.STYCKE) else f"{definite} {closed}"
        case Kind.BOKSTAV:
            # Without its bracket "i" is a preposition, and the letter after "bilaga 1" is part of that number.
            bare = number not in WORDLIKE and above is not Kind.BILAGA and index == len(steps) - 1
            return f"{number}{'' if bare else ')'}" if above in _LETTERED else f"{definite} {number})"
    return f"{spelled} {definite}" if spelled != number else f"{indefinite} {number}"


# --------------------------------------------------------------------------------------------------------- patterns

_NOUN = any_of(*INDEFINITE, *DEFINITE, *PLURAL)
_UNIT_BEFORE = rx(r"~?(?:(?P<par>§{1,2})|kap\.|kap(?!\w)|kapitlet(?!\w))")
_UNIT_AFTER = rx(rf"(?P<mark>§{{1,2}})~?|(?P<short>kap|st|p|bil)(?:\.~?|~|(?=[0-9]))|(?P<noun>{any_of(*WORDS)})~")
_UNIT_SHORT = rx(rf"(?:~?(?P<short>st|p)(?!\w)(?!\.?~{COUNTED})\.?|~(?P<noun>{any_of(*DEFINITE)}))")
_UNIT_ORDINAL = rx(rf"~(?:(?P<short>st|p|kap)(?!\w)\.?|(?P<noun>{_NOUN}))")
_NAMED = rx(_NOUN)
_COUPLED = rx(r"(?:(?!¤|~(?:och|samt|eller)~).)+(?:¤|~(?:och|samt|eller)~)")
_RELATION = rx(r"(?:(?:den|det|de)~)?(?:(?P<now>nuvarande)|nya|ny|nytt)~")
_GAP = rx(r"~?,~|(?::s)?~")
_JOINT = rx(r"~(?P<in>(?:i|under|av|ur)~)?")
_HEADING = rx(r"rubrik(?:en|(?P<plural>erna))(?!\w)")
_HEADING_OF = rx(r"~(?:(?:närmast~)?(?:före|framför|över)|till|för|på)~")
_CHARTER = rx(r"reglementet(?!\w)")
_WORDING = rx(r"(?:~(?:med~(?:lydelsen|texten|ordalydelsen)|som~lyder))?:?~")

# Where a provision begins, seen from far: enough to tell where a topic or a quoted item ends.
_AHEAD = rf"(?:(?:den|det|de)~)?(?:(?:nya|nuvarande)~)?(?:§|[1-9]|(?:{ORDINAL}~)?{any_of(*WORDS, 'kap', 'bil', 'st')})"
_JOINT_AHEAD = rx(rf"~(?:i|under|av|ur)~{_AHEAD}")
_VERBS = any_of("""
    att som så ska skall bör får har är blir lyder utgår upphör stryks stryka upphävs tas flyttas förs införs infogas läggs ändras
    ersätts byts byter justeras kompletteras överförs placeras betecknas avskaffas gäller enligt""")
_TOPIC_ENDS = rf"(?:i|under|av|ur)~{_AHEAD}|(?:i|ur|från|till|under)~(?:[\w-]+~){{0,3}}reglemente|(?:och|samt)~att(?!\w)|{_VERBS}"
_TOPIC = rx(rf"~om~((?!{_TOPIC_ENDS})[^\W\d_][\w-]*(?:~(?!{_TOPIC_ENDS})[^\W\d_][\w-]*){{0,11}})")

_LAW_NAME = (
    r"(?:(?-i:KL|SoL|LSS|PBL|MB|OSL|HSL|FB|TF|RF|FL|LVU|LVM|LSO|LEH|LOU|AML|ÄB|YGL)(?!\w)"
    r"|(?:samma|nämnda|denna)~(?:lag|balk|förordning)(?!\w)|(?:lag|förordning)(?=~om~)"
    r"|(?:\w{1,40}-~och~)?[\w-]{0,40}(?:(?:lag|balk|förordning)(?:(?=~\()|en(?=s?(?!\w)))|regeringsformen(?!\w)))"
)
_LAW = rx(rf"(?P<name>{_LAW_NAME})(?::?s(?!\w))?(?P<sfs>~\(?(?:SFS~)?[0-9]{{4}}:[0-9]{{1,4}}\)?)?")
_LAW_AFTER = rx(r"~(?:i~)?")
_BARE_LAWS = frozenset({"lag", "lagen", "förordning", "förordningen"})
# "-lagen" that is no law: förslagen, anslagen, underlagen, bolagen.
_NO_LAW = rx(r"(?:.*(?:förs|ans|avs|ins|bes|uts|upps|neds|tills|oms|övers|bo|under|upp|på)|s)lag(?:en)?")

# A place where it is worth while to try; no number inside a date, a statute's number or a registration number.
_START = rx(
    rf"§|(?<!\w)(?:(?<![:/])(?<![0-9][-–])[1-9]|{_LAW_NAME}|(?:(?:den|det|de)~)?(?:nya|ny|nytt|nuvarande)(?!\w)"
    rf"|{ORDINAL}|{any_of(*WORDS, 'kap', 'bil', 'st', 'p', 'rubriken', 'rubrikerna')}|(?:kap|st|p|bil)(?=[0-9]))"
)


# ---------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Path:
    """One way down: its steps, and the wording by which the last is named."""

    steps: tuple[Step, ...]
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule has read: the paths that it means, where it ends, and what was said besides."""

    paths: tuple[_Path, ...]
    end: int
    topic: str = ""
    reads: Reads | None = None

    @property
    def head(self) -> Kind:
        return self.paths[0].steps[0].kind

    @property
    def tail(self) -> Kind:
        return self.paths[-1].steps[-1].kind


def read_citation(text: str, *, start: int = 0, within: Address | None = None) -> Citation | None:
    """Return the citation that begins exactly at `start`, or None. `within` gives the larger units that it leaves out."""
    charter = _CHARTER.match(text, start)
    if charter is not None:
        return Citation((Address(),), start, charter.end())
    citation = _read_reference(text, start)
    return _within(citation, within) if citation else None


def citations(text: str, *, within: Address | None = None) -> tuple[Citation, ...]:
    """Return every citation in `text`, left to right. The bare word "reglementet" is left out: it is no place in a charter.

    A statute named after the last of several joined citations is the statute of them all.
    """
    found: list[Citation] = []
    at = 0
    while (here := _START.search(text, at)) is not None:
        citation = _read_reference(text, here.start())
        if citation is not None:
            found.append(citation)
            at = citation.end
        else:
            # A list that could not be read is passed over as a whole: half of it would be a misreading.
            at = max(here.end(), *(read_list(text, here.start(), item)[1] for item in (BEFORE, ORDINALS)))
    for index in range(len(found) - 1, 0, -1):
        one, other = found[index - 1], found[index]
        joined = SEPARATOR.fullmatch(text, one.end, other.start)
        if joined and other.law and not one.law and text.endswith(other.law, other.start, other.end):
            found[index - 1] = replace(one, law=other.law)
    return tuple(_within(one, within) for one in found)


def _within(citation: Citation, within: Address | None) -> Citation:
    if within is None or citation.law:
        return citation

    def complete(address: Address) -> Address:
        first = address.steps[0].kind if address.steps else None
        if first is Kind.BILAGA:  # It belongs to the charter, not to a chapter.
            return address
        above = tuple(step for step in within.steps if first is None or _RANK[step.kind] < _RANK[first])
        return replace(address, steps=above + address.steps)

    return replace(citation, addresses=tuple(complete(address) for address in citation.addresses))


def _read_reference(text: str, at: int) -> Citation | None:
    """reference := heading | place [["i"] law] | law [","] place"""
    if _START.match(text, at) is None:
        return None
    heading = _read_heading(text, at)
    if heading is not None:
        return _citation(heading, at, heading.end, part=Part.RUBRIK)
    law, end = _read_law(text, at)
    gap = _GAP.match(text, end) if law else None
    place = _read_place(text, gap.end() if gap else at)
    if place is None:
        return None
    if gap is not None:
        # "enligt kommunallagen, 4 §" may go on to this charter; "kommunallagen, 6 kap. 4 §" does not.
        return _citation(place, at, place.end, law=law) if "," not in gap[0] or place.head is Kind.KAPITEL else None
    after = _LAW_AFTER.match(text, place.end)
    law, end = _read_law(text, after.end()) if after else ("", 0)
    return _citation(place, at, end if law else place.end, law=law)


def _citation(found: _Found, start: int, end: int, *, part: Part = Part.HELA, law: str = "") -> Citation:
    addresses = tuple(Address(path.steps, part) for path in found.paths)
    quoted = tuple(path.quoted for path in found.paths if path.quoted)
    return Citation(addresses, start, end, found.reads or Reads.NUVARANDE, found.reads is not None, quoted, found.topic, law)


def _read_law(text: str, at: int) -> tuple[str, int]:
    """law := ("KL" | "kommunallagen" | "plan- och bygglagen" | "samma lag" | …) ["(2017:725)"] | "lagen" ["(…)"] ["om" words]"""
    name = _LAW.match(text, at)
    if name is None or _NO_LAW.fullmatch(name["name"]):
        return "", at
    law, end = name["name"] + (name["sfs"] or ""), name.end()
    subject = _TOPIC.match(text, end) if name["name"].casefold() in _BARE_LAWS else None
    return (law + subject[0], subject.end()) if subject else (law, end)


def _read_heading(text: str, at: int) -> _Found | None:
    """heading := ("rubriken" | "rubrikerna") [quote] ["närmast"] ("före" | "över" | "till" | "för") (place | "reglementet")"""
    word = _HEADING.match(text, at)
    if word is None:
        return None
    quotes, end = _read_wording(text, word.end())
    of = _HEADING_OF.match(text, end)
    charter = _CHARTER.match(text, of.end()) if of else None
    if of is None or charter is not None:
        quoted = quotes[0] if quotes else ""
        return _Found((_Path((), quoted),), charter.end() if charter else end) if quoted or charter else None
    place = _read_place(text, of.end())
    # "rubrikerna närmast före 4 § och 6 §" are two headings.
    while place and word["plural"] and (separator := SEPARATOR.match(text, place.end)) is not None:
        other = _read_place(text, separator.end())
        if other is None or other.head is not place.head:
            break
        place = replace(place, paths=place.paths + other.paths, end=other.end)
    return _quoting(place, quotes) if place else None


def _read_place(text: str, at: int) -> _Found | None:
    """place := group {["i" | "under" | "av" | "ur"] chain}, from small to large: "bokstav c) i 7 §" """
    found = _read_group(text, at)
    while found is not None and (joint := _JOINT.match(text, found.end)) is not None:
        kinds = frozenset(step.kind for path in found.paths for step in path.steps)
        outer = _read_chain(text, joint.end(), taken=kinds)
        if outer is None or not (_level(outer.head) < _level(found.head) or (joint["in"] and outer.head.item and found.head.item)):
            break
        found = _put(outer, found, end=outer.end)
    if found is None:
        return None
    # "stycket" alone points back at something that was said before: no citation.
    first = found.paths[0]
    named = first.steps[0].number or first.quoted or found.topic or found.head in (Kind.TABELL, Kind.BILAGA)
    return found if named else None


def _read_group(text: str, at: int) -> _Found | None:
    """group := chain {("," | "och" | "samt" | "eller") chain}, the later ones inside what holds the first

    "5 § första stycket 3 och andra stycket", "2 kap. 4 § och 5 §", "andra meningen och tredje stycket".
    """
    found = last = _read_chain(text, at)
    while found and last and (separator := SEPARATOR.match(text, found.end)) is not None:
        other = _read_chain(text, separator.end())
        if other is None or not _goes_on(text, found, last, other, listed=not separator["and"]):
            break
        stems = dict.fromkeys(tuple(s for s in path.steps if _level(s.kind) < _level(other.head)) for path in last.paths)
        last = replace(other, paths=tuple(replace(path, steps=stem + path.steps) for stem in stems for path in other.paths))
        found = replace(found, paths=found.paths + last.paths, end=other.end)
    return found


def _goes_on(text: str, found: _Found, last: _Found, other: _Found, *, listed: bool) -> bool:
    """Return whether `other`, after a comma or "och", is said of the same larger unit as what was read before it."""
    if other.reads not in (None, found.reads) or other.head is Kind.BILAGA or len(found.paths) + len(other.paths) > MOST:
        return False
    if found.head in _ANCHORS:
        # "4 § första stycket och andra stycket i 5 §" are two places.
        joint = _JOINT.match(text, other.end)
        outer = _read_chain(text, joint.end()) if joint else None
        if _level(other.head) <= _level(found.head) or (outer is not None and outer.head in _ANCHORS):
            return False
    elif other.head in _ANCHORS:
        return False
    return other.head is last.tail if listed else _level(other.head) <= _level(last.tail)


def _read_chain(text: str, at: int, taken: frozenset[Kind] = frozenset()) -> _Found | None:
    """chain := ["den nya" | "nuvarande" | "ny"] unit {smaller}; nothing that is `taken`"""
    relation = _RELATION.match(text, at)
    found = _read_unit(text, relation.end() if relation else at)
    if found is None or found.head in taken:
        return None
    while (smaller := _read_smaller(text, found)) is not None:
        if smaller.head in taken or len(found.paths) * len(smaller.paths) > MOST or len(found.paths[0].steps) == _DEEPEST:
            break
        found = _put(found, smaller, end=smaller.end)
    return replace(found, reads=_reads(relation) or found.reads)


def _reads(relation: re.Match[str] | None) -> Reads | None:
    return None if relation is None else Reads.NUVARANDE if relation["now"] else Reads.NY


def _read_smaller(text: str, found: _Found) -> _Found | None:
    """smaller := [","] unit | bare | "strecksats": what follows directly on a larger unit"""
    gap = _GAP.match(text, found.end)
    if gap is None:
        return None
    listed = "," in gap[0]
    relation = _RELATION.match(text, gap.end())
    unit = _read_unit(text, relation.end() if relation else gap.end())
    # An item may stand in an item of any kind, but with a comma between them they are a list.
    if unit is not None and (_RANK[unit.head] > _RANK[found.tail] or (unit.head.item and found.tail.item and not listed)):
        return replace(unit, reads=_reads(relation))
    # "2 § 3 och 4 §" begins with "2 § 3", but "2 § 3 och 4 §§" does not.
    if listed or (unit is not None and text.endswith("§§", 0, unit.end)):
        return None
    return _read_bare(text, gap.end(), found) or _read_named(text, gap.end(), inside=True)


def _read_unit(text: str, at: int) -> _Found | None:
    """unit := single ["-" single] ; single := before | short | after | ordinals | named"""
    found = _read_single(text, at)
    dash = RANGE.match(text, found.end) if found else None
    other = _read_single(text, dash.end()) if dash else None
    if found is None or other is None or other.head is not found.head or len(found.paths) + len(other.paths) > 2:
        return found
    # "2 §–4 §"
    return _numbered(found.head, between(found.paths[0].steps[0].number, other.paths[0].steps[0].number), other.end)


def _read_single(text: str, at: int) -> _Found | None:
    rules = (_read_before, _read_short, _read_after, _read_ordinals, _read_named)
    return next((found for rule in rules if (found := rule(text, at)) is not None), None)


def _read_before(text: str, at: int) -> _Found | None:
    """before := list ("§" | "§§" | "kap." | "kap" | "kapitlet")"""
    numbers, end = read_list(text, at, BEFORE)
    unit = _UNIT_BEFORE.match(text, end) if numbers and text[at].isdigit() else None
    # Before "§", not "§§", commas alone join nothing: "7, 4 §" may be the number of something else and a paragraf.
    if unit is None or (len(numbers) > 1 and unit["par"] != "§§" and not _COUPLED.match(text, at, end)):
        return None
    whole: list[str] = []
    for number in numbers:  # "6 a och b §§"
        whole.append(designation(whole[-1].split()[0] + number) if number.isalpha() else number)
    return _numbered(Kind.PARAGRAF if unit["par"] else Kind.KAPITEL, tuple(whole), unit.end())


def _read_short(text: str, at: int) -> _Found | None:
    """short := list ("st." | "st" | "p." | "p" | "stycket" | "punkten" | …)"""
    numbers, end = read_list(text, at, PLAIN)
    unit = _UNIT_SHORT.match(text, end) if numbers else None
    if unit is None or (len(numbers) > 1 and not _COUPLED.match(text, at, end)):
        return None
    return _numbered(_kind(unit), numbers, unit.end())


def _read_after(text: str, at: int) -> _Found | None:
    """after := ("§" | "§§" | "kap." | "bilaga" | "st" | "punkterna" | …) list | ("bokstav" | "led" | "punkt") letters"""
    unit = _UNIT_AFTER.match(text, at)
    if unit is None:
        return None
    kind = _kind(unit)
    item = OPEN if kind in _ANCHORS else CLOSE
    if kind in (Kind.BOKSTAV, Kind.LED, Kind.PUNKT) and LETTER.read(text, unit.end()):
        kind, item = Kind.BOKSTAV, LETTER
    elif kind in (Kind.BILAGA, Kind.AVSNITT) and CAPITAL.read(text, unit.end()):
        item = CAPITAL
    several = unit["mark"] == "§§" or (unit["noun"] or "").casefold() in PLURAL
    return _numbered(kind, *read_list(text, unit.end(), item, closed=not several))


def _read_ordinals(text: str, at: int) -> _Found | None:
    """ordinals := ordinal ("stycket" | "stycke" | "st." | …) [quote] | list ("styckena" | "stycket" | …)"""
    numbers, end = read_list(text, at, ORDINALS)
    unit = _UNIT_ORDINAL.match(text, end) if numbers else None
    if unit is None:
        return None
    kind, noun, several = _kind(unit), (unit["noun"] or "").casefold(), len(numbers) > 1
    # "andra kapitel" are other chapters; "första styckena" and "första och andra stycke" are no Swedish.
    if noun in ("kapitel", "avsnitt") or noun in (INDEFINITE if several else PLURAL):
        return None
    # Letters have no ordinals but the last; and see _read_before about commas.
    if kind is Kind.BOKSTAV and not numbers[0].startswith(LAST) or several and noun not in PLURAL and not _COUPLED.match(text, at, end):
        return None
    # A quote belongs to the citation only when that goes on after it: else it may be the words that are changed.
    quotes, end = _read_wording(text, unit.end())
    goes_on = quotes and _JOINT_AHEAD.match(text, end)
    found = _numbered(kind, numbers, end if goes_on else unit.end())
    return _quoting(found, quotes) if found and goes_on else found


def _read_named(text: str, at: int, *, inside: bool = False) -> _Found | None:
    """named := "strecksatsen" [quote | "om" topic] | "strecksatserna" quotes; inside a larger unit also "strecksats" """
    noun = _NAMED.match(text, at)
    word = noun[0].casefold() if noun else ""
    kind = WORDS.get(word)
    if noun is None or kind is None or (word in INDEFINITE and (not inside or kind is Kind.LED)):
        return None
    quotes, end = _read_wording(text, noun.end(), several=word in PLURAL)
    if quotes:
        return _Found(tuple(_Path((Step(kind),), quote) for quote in quotes), end)
    topic = _TOPIC.match(text, noun.end())
    found = _Found((_Path((Step(kind),)),), topic.end() if topic else noun.end(), topic[1] if topic else "")
    return None if word in PLURAL else found


def _read_wording(text: str, at: int, *, several: bool = False) -> tuple[tuple[str, ...], int]:
    """wording := ["med lydelsen" | "som lyder"] [":"] quote, or a list of quotes"""
    lead = _WORDING.match(text, at)
    if lead is None:
        return (), at
    if several:
        quotes, end = read_list(text, lead.end(), QUOTE)
        return quotes, end if quotes else at
    quote = QUOTE.read(text, lead.end())
    return ((quote[0],), quote[1]) if quote and quote[0] else ((), at)


def _read_bare(text: str, at: int, above: _Found) -> _Found | None:
    """bare := numbers, after a § or a stycke | letters, after what can hold them"""
    if "\n" in text[above.end : at]:  # A list may begin there.
        return None
    if above.tail in (Kind.PARAGRAF, Kind.STYCKE) and not text[above.end - 1].isdigit():
        found = _numbered(Kind.PUNKT, *read_list(text, at, BARE, closed=True))
        if found is not None:
            return replace(found, end=found.end + text.startswith(")", found.end))
    return _numbered(Kind.BOKSTAV, *read_list(text, at, LETTER, closed=True)) if above.tail in _LETTERED else None


def _numbered(kind: Kind, numbers: tuple[str, ...], end: int) -> _Found | None:
    return _Found(tuple(_Path((Step(kind, number),)) for number in numbers), end) if numbers else None


def _quoting(found: _Found, quotes: tuple[str, ...]) -> _Found:
    return replace(found, paths=tuple(replace(path, quoted=quotes[0]) for path in found.paths)) if quotes else found


def _kind(unit: re.Match[str]) -> Kind:
    groups = unit.groupdict()
    word = "§" if groups.get("mark") else (groups["short"] or groups["noun"]).casefold()
    return SHORT.get(word) or WORDS[word]


def _level(kind: Kind) -> int:
    """Return how large a unit is, the largest first; punkt, bokstav and strecksats may stand in each other."""
    return _RANK[Kind.PUNKT] if kind.item else _RANK[kind]


def _put(outer: _Found, inner: _Found, *, end: int) -> _Found:
    """Return what `inner` means inside what `outer` means, each in each."""
    paths = tuple(
        _Path(tuple(sorted(above.steps + below.steps, key=lambda step: _level(step.kind))), below.quoted or above.quoted)
        for above, below in product(outer.paths, inner.paths)
    )
    reads = Reads.NY if Reads.NY in (outer.reads, inner.reads) else outer.reads or inner.reads
    return _Found(paths, end, inner.topic or outer.topic, reads)
