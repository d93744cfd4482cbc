"""Swedish text <-> Address: how a provision is cited, "2 kap. 4 a § andra stycket 3".

Writing (`cite`) is one way; reading (`read_citation`, `citations`) takes every way that municipal decisions use. The docstring
of each `_read_*` function is its rule of the grammar; numbers, nouns and lists are in `model.ordinals`. What cannot be read
with certainty is not read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from reglemente_tool.model import ordinals
from reglemente_tool.model.address import LAST, Address, Kind, Part, Reads, Step
from reglemente_tool.model.ordinals import ordinal, read_list, spell_ordinal
from reglemente_tool.model.patterns import any_of, rx

__all__ = ["Citation", "citations", "cite", "ordinal", "read_citation", "spell_ordinal"]

# From large to small. By rank steps stand in an address; of one level are the items, which may stand in each other.
_RANK = {kind: rank for rank, kind in enumerate(ordinals.NOUNS)} | {Kind.BILAGA: list(ordinals.NOUNS).index(Kind.PARAGRAF)}
_LEVEL = {kind: _RANK[Kind.PUNKT] if kind.item else rank for kind, rank in _RANK.items()}
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
    spelled = " ".join(ordinals.spell_step(address.steps, index) for index in range(len(address.steps))) or "reglementet"
    if address.part is Part.HELA:
        return spelled
    before = address.last is not None and address.last.kind is Kind.PARAGRAF
    return f"rubriken {'närmast före' if before else 'till'} {spelled}"


# --------------------------------------------------------------------------------------------------------- patterns

_RELATION = rx(r"(?:(?:den|det|de)~)?(?:(?P<now>nuvarande)|nya|ny|nytt)~")
_GAP = rx(r"~?,~|(?::s)?~")
_JOINT = rx(r"~(?P<in>(?:i|under|av|ur)~)?")
_HEADING = rx(r"(?:kapitel|paragraf|mellan|under)?rubrik(?:en|(?P<plural>erna))(?!\w)")
_HEADING_OF = rx(r"~(?:(?:närmast~)?(?:före|framför|över|ovanför)|till|för|på|(?P<in>i|under))~")
_WORDING = rx(r"(?:~(?:med~(?:lydelsen|texten|ordalydelsen)|som~lyder))?:?~")
_CHARTER = rx(r"reglementet(?!\w)")

_HEADINGS = "rubriken rubrikerna kapitelrubriken paragrafrubriken mellanrubriken underrubriken"

# A place where it is worth while to try; no number inside a date, a statute's number or a registration number.
_START = rx(
    rf"§|(?<!\w)(?:(?<![:/])(?<![0-9][-–])[1-9]|{ordinals.LAW_NAME}|(?:(?:den|det|de)~)?(?:nya|ny|nytt|nuvarande)(?!\w)"
    rf"|{ordinals.ORDINAL}|{any_of(*ordinals.WORDS, *ordinals.SHORT, _HEADINGS)}|(?:kap|st|p|bil)(?=[0-9]))"
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
            at = max(here.end(), *(read_list(text, here.start(), item)[1] for item in (ordinals.BEFORE, ordinals.ORDINALS)))
    for index in range(len(found) - 1, 0, -1):
        one, other = found[index - 1], found[index]
        joined = ordinals.SEPARATOR.fullmatch(text, one.end, other.start)
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
        return _citation(text, heading, at, part=Part.RUBRIK)
    law, end = ordinals.read_law(text, at)
    gap = _GAP.match(text, end) if law else None
    place = _read_place(text, gap.end() if gap else at)
    if place is None:
        return None
    if gap is not None:
        # "enligt kommunallagen, 4 §" may go on to this charter; "kommunallagen, 6 kap. 4 §" does not.
        return _citation(text, place, at, law=law) if "," not in gap[0] or place.head is Kind.KAPITEL else None
    after = _JOINT.match(text, place.end)
    law, end = ordinals.read_law(text, after.end()) if after else ("", 0)
    return _citation(text, replace(place, end=end) if law else place, at, law=law)


def _citation(text: str, found: _Found, start: int, *, part: Part = Part.HELA, law: str = "") -> Citation:
    # In "(7 § c)" the bracket is the sentence's, in "7 § c)" it is the letter's.
    unopened = text.count(")", start, found.end) > text.count("(", start, found.end)
    closes = text[found.end - 1] == ")" and not text.startswith(")", found.end)
    end = found.end - (unopened and closes and ordinals.in_bracket(text, start))
    addresses = tuple(Address(path.steps, part) for path in found.paths)
    quoted = tuple(path.quoted for path in found.paths if path.quoted)
    return Citation(addresses, start, end, found.reads or Reads.NUVARANDE, found.reads is not None, quoted, found.topic, law)


def _read_heading(text: str, at: int) -> _Found | None:
    """heading := ("rubriken" | "rubrikerna") ["närmast"] ("före" | "över" | "till" | "för") place | "rubriken till reglementet"
    | "rubriken" quote [("i" | "före" | "till" | …) place]
    """
    word = _HEADING.match(text, at)
    if word is None:
        return None
    quotes, end = _read_wording(text, word.end())
    of = _HEADING_OF.match(text, end)
    place = _read_place(text, of.end()) if of and (quotes or not of["in"]) else None
    if place is None:
        charter = _CHARTER.match(text, of.end()) if of and not of["in"] else None
        found = _Found((_Path(()),), charter.end() if charter else end)
        return _quoting(found, quotes) if charter or quotes else None
    # "rubrikerna närmast före 4 § och 6 §" are two headings.
    while word["plural"] and (separator := ordinals.SEPARATOR.match(text, place.end)) is not None:
        other = _read_place(text, separator.end())
        if other is None or other.head is not place.head:
            break
        place = replace(place, paths=place.paths + other.paths, end=other.end)
    return _quoting(place, quotes)


def _read_place(text: str, at: int) -> _Found | None:
    """place := group {["i" | "under" | "av" | "ur"] chain}, from small to large: "bokstav c) i 7 §" """
    found = _read_group(text, at)
    while found is not None and (joint := _JOINT.match(text, found.end)) is not None:
        # Without "i" only "första stycket 4 §": between larger units it would join what stands side by side.
        said = joint["in"] is not None
        levels = frozenset(_RANK[step.kind] for path in found.paths for step in path.steps)
        outer = _read_chain(text, joint.end(), taken=levels) if said or found.head not in ordinals.ANCHORS else None
        if outer is None or not _fits(outer, found):
            break
        if not (_LEVEL[outer.head] < _LEVEL[found.head] or (said and outer.head.item and found.head.item)):
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
    while found and last and (separator := ordinals.SEPARATOR.match(text, found.end)) is not None:
        other = _read_chain(text, separator.end())
        if other is None or not _goes_on(text, found, last, other, listed=not separator["and"]):
            break
        stems = dict.fromkeys(tuple(s for s in path.steps if _LEVEL[s.kind] < _LEVEL[other.head]) for path in last.paths)
        last = replace(other, paths=tuple(replace(path, steps=stem + path.steps) for stem in stems for path in other.paths))
        found = replace(found, paths=found.paths + last.paths, end=other.end)
    return found


def _goes_on(text: str, found: _Found, last: _Found, other: _Found, *, listed: bool) -> bool:
    """True when `other`, after a comma or "och", is said of the same larger unit as what was read before it."""
    if len(found.paths) + len(other.paths) > ordinals.MOST or other.reads not in (None, found.reads) or other.head is Kind.BILAGA:
        return False
    if found.head in ordinals.ANCHORS:
        # "4 § första stycket och andra stycket i 5 §" are two places.
        joint = _JOINT.match(text, other.end)
        outer = _read_chain(text, joint.end()) if joint else None
        if _LEVEL[other.head] <= _LEVEL[found.head] or (outer is not None and outer.head in ordinals.ANCHORS):
            return False
    elif other.head in ordinals.ANCHORS:
        return False
    return other.head is last.tail if listed else _LEVEL[other.head] <= _LEVEL[last.tail]


def _read_chain(text: str, at: int, taken: frozenset[int] = frozenset()) -> _Found | None:
    """chain := unit {smaller}; nothing of a size that is `taken`"""
    found = _read_unit(text, at)
    if found is None or _RANK[found.head] in taken:
        return None
    while (smaller := _read_smaller(text, found)) is not None:
        if _RANK[smaller.head] in taken or not _fits(found, smaller):
            break
        found = _put(found, smaller, end=smaller.end)
    return found


def _read_smaller(text: str, found: _Found) -> _Found | None:
    """smaller := [","] unit | bare | "strecksats": what follows directly on a larger unit"""
    gap = _GAP.match(text, found.end)
    if gap is None:
        return None
    listed = "," in gap[0]
    unit = _read_unit(text, gap.end())
    if unit is not None and _is_smaller(unit, found, listed):
        return unit
    # "2 § 3 och 4 §" begins with "2 § 3", but "2 § 3 och 4 §§" does not.
    if listed or (unit is not None and text.endswith("§§", 0, unit.end)):
        return None
    unit = _read_bare(text, gap.end(), found) or _read_named(text, gap.end(), inside=True)
    return unit if unit is not None and _is_smaller(unit, found, listed) else None


def _is_smaller(unit: _Found, found: _Found, listed: bool) -> bool:
    # An item may stand in an item of any kind, but with a comma between them they are a list.
    return _RANK[unit.head] > _RANK[found.tail] or (unit.head.item and found.tail.item and not listed)


def _read_unit(text: str, at: int) -> _Found | None:
    """unit := ["den nya" | "nuvarande" | "ny"] single ["-" single]"""
    relation = _RELATION.match(text, at)
    found = _read_single(text, relation.end() if relation else at)
    dash = ordinals.RANGE.match(text, found.end) if found else None
    other = _read_single(text, dash.end()) if dash else None
    if found and other and other.head is found.head and len(found.paths) == len(other.paths) == 1:  # "2 §–4 §"
        numbers = ordinals.between(found.paths[0].steps[0].number, other.paths[0].steps[0].number)
        found = _numbered(found.head, numbers, other.end)
    if found is None or relation is None:
        return found
    return replace(found, reads=Reads.NUVARANDE if relation["now"] else Reads.NY)


def _read_single(text: str, at: int) -> _Found | None:
    """single := numbered | ordinals | named"""
    numbered = ordinals.read_numbered(text, at)
    return _numbered(*numbered) if numbered else _read_ordinals(text, at) or _read_named(text, at)


def _read_ordinals(text: str, at: int) -> _Found | None:
    """ordinals := ordinal ("stycket" | "stycke" | "st." | …) [quote] | list ("styckena" | "stycket" | …)"""
    numbers, end = read_list(text, at, ordinals.ORDINALS)
    unit = ordinals.UNIT_ORDINAL.match(text, end) if numbers else None
    if unit is None:
        return None
    kind, noun, several = ordinals.kind_of(unit), ordinals.fold(unit["noun"] or ""), len(numbers) > 1
    # "andra kapitel" are other chapters; "första styckena" and "första och andra stycke" are no Swedish.
    if noun in ("kapitel", "avsnitt") or noun in (ordinals.INDEFINITE if several else ordinals.PLURAL):
        return None
    if several and noun not in ordinals.PLURAL and ordinals.commas_only(text, at, end):
        return None
    if kind is Kind.BOKSTAV and not numbers[0].startswith(LAST):  # Letters have no other ordinal.
        return None
    # A quote belongs to the citation only when that goes on after it: else it may be the words that are changed.
    quotes, end = _read_wording(text, unit.end())
    goes_on = quotes and ordinals.JOINT_AHEAD.match(text, end)
    found = _numbered(kind, numbers, end if goes_on else unit.end())
    return _quoting(found, quotes) if found and goes_on else found


def _read_named(text: str, at: int, *, inside: bool = False) -> _Found | None:
    """named := "strecksatsen" [quote | "om" topic] | "strecksatserna" quotes; inside a larger unit also "strecksats" """
    noun = ordinals.UNIT_NAMED.match(text, at)
    if noun is None:
        return None
    kind, word = ordinals.kind_of(noun), ordinals.fold(noun[0])
    if word in ordinals.INDEFINITE and (not inside or kind is Kind.LED):
        return None
    quotes, end = _read_wording(text, noun.end(), several=word in ordinals.PLURAL)
    if quotes:
        return _Found(tuple(_Path((Step(kind),), quote) for quote in quotes), end)
    topic = ordinals.TOPIC.match(text, noun.end())
    found = _Found((_Path((Step(kind),)),), topic.end() if topic else noun.end(), topic[1] if topic else "")
    return None if word in ordinals.PLURAL else found


def _read_wording(text: str, at: int, *, several: bool = False) -> tuple[tuple[str, ...], int]:
    """wording := ["med lydelsen" | "som lyder"] [":"] (quote | list of quotes, if several may stand there)"""
    lead = _WORDING.match(text, at)
    if lead is None:
        return (), at
    if several:
        quotes, end = read_list(text, lead.end(), ordinals.QUOTE)
        return quotes, end if quotes else at
    quote = ordinals.QUOTE.read(text, lead.end())
    return ((quote[0],), quote[1]) if quote and quote[0] else ((), at)


def _read_bare(text: str, at: int, above: _Found) -> _Found | None:
    """bare := numbers, after a § or a stycke | letters, after what can hold them"""
    if "\n" in text[above.end : at]:  # A list may begin there.
        return None
    if above.tail in (Kind.PARAGRAF, Kind.STYCKE) and not text[above.end - 1].isdigit():
        found = _numbered(Kind.PUNKT, *read_list(text, at, ordinals.BARE, closed=True))
        if found is not None:
            return replace(found, end=found.end + text.startswith(")", found.end))
    if above.tail not in ordinals.LETTERED:
        return None
    return _numbered(Kind.BOKSTAV, *read_list(text, at, ordinals.LETTER, closed=True))


def _numbered(kind: Kind, numbers: tuple[str, ...], end: int) -> _Found | None:
    return _Found(tuple(_Path((Step(kind, number),)) for number in numbers), end) if numbers else None


def _quoting(found: _Found, quotes: tuple[str, ...]) -> _Found:
    return replace(found, paths=tuple(replace(path, quoted=quotes[0]) for path in found.paths)) if quotes else found


def _fits(outer: _Found, inner: _Found) -> bool:
    return len(outer.paths) * len(inner.paths) <= ordinals.MOST and len(outer.paths[0].steps) < _DEEPEST


def _put(outer: _Found, inner: _Found, *, end: int) -> _Found:
    """Return what `inner` means inside what `outer` means, each in each."""
    paths = tuple(
        _Path(tuple(sorted(above.steps + below.steps, key=lambda step: _LEVEL[step.kind])), below.quoted or above.quoted)
        for above, below in product(outer.paths, inner.paths)
    )
    reads = Reads.NY if Reads.NY in (outer.reads, inner.reads) else outer.reads or inner.reads
    return _Found(paths, end, inner.topic or outer.topic, reads)
