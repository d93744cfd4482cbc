"""A decision as a document: what the protocol says, att-sats by att-sats, and as annexes what it makes of each charter.

The words are made of the amendments, so the page says of itself that the minutes are what holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.compare import Run, Runs
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import RUN_IN, CharterId, DecisionId, Provision
from reglemente_tool.model.history import Decision
from reglemente_tool.saying import Clause, clause, said_from, said_time, spoken
from reglemente_tool.writing.levels import with_levels
from reglemente_tool.writing.page import Block, CannotWrite, Page, plain

_LEAD = "Kommunfullmäktige beslutar"


@dataclass(frozen=True, slots=True)
class Annexed:
    """A charter that the decision is about: what it is called, and the page that shows what becomes of it (None: nothing is left)."""

    title: str
    page: Page | None


def decision_page(
    decision: Decision,
    charters: Mapping[CharterId, Annexed],
    *,
    municipality: str = "",
    status: tuple[str, ...] = (),
    draft: str = "",
    undecided: frozenset[str] = frozenset(),
    revoked: Mapping[DecisionId, str] = MappingProxyType({}),
) -> Page:
    """Return the decision as a page with its annexes.

    `charters` has every charter that the decision touches, in the order of their annexes; `revoked` names the decisions that it
    repeals ("kommunfullmäktiges beslut 2017-06-21, § 105"). `undecided` says of a draft what is not yet known, as the codes of
    its questions (BESLUTSDATUM, IKRAFT): that is left open in brackets. Raises CannotWrite for what no att-sats can say.
    """
    shown = [id for id, about in charters.items() if about.page is not None]
    numbered = {id: number for number, id in enumerate(shown, 1)}
    pages = tuple(annex(charters[id].page or Page(title=()), number) for id, number in numbered.items())
    clauses = (*_clauses(decision, charters, numbered, undecided), *_revocations(decision, charters, revoked, undecided))
    if not clauses:
        said = "Beslutet ändrar inget reglemente, så det finns ingen beslutstext att skriva."
        raise CannotWrite(said, hint="Se beslutet med reglemente beslut.")
    blocks = (_heading("Beslut"), _stycke(_LEAD), *(_att(one, last=one is clauses[-1]) for one in clauses), *_listed(pages))
    return Page(
        title=(Run(title_of(decision, charters)),),
        municipality=municipality,
        facts=_facts(decision, undecided),
        status=status,
        blocks=with_levels(blocks),
        draft=draft,
        annexes=pages,
    )


def title_of(decision: Decision, charters: Mapping[CharterId, Annexed]) -> str:
    """Return the decision's title, or else what it does to which charters: "Ändring av reglementet för valnämnden"."""
    if decision.title:
        return decision.title
    done: dict[str, list[str]] = {}
    for change in decision.changes:
        title = charters[change.charter].title
        if any(isinstance(a, Adopt) for a in change.amendments):
            done.setdefault("antagande av", []).append(title[:1].lower() + title[1:])
        elif any(isinstance(a, Dissolve) for a in change.amendments):
            done.setdefault("upphävande av", []).append(spoken(title))
        else:
            done.setdefault("ändring av", []).append(spoken(title))
    told = _and([f"{what} {_and(list(dict.fromkeys(whom)))}" for what, whom in done.items()] or ["upphävande av ett tidigare beslut"])
    return told[:1].upper() + told[1:]


def _and(words: list[str]) -> str:
    return " och ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _facts(decision: Decision, undecided: frozenset[str]) -> tuple[tuple[str, str], ...]:
    when = "[dag]" if "BESLUTSDATUM" in undecided else decision.decided_on.isoformat()
    told = (("Organ", "Kommunfullmäktige"), ("Sammanträdesdag", when), ("Paragraf", f"§ {decision.section}" if decision.section else ""))
    return tuple((key, value) for key, value in (*told, ("Dnr", decision.case_number)) if value)


def _clauses(
    decision: Decision, charters: Mapping[CharterId, Annexed], numbered: Mapping[CharterId, int], undecided: frozenset[str]
) -> Iterator[Clause]:
    # What holds from different days says so by the numbers of its att-satser, so that none of it is taken for the other.
    times = len({said_from(change) for change in decision.changes})
    told: dict[str, list[int]] = {}
    said: set[tuple[str, str]] = set()
    number = 0
    for change in decision.changes:
        time = said_from(change) if times > 1 else ""
        for amendment in change.amendments:
            one = clause(amendment, spoken(charters[change.charter].title), f"bilaga {numbered.get(change.charter, '')}")
            if one is None:
                said_as = f"Beslutstexten kan inte säga ändringen ”{amendment.describe()}”."
                raise CannotWrite(said_as, hint="Ta fram jämförelsen i stället.")
            # A new name is given once, though it changes the words of many charters.
            if one.wording is not None or (one.words, time) not in said:
                number += 1
                told.setdefault(time, []).append(number)
                yield one
            said.add((one.words, time))
    if not decision.changes:
        return
    if "IKRAFT" in undecided:
        yield Clause("beslutet ska gälla från och med den [dag]")
        return
    if times == 1:
        yield Clause(f"beslutet ska gälla {said_from(decision.changes[0])}")
    for time, numbers in told.items() if times > 1 else ():
        which = f"att-sats {numbers[0]}" if len(numbers) == 1 else f"att-satserna {_and([str(n) for n in numbers])}"
        yield Clause(f"{which} ska gälla {time}")
    for rule in dict.fromkeys(change.transitional for change in decision.changes if change.transitional):
        yield Clause("följande övergångsbestämmelse ska gälla:", Provision(kind=Kind.STYCKE, text=rule))


