"""A finding: what is wrong in a text that stands, at which words, and the mend where it follows from the finding alone."""

from __future__ import annotations

from dataclasses import dataclass

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.address import Address, Part
from reglemente_tool.model.amendment import capital
from reglemente_tool.model.charter import Charter, CharterId, Provision, Wid
from reglemente_tool.model.citation import cite
from reglemente_tool.model.wording import sentences

NO_CHARTER = CharterId("")


@dataclass(frozen=True, slots=True)
class Words:
    """One text of a charter: a provision's own words, its heading, or what closes its list."""

    charter: Charter
    address: Address
    provision: Provision
    field: str
    text: str

    @property
    def target(self) -> Address:
        """The address of the words: the heading's own, or the provision's."""
        return self.address.heading() if self.field == "heading" else self.address


@dataclass(frozen=True, slots=True)
class Edit:
    """A mend: in the `field` of the provision `wid` at `address`, the letters `start` to `end` are written as `new`."""

    charter: CharterId
    address: Address
    wid: Wid
    field: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at.

    `charter` is "" for what concerns the register; `address` None for what stands in no provision. `line` is the sentence,
    with the spot at `start` to `end`. `mends` are edits that together mend it; empty where a person must judge.
    """

    code: str
    message: str
    level: Level
    charter: CharterId = NO_CHARTER
    title: str = ""
    address: Address | None = None
    line: str = ""
    start: int = 0
    end: int = 0
    hint: str = ""
    mends: tuple[Edit, ...] = ()

    @property
    def problem(self) -> Problem:
        """The finding as a problem, to be shown and written as every other."""
        where = capital(cite(self.address)) if self.address is not None else ""
        document = ", ".join(part for part in (self.title, where[:1].lower() + where[1:]) if part)
        return Problem(self.code, self.message, Place(document, self.line, self.start, self.end), self.level, self.hint)


def at(
    words: Words, start: int, end: int, code: str, message: str, *, level: Level = Level.FEL, hint: str = "", new: str | None = None,
    mends: tuple[Edit, ...] = (),
) -> Finding:  # fmt: skip
    """Return a finding at the letters `start` to `end` of `words`, mended by writing `new` there when that is given."""
    left, right = _sentence(words.text, start, end)
    if new is not None:
        mends = (*mends, edit(words, start, end, new))
    return Finding(
        code=code, message=message, level=level, charter=words.charter.id, title=words.charter.title, address=words.target,
        line=words.text[left:right], start=start - left, end=end - left, hint=hint, mends=mends,
    )  # fmt: skip


def edit(words: Words, start: int, end: int, new: str) -> Edit:
    """Return the mend that writes `new` at the letters `start` to `end` of `words`."""
    return Edit(words.charter.id, words.address, words.provision.wid, words.field, start, end, new)


def of_charter(charter: Charter, code: str, message: str, *, level: Level = Level.FEL, hint: str = "", line: str = "") -> Finding:
    """Return a finding about the charter as a whole; `line` is what is wrong, all of it marked."""
    return Finding(
        code=code, message=message, level=level, charter=charter.id, title=charter.title, line=line, end=len(line), hint=hint
    )


def own_words(charter: Charter, places: tuple[tuple[Address, Provision], ...]) -> tuple[Words, ...]:
    """Return every text of the charter, in reading order."""
    return tuple(
        Words(charter, address, p, field, text)
        for address, p in places
        for field, text in (("heading", p.heading), ("text", p.text), ("closing", p.closing))
        if text and address.part is Part.HELA
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    spans = sentences(text)
    left = next((a for a, b in spans if a <= start < b), 0)
    right = next((b for a, b in spans if a < end <= b), len(text))
    return left, max(right, end)


def definite(title: str) -> str:
    """Return what a charter is called in a sentence: "reglementet för socialnämnden"."""
    if title.startswith("Reglemente för "):
        return f"reglementet{title.removeprefix('Reglemente')}"
    return f"{title[:1].lower()}{title[1:]}"
