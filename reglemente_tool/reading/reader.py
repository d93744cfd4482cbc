"""From a clause to what it says: the clause is cut into parts, every part must be read by exactly one reading, or none is.

Nothing here looks at a charter. What a clause says of its time ("från och med den 1 juli 2027") is taken out first; so is
the place that it is said of ("i 2 §", "reglementet för … ändras på så sätt att").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.wording import ends_abbreviated
from reglemente_tool.reading import lists
from reglemente_tool.reading.dates import Moment
from reglemente_tool.reading.frames import SAID_OF, SAID_OF_LAST
from reglemente_tool.reading.kernel import dated_alone, opened, timed, variants
from reglemente_tool.reading.made import (
    Made,
    each_once,
    for_each_charter,
    gapped,
    one_chain,
    timed_result,
    to_source,
    under_heading,
    without_metadata,
)
from reglemente_tool.reading.operation import Nothing, Operation, Place, Reading, Type
from reglemente_tool.reading.phrases import Match, Phrase, Result, candidates
from reglemente_tool.reading.skeleton import Skeleton, skeleton

LONGEST = 200_000
"""A clause longer than this many letters is not read."""
MOST_WORDS = 1_500
"""Nor is one whose own words, quotations and blocks of new wording not counted, are more letters than this."""
MOST_PARTS = 24
MOST_TRIES = 150
"""So many ways of cutting one clause are tried; then it is unread."""

_CONDITION = re.compile(r",? under förutsättning (?:av )?att (?P<what>.+)$", re.IGNORECASE)
_IN_PROPOSAL = re.compile(r" i (?:det |bifogat |upprättat )?(?:förslaget|förslag)(?= )|(?<= )(?:den|det|de) (?:där )?föreslagna (?=⟦A)")
_SEVERAL = re.compile(
    r"(?P<by>\b(?:i|ur|under|från))(?: såväl| både| dels)? ⟦A\d+⟧(?:,(?: dels)? (?:i )?⟦A\d+⟧)*"
    r",? (?:och|samt|som|dels|liksom)(?: i| ur| under| från| även i)? ⟦A\d+⟧,?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"⟦([A-Z])")
_PLACED = re.compile(r"⟦[AR](\d+)⟧")
_WHOLE_BLOCK = re.compile(r" ?⟦B(\d+)⟧")
_STRONG = re.compile(
    r"(?:,? (?:och|samt),? (?:dels )?att|,? ?dels att|, att|;|\.(?= [A-ZÅÄÖ⟦])|,? varvid|,? varefter|, dels|"
    r"[,;]?(?: och| samt)? [b-h]\))(?= )"
)
_WEAK = re.compile(r",? (?:och|samt|liksom|men|respektive)(?= )|,(?= )")
_SHARED_VERB = re.compile(
    r"(?:anta|antar|fastställa|fastställer|godkänna|godkänner|upphäva|upphäver|revidera|reviderar)(?= )",
    re.IGNORECASE,
)
_NEXT_CHARTER = re.compile(
    r"(?:(?:ett|det|nytt|nya|reviderat|reviderade|ändrat|uppdaterat|förslag till|bifogat) )*(?:ny )?⟦R\d+⟧(?! (?:ska|antas|fastställs|"
    r"godkänns|"
    r"upphävs|upphör|revideras|ändras|utgår))",
    re.IGNORECASE,
)
_AMENDING = re.compile(
    r",? (?:dock )?med (?:(?:den|det|de|följande) )?(?:ändring|tillägg|justering|avvikelse)(?:en|et|ar|arna)?(?: som (?:har )?yrka(?:t|ts|"
    r"des) (?:av|från) [^,⟦⟧]+,)?(?: nämligen)?,?(?: att|:)(?= )|,? dock (?:så )?att(?= )|,? men (?:så )?att(?= )",
    re.IGNORECASE,
)  # fmt: skip
HAPPENS = frozenset((
    Type.REPEAL_CHARTER, Type.CREATE_BODY, Type.ABOLISH_BODY, Type.MERGE_BODIES, Type.SPLIT_BODY, Type.RENAME_BODY, Type.JOIN_BODY,
    Type.TRANSFER_RESPONSIBILITY, Type.REPEAL_RESPONSIBILITY,
))  # fmt: skip
"""What happens on a day. A charter is adopted on one too, but holds from another."""


@dataclass(frozen=True, slots=True)
class _Context:
    where: Place = field(default_factory=Place)
    near: Address = Address()
    before: tuple[Operation, ...] = ()
    framed: bool = False


@lru_cache(maxsize=256)
def read_clause(text: str) -> Reading:
    """Return what the clause says, or a Reading that is `unread`. Never fails.

    Half understood is not understood: when any part is unread, or any part can be read in two ways, there are no operations.
    """
    if len(text) > LONGEST:
        return Reading(unread=True, rest=(text[:200],))
    bones = skeleton(text)
    if len(bones.words) > MOST_WORDS:
        return Reading(unread=True, rest=(text[:200],))
    made = _Reader(bones).read(opened(bones.words), _Context(), MOST_PARTS) or _below(text) or _pointed(text)
    if made is None:
        return Reading(unread=True, rest=(bones.said(bones.words),))
    if made.rivals:
        return Reading(unread=True, rivals=made.rivals)
    made = without_metadata(replace(made, results=gapped(one_chain(made.results), made.names)))
    conditions = [op.text for op in made.operations if op.type is Type.SET_CONDITION]
    return Reading(
        operations=made.operations,
        phrases=made.names,
        reasons=tuple(r for r in made.results if isinstance(r, Nothing)),
        start=each_once(made.start),
        until=each_once(made.until),
        condition=made.condition or (conditions[0] if conditions else ""),
    )


class _Reader:
    """Reads the parts of one skeleton; keeps what it has already tried."""

    def __init__(self, bones: Skeleton) -> None:
        self.bones = bones
        self.tried: dict[tuple[str, Place, Address, int, bool], Made | None] = {}

    def read(self, words: str, context: _Context, depth: int) -> Made | None:
        """Return what `words` say, all of them, or None."""
        words = opened(words)
        key = (words, context.where, context.near, len(context.before), context.framed)
        if key not in self.tried:
            self.tried[key] = None
            possible = bool(words) and depth > 0 and len(self.tried) <= MOST_TRIES
            self.tried[key] = self._read(words, context, depth) if possible else None
        return self.tried[key]

    def _read(self, words: str, context: _Context, depth: int) -> Made | None:
        whole = self._direct(words, context)
        if whole is not None and not self._hides_operation(whole, context, depth):
            return whole
        return (
            self._cut(words, context, depth, _AMENDING)
            or self._shared(words, context)
            or self._framed(words, context, depth)
            or self._cut(words, context, depth, _STRONG)
            or self._cut(words, context, depth, _WEAK)
        )

    def _framed(self, words: str, context: _Context, depth: int) -> Made | None:
        for pattern in SAID_OF:
            match = pattern.fullmatch(words)
            if match is None:
                continue
            number = next(int(n) for name, n in match.groupdict().items() if name.startswith("P") and n)
            place = self.bones.slots[number].value
            if isinstance(place, Place) and not place.quoted:
                block = _WHOLE_BLOCK.fullmatch(match["rest"])
                if block is not None:
                    return self._listed(str(self.bones.slots[int(block[1])].value), place.meant(context.where, context.near))
                inner = self.read(match["rest"], replace(context, where=place.meant(context.where, context.near), framed=True), depth - 1)
                if inner is not None:
                    return inner
        last = SAID_OF_LAST.fullmatch(words)
        if last is not None:
            # "… införs i 7 §, och … i 8 § stryks, i kommunstyrelsens reglemente": the charter is that of every part.
            place = self.bones.slots[next(int(n) for name, n in last.groupdict().items() if name.startswith("R") and n)].value
            others = (self.bones.slots[int(n)].value for n in _PLACED.findall(last["rest"]))
            if isinstance(place, Place) and place.charters and not any(isinstance(o, Place) and o.charters for o in others):
                return self.read(last["rest"], replace(context, where=place.meant(context.where, context.near), framed=True), depth - 1)
        return None

    def _shared(self, words: str, context: _Context) -> Made | None:
        """Read what is said of several places at once ("i 4 § i reglementet för … och i 6 § i reglementet för … byts …") of each."""
        match = _SEVERAL.search(words)
        if match is None:
            return None
        total: Made | None = None
        for slot in re.findall(r"⟦A\d+⟧", match[0]):
            one = f"{words[: match.start()]}{match['by']} {slot}{words[match.end() :]}"
            made = self._direct(one.strip(), context)
            if made is None or made.rivals or not made.operations or made.start or made.until or made.condition:
                return None
            if total is not None and [op.type for op in made.operations] != [op.type for op in total.operations[-len(made.operations) :]]:
                return None
            total = made if total is None else total.and_then(made)
        if total is not None and len({op.charter for op in total.operations} - {""}) == 1:
            # "i såväl 4 § som 6 § i reglementet för …": what is said once of both is said of that charter.
            (charter,) = {op.charter for op in total.operations} - {""}
            total = replace(total, results=tuple(replace(r, charter=charter) if isinstance(r, Operation) else r for r in total.results))
        return total

    def _listed(self, block: str, where: Place) -> Made | None:
        """Read changes that stand in a list below "ändras enligt följande:", each by itself; every one must be read."""
        return _in_turn(lists.items(block), _Context(where=where, framed=True))

    def _cut(self, words: str, context: _Context, depth: int, seam: re.Pattern[str]) -> Made | None:
        for count, match in enumerate(seam.finditer(words)):
            if count >= MOST_PARTS:
                return None
            left, right = words[: match.start()], words[match.end() :]
            if seam is _WEAK and (verb := _SHARED_VERB.match(left)) and _NEXT_CHARTER.match(right.strip()):
                # "anta reglemente för … enligt bilaga 1 och reglemente för … enligt bilaga 2"
                right = f"{verb[0]} {right.strip()}"
            if seam is _STRONG and match[0] == "." and ends_abbreviated(left + "."):
                continue
            first = self._direct(opened(left), context) or (self._framed(opened(left), context, depth - 1) if seam is not _WEAK else None)
            if first is None:
                continue
            if seam is _AMENDING:
                right = _IN_PROPOSAL.sub("", right)
            second = self.read(right, self._next(left, context, first), depth - 1)
            if second is None:
                continue
            if _may_belong_to(left, first) and second.operations:
                # "att ge styrelsen i uppdrag att … och att …": the second may be part of the assignment.
                continue
            if seam is _AMENDING:
                second = replace(second, results=tuple(to_source(r) for r in second.results))
            return first.and_then(second)
        return None

    def _next(self, left: str, context: _Context, first: Made) -> _Context:
        """Return what the rest is said of: also a § that was only said to stay is the one last spoken of."""
        after = _after(context, first)
        places = [self.bones.slots[int(n)].value for n in _PLACED.findall(left)] if not first.operations else []
        spoken = [_paragraf(a) for p in places if isinstance(p, Place) and not p.charters for a in p.addresses]
        return replace(after, near=spoken[-1]) if spoken and spoken[-1].steps else after

    def _hides_operation(self, made: Made, context: _Context, depth: int) -> bool:
        """True when what a phrase took as mere words goes on with something that is an operation of its own."""
        if not made.free:
            return False
        for seam in (_STRONG, _WEAK):
            for match in list(seam.finditer(made.free))[:MOST_PARTS]:
                inner = self.read(made.free[match.end() :], context, depth - 1)
                if inner is not None and inner.operations:
                    return True
        return False

    def _direct(self, words: str, context: _Context) -> Made | None:
        """Return the one reading that the phrases give `words` as a whole; rivals when there are several."""
        made = self._at(words, context)
        alone = dated_alone(words) if made is None else None
        day = self.bones.slots[alone[1]].value if alone is not None else None
        if alone is None or not isinstance(day, date):
            return made
        # "upplöses den 31 december 2026": the day is when it happens, where what is said can happen on a day.
        made = self._at(alone[0], context, (Moment(self.bones.slots[alone[1]].said, day),))
        happens = made is not None and not made.rivals and made.operations and all(op.type in HAPPENS for op in made.operations)
        return made if happens else None

    def _at(self, words: str, context: _Context, on: tuple[Moment, ...] = ()) -> Made | None:
        kernel, start, until = timed(words, self.bones)
        start += on
        conditional = _CONDITION.search(kernel)
        condition = ""
        if conditional is not None and not re.match(r"(?:\S+ ){1,4}$", kernel[: conditional.start()] + " "):
            condition = self.bones.said(conditional["what"])
            kernel = kernel[: conditional.start()]
        for variant, where in variants(kernel, self.bones, context.where, context.near):
            made = self._matched(variant, where, context, bool(start), bool(until))
            if made is not None and where is not context.where and not made.rivals and not _heeds(made, where):
                continue
            if made is not None:
                if (start or until) and made.results == (Nothing("tills-vidare"),):
                    # "tills vidare, dock längst till och med …" has an end after all.
                    made = replace(made, results=(Nothing("ikrafttradande"),))
                keeps = bool(made.operations) or any(isinstance(r, Nothing) and r.reason == "ikrafttradande" for r in made.results)
                if not keeps:
                    return made
                results = tuple(timed_result(r, start, until) for r in made.results)
                return replace(made, results=results, start=start, until=until, condition=condition)
        return None

    def _results(
        self, phrase: Phrase, patterns: tuple[re.Pattern[str], ...], kernel: str, where: Place, context: _Context
    ) -> tuple[tuple[Result, ...], re.Match[str]] | None:
        for pattern in patterns:
            found = pattern.fullmatch(kernel)
            if found is not None:
                match = Match(found, self.bones, where, context.near, context.before)
                made = under_heading(for_each_charter(tuple(phrase.read(match)), match), match)
                if made:
                    return made, found
        return None

    def _matched(self, kernel: str, where: Place, context: _Context, starts: bool, ends: bool) -> Made | None:
        readings: dict[tuple[Result, ...], tuple[Phrase, str]] = {}
        letters = "".join(sorted(_LETTER.findall(kernel)))[:MOST_WORDS]
        for phrase, patterns in candidates(letters):
            got = self._results(phrase, patterns, kernel, where, context)
            if got is None:
                continue
            results, found = got
            if any(isinstance(r, Nothing) and r.reason == "ikrafttradande" for r in results) and not (starts or ends):
                continue
            free = "" if phrase.sealed else " ".join(v for k, v in found.groupdict().items() if k.startswith("free") and v)
            readings.setdefault(results, (phrase, free))
        if not readings:
            return None
        sealed = [(r, p) for r, (p, _) in readings.items() if p.sealed]
        if sealed:
            return Made(sealed[0][0], (sealed[0][1].name,))
        operative = {r: v for r, v in readings.items() if any(isinstance(x, Operation) for x in r)}
        vague = {r: v for r, v in readings.items() if all(isinstance(x, Nothing) and x.reason == "annan-handling" for x in r)}
        chosen = operative or {r: v for r, v in readings.items() if r not in vague} or vague
        if operative and len(operative) < len(readings):
            # One phrase sees a change and another none: that is no reading.
            return Made(rivals=tuple(p.name for p, _ in readings.values()))
        if len(chosen) > 1 and operative:
            return Made(rivals=tuple(p.name for p, _ in chosen.values()))
        results, (phrase, free) = next(iter(chosen.items()))
        return Made(results, (phrase.name,), free=free)


def _of_time(result: Result) -> bool:
    return isinstance(result, Nothing) and result.reason == "ikrafttradande"


def _after(context: _Context, made: Made) -> _Context:
    """The parts that follow speak of the charter last named, unless they name one of their own."""
    named = [op for op in made.operations if op.charter]
    where = context.where
    if not context.framed and named:
        where = Place((named[-1].charter,))
    near = next((_paragraf(op.target) for op in reversed(made.operations) if _paragraf(op.target).steps), context.near)
    return replace(context, where=where, near=near, before=context.before + made.operations)


def _paragraf(address: Address) -> Address:
    """The § that an address lies in, by which "varvid andra stycket blir tredje stycket" is understood."""
    kinds = [step.kind for step in address.steps]
    return Address(address.steps[: kinds.index(Kind.PARAGRAF) + 1]) if Kind.PARAGRAF in kinds else Address()


def _heeds(made: Made, where: Place) -> bool:
    """True when the place that was taken out ("i 5 §") is the place of all that was read: else the phrase has lost it."""
    if not made.operations and (where.addresses or (where.charters and not all(_of_time(r) for r in made.results))):
        # Without its charter "avsnittet om bidrag utgår" would speak of something else.
        return False
    for op in made.operations:
        if where.addresses and not any(a.covers(op.target) or a == op.target.parent for a in where.addresses):
            return False
        if where.charters and op.charter not in where.charters:
            return False
    return True


def _may_belong_to(left: str, first: Made) -> bool:
    return not first.operations and re.search(r"\batt\b", opened(left)) is not None


def _pointed(text: str) -> Made | None:
    """Read a clause that is itself a list of points, "1. … 2. …", each point by itself and all of them."""
    points = lists.points(text)
    return _in_turn(points, _Context(), named=True) if len(points) <= MOST_PARTS else None


def _below(text: str) -> Made | None:
    """Read a clause that is a lead-in ("revidera … så att") with a list of changes below it; every item must be read."""
    listed = lists.below(text) if "\n" in text else None
    if listed is None:
        return None
    bones = skeleton(listed.lead)
    lead, start, until = timed(opened(bones.words), bones)
    match = next((m for pattern in lists.LEADS if (m := pattern.fullmatch(lead))), None)
    number = next((int(n) for name, n in match.groupdict().items() if name.startswith("P") and n), None) if match else None
    place = bones.slots[number].value if number is not None else None
    if not isinstance(place, Place) or place.quoted or place.topic or place.under or len(place.charters) > 1:
        return None
    made = _in_turn(listed.items, _Context(where=place, framed=True))
    tail = _in_turn((listed.tail,), _Context()) if made is not None and listed.tail else None
    if made is None or (listed.tail and (tail is None or tail.operations)):
        return None
    made = replace(made, results=tuple(timed_result(r, start, until) for r in made.results), start=(*made.start, *start))
    made = replace(made, until=(*made.until, *until))
    return made if tail is None else made.and_then(tail)


def _in_turn(parts: tuple[str, ...], context: _Context, *, named: bool = False) -> Made | None:
    """Read each part by itself, knowing those before it; every one must be read, and say what is done unless the parts are `named`."""
    total: Made | None = None
    for words in parts:
        bones = skeleton(words)
        made = _Reader(bones).read(opened(bones.words), context, MOST_PARTS // 2)
        if made is None or made.rivals or not (named or made.operations or all(_of_time(r) for r in made.results)):
            return None
        total = made if total is None else total.and_then(made)
        context = _after(context, made)
        context = replace(context, framed=False) if named else context
    return total