def _revocations(
    decision: Decision, charters: Mapping[CharterId, Annexed], revoked: Mapping[DecisionId, str], undecided: frozenset[str]
) -> Iterator[Clause]:
    for one in decision.revocations:
        part = f" i fråga om {spoken(charters[one.charter].title)}" if one.charter else ""
        time = "från och med den [dag]" if "IKRAFT" in undecided else said_time(one.in_force_from)
        yield Clause(f"{revoked[one.annuls]}{part} ska upphöra att gälla {time}")


def _heading(text: str) -> Block:
    return Block(kind=Kind.AVSNITT, heading=(Run(text),))


def _stycke(text: str) -> Block:
    return Block(kind=Kind.STYCKE, text=(Run(text),))


def _att(one: Clause, *, last: bool) -> Block:
    """An att-sats as an item whose marker is "att", so that its words and what it quotes stand clear of it."""
    end = "." if last else ","
    item = Block(kind=Kind.STRECKSATS, label=(Run("att"),))
    if one.wording is None:
        return replace(item, text=(Run(one.words + end),))
    if (short := _short(one.wording)) is not None:
        return replace(item, text=(Run(f"{one.words} ”{short}”{end}"),))
    quoted = _quoted(one.wording)
    return replace(item, text=(Run(one.words),), children=_closed(_opened(quoted), f"”{end}"))


def _short(wording: Provision) -> str | None:
    """The wording where it is one row of words, otherwise None."""
    if wording.children or wording.closing:
        return None
    if wording.kind is Kind.PARAGRAF and wording.number and wording.text:
        return None
    return (wording.heading or wording.text) if not (wording.heading and wording.text) else None


def _quoted(p: Provision) -> tuple[Block, ...]:
    """New wording as it is to be printed, its headings as words: they belong to the charter, not to this document."""
    made: list[Block] = []
    label = p.marker or (f"{p.number} §" if p.kind is Kind.PARAGRAF and p.number else "")
    text = (Run(p.text),) if p.text else ()
    closing = (Run(p.closing),) if p.closing else ()
    inside = tuple(block for child in p.children for block in _quoted(child))
    if p.kind.item or p.kind in (Kind.STYCKE, Kind.TABELL, Kind.RAD):
        heading = (Run(p.heading),) if p.heading and p.kind is Kind.TABELL else ()
        shown = (Run(label),) if label and p.kind.item else ()
        return (Block(kind=p.kind, label=shown, heading=heading, text=text, children=inside, closing=closing),)
    if p.kind is Kind.PARAGRAF:
        if p.heading:
            made.append(_stycke(p.heading))
        if label and inside and not text and not (inside[0].kind is Kind.STYCKE and inside[0].text):
            made.append(_stycke(label))
            label = ""
        shown = (Run(label),) if label else ()
        return (*made, Block(kind=p.kind, label=shown, text=text, children=inside, closing=closing, layout=RUN_IN))
    head = " ".join(word for word in (label, p.heading) if word)
    before, after = (tuple(_stycke(words) for words in some if words) for some in ((head, p.text), (p.closing,)))
    return (*before, *inside, *after)


def _opened(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the quotation mark before the first words."""
    first = blocks[0]
    if first.label:
        first = replace(first, label=_before(first.label))
    elif first.heading:
        first = replace(first, heading=_before(first.heading))
    elif first.text:
        first = replace(first, text=_before(first.text))
    else:
        first = replace(first, children=_opened(first.children))
    return (first, *blocks[1:])


def _before(runs: Runs) -> Runs:
    return (Run(f"”{runs[0].text}"), *runs[1:])


def _closed(blocks: tuple[Block, ...], end: str) -> tuple[Block, ...]:
    """Put the quotation mark, and what ends the att-sats, after the last words."""
    last = blocks[-1]
    if last.closing:
        last = replace(last, closing=(*last.closing[:-1], Run(last.closing[-1].text + end)))
    elif last.children:
        last = replace(last, children=_closed(last.children, end))
    elif last.text:
        last = replace(last, text=(*last.text[:-1], Run(last.text[-1].text + end)))
    else:
        last = replace(last, text=(Run(end),))
    return (*blocks[:-1], last)


def _listed(pages: tuple[Page, ...]) -> Iterator[Block]:
    """What is annexed, at the end of the protocol."""
    if pages:
        yield _heading("Bilagor")
        items = (plain(page.title) + (", med ändringarna markerade" if page.redline else "") for page in pages)
        for text in items:
            yield Block(kind=Kind.STRECKSATS, label=(Run("–"),), text=(Run(text),))


# --- annexes --------------------------------------------------------------------------------------------------------


def annex(page: Page, number: int) -> Page:
    """Return `page` as an annex: its title says so, its headings lie under that, its anchors are its own in the document."""
    prefix = f"bilaga{number}."
    blocks = with_levels(tuple(_own(block, prefix) for block in page.blocks), 1)
    changes = tuple(replace(told, anchor=f"{prefix}{told.anchor}" if told.anchor else "") for told in page.changes)
    # The title as it will be: what it was called before is told among the changes.
    return replace(page, title=(Run(f"Bilaga {number}: "), *page.title), blocks=blocks, changes=changes, below=1)


def _own(block: Block, prefix: str) -> Block:
    def own(anchor: str) -> str:
        return f"{prefix}{anchor}" if anchor else ""

    return replace(block, anchor=own(block.anchor), link=own(block.link), children=tuple(_own(child, prefix) for child in block.children))
