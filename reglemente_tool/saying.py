"""How a decision says its amendments: each as an att-sats with the wording that it quotes, when it holds, of which charter.

One wording for what is drafted and for what is printed, and the one that the reader is tried on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import ALL, Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.model.address import Address, Kind, Part, Reads
from reglemente_tool.model.amendment import Amendment, kind_with_article, said
from reglemente_tool.model.charter import Provision
from reglemente_tool.model.citation import cite
from reglemente_tool.model.history import Change, Condition
from reglemente_tool.model.names import MONTHS


@dataclass(frozen=True, slots=True)
class Clause:
    """One att-sats without its "att"; `wording` is quoted after it, in full."""

    words: str
    wording: Provision | None = None


def clause(amendment: Amendment, charter: str = "", annex: str = "") -> Clause | None:
    """Return the att-sats that says `amendment`, or None for one of a kind that has no att-sats.

    `charter` is how its charter is spoken of ("reglementet för valnämnden"), "" where the decision has named it already; `annex` the
    annex with a text that is adopted whole ("bilaga 1").
    """
    of = f" i {charter}" if charter else ""
    match amendment:
        case Adopt():
            title = f"{amendment.title[:1].lower()}{amendment.title[1:]}"
            return Clause(f"anta {title} enligt {annex}")
        case Dissolve():
            return Clause(f"{charter} ska upphöra att gälla")
        case Rename():
            return Clause(f"{amendment.old} ska byta namn till {amendment.new}")
        case Repeal():
            return Clause(_repeal(amendment, of))
        case Renumber():
            return Clause(f"nuvarande {cite(amendment.target)}{of} ska betecknas {cite(Address(amendment.becomes.steps[-1:]))}")
        case Reword():
            return Clause(_reword(amendment, of, charter))
        case Substitute():
            return Clause(f"{_place(amendment)}{of} ska ha följande lydelse:", amendment.wording)
        case Insert():
            return Clause(_insert(amendment, of), amendment.wording)
    return None


def moved(gone: Repeal, come: Insert, charter: str = "") -> Clause:
    """Return the att-sats for what goes and comes in again elsewhere in the same charter: "… ska flyttas till 2 § som nytt stycke sist"."""
    last = come.target.steps[-1]
    what = f"{last.kind.value} sist" if _at_end(come) else f"{cite(Address((last,))).rsplit(' ', 1)[0]} {_noun(last.kind)}"
    new = "nytt" if last.kind is Kind.STYCKE else "ny"
    of = f" i {charter}" if charter else ""
    return Clause(f"{cite(gone.target)}{of} ska flyttas till {cite(come.target.parent)} som {new} {what}")


def _place(amendment: Amendment) -> str:
    """The target, told as the new one where the numbering after the decision is meant."""
    return f"{_new(amendment)}{cite(amendment.target)}"


def _new(amendment: Amendment) -> str:
    return "den nya " if amendment.reads is Reads.NY else ""


def _repeal(amendment: Repeal, of: str) -> str:
    last, where = amendment.target.last, f"{cite(amendment.target)}{of}"
    if last is not None and last.kind.item and _quotable(amendment.expects):
        return f"{where}, {said(amendment.expects, 10_000)}, ska utgå"
    if amendment.target.part is Part.RUBRIK or (last is not None and (last.kind.virtual or last.kind.item)):
        return f"{where} ska utgå"
    return f"{where} ska upphöra att gälla"


def _quotable(words: str) -> bool:
    """Whether the words of an item can be quoted within a sentence: they are known, and hold no quotation marks of their own."""
    return bool(words) and not words.startswith("sha256:") and not any(mark in words for mark in "”“„\"»«\n")


def _reword(amendment: Reword, of: str, charter: str) -> str:
    where = f"i {_place(amendment)}{of}" if amendment.target.steps else f"i hela {charter}"
    words = f"{'orden' if ' ' in amendment.old else 'ordet'} {said(amendment.old, 10_000)}"
    times = "" if amendment.hits == 1 else " överallt" if amendment.hits == ALL else f" på samtliga {amendment.hits} ställen"
    done = f"bytas ut mot {said(amendment.new, 10_000)}" if amendment.new else "strykas"
    return f"{where} {words}{times} ska {done}"


def _insert(amendment: Insert, of: str) -> str:
    last = amendment.target.steps[-1]
    if amendment.target.part is Part.RUBRIK:
        return f"närmast före {_new(amendment)}{cite(Address(amendment.target.steps))}{of} ska införas en ny rubrik med följande lydelse:"
    if last.kind in (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA):
        return f"det{of} ska införas {kind_with_article(last.kind)}, {cite(amendment.target)}, med följande lydelse:"
    what = f"{kind_with_article(last.kind)} sist" if _at_end(amendment) else _numbered(last.kind, Address((last,)))
    return f"i {cite(amendment.target.parent)}{of} ska införas {what} med följande lydelse:"


def _at_end(amendment: Insert) -> bool:
    last = amendment.target.steps[-1]
    return last.from_end is not None or not last.number


def _numbered(kind: Kind, address: Address) -> str:
    """"ett nytt andra stycke", "en ny tredje strecksats", "en ny punkt, 3,"."""
    if not kind.positional:
        return f"{kind_with_article(kind)}, {address.steps[-1].number},"
    article, new, noun = kind_with_article(kind).split(" ", 2)
    return f"{article} {new} {cite(address).rsplit(' ', 1)[0]} {noun}"


def _noun(kind: Kind) -> str:
    return kind_with_article(kind).split(" ", 2)[2]


def said_from(change: Change) -> str:
    """Return when a change holds: "från och med den 1 juli 2017", with its last day when it is temporary."""
    return said_time(change.in_force_from) + (f" till och med den {day(change.in_force_until)}" if change.in_force_until else "")


def said_time(start: date | Condition) -> str:
    """Return "från och med den 1 juli 2017"; a Condition is told in its own words."""
    return start.text if isinstance(start, Condition) else f"från och med den {day(start)}"


def day(when: date) -> str:
    """Return a date as a protocol writes it: "1 juli 2017"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def spoken(title: str, committee: str = "") -> str:
    """Return how a decision speaks of the charter with this title: "Reglemente för valnämnden" -> "reglementet för valnämnden".

    A title of another make is told by its `committee`, where one is given.
    """
    for word, definite in (("Reglemente", "reglementet"), ("Arbetsordning", "arbetsordningen"), ("Instruktion", "instruktionen")):
        if title.startswith(f"{word} för "):
            return definite + title[len(word) :]
    return f"reglementet för {committee}" if committee else title[:1].lower() + title[1:]
