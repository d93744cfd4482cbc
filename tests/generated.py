"""Hypothesis strategies: charters of every shape, and amendments that fit them.

An example is drawn some thousands of times in the suite, so what a strategy is made of stands outside it, made once, and a phrase is
one draw or two (`phrases`): word by word, with strategies made anew for each §, it took three times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from hypothesis import strategies as st

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.model.address import Kind, Part
from reglemente_tool.model.amendment import Amendment, guard_for, held_text
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, walk_addressed
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import name_body

BASE = DecisionId("kf-2015-01-26-1")
LATER = DecisionId("kf-2018-06-18-99")
START = date(2018, 7, 1)

WORDS = """
nämnden ansvarar svarar för kommunens verksamhet inom området gator parker bibliotek skolskjuts tillsyn enligt lagen beslutar
om avgifter yttranden över remisser uppföljning varje år budget ärenden samråd med kommunstyrelsen ledamöter ersättare protokoll
""".split()

_numbers = st.tuples(st.integers(0, 99), st.integers(0, 99))


def phrases(words: Sequence[str], least: int, most: int) -> st.SearchStrategy[str]:
    """`least` to `most` of `words` in a row: one of ten thousand phrases, and its number is all that is drawn.

    In two halves, as Hypothesis now and then takes a larger number from the program's own code, and then its examples would change
    with any line of that.
    """

    def phrase(number: tuple[int, int]) -> str:
        chance = Random(100 * number[0] + number[1])
        return " ".join(chance.choices(words, k=chance.randint(least, most)))

    return _numbers.map(phrase)


_words = phrases(WORDS, 2, 9)
_sentences = st.lists(_words, min_size=1, max_size=3).map(lambda parts: " ".join(p.capitalize() + "." for p in parts))
_texts = st.lists(_words, min_size=2, max_size=7, unique=True)
_styles = st.sampled_from(["", ",.", ",.och", ",.samt", "."])
_glyphs = st.sampled_from(["–", "•", "-"])
_closings = st.sampled_from(["", "", "i den omfattning som budgeten medger."])
_headings = st.sampled_from(["", "", "Uppgifter", "Sammanträden", "Övrigt"])
_either = st.booleans()
_letters = st.sampled_from("abc")
_amounts = st.integers(2, 8)


@st.composite
def lists(draw: st.DrawFn, kind: Kind = Kind.STRECKSATS) -> tuple[Provision, ...]:
    """A list of two to seven items, with or without marks."""
    texts, style, glyph = draw(_texts), draw(_styles), draw(_glyphs)
    items = []
    for index, text in enumerate(texts):
        back = len(texts) - 1 - index
        mark = "" if not style else "." if back == 0 or style == "." else ","
        if back == 1 and style[2:]:
            mark = f", {style[2:]}"
        number = "" if kind is Kind.STRECKSATS else str(index + 1)
        items.append(Provision(kind=kind, number=number, marker=glyph if not number else f"{number}.", text=text + mark))
    return tuple(items)


_lists = st.one_of(lists(Kind.STRECKSATS), lists(Kind.PUNKT))


@st.composite
def _stycke(draw: st.DrawFn) -> Provision:
    if not draw(_either):
        return Provision(kind=Kind.STYCKE, text=draw(_sentences))
    children = draw(_lists)
    return Provision(kind=Kind.STYCKE, text=draw(_words).capitalize(), children=children, closing=draw(_closings))


_stycken = _stycke()
_contents = st.lists(_stycken, min_size=1, max_size=3).map(tuple)
_shorter = st.lists(_stycken, min_size=1, max_size=2).map(tuple)


def stycken() -> st.SearchStrategy[Provision]:
    """A stycke: sentences, or a lead-in with a list and sometimes closing words."""
    return _stycken


@st.composite
def charters(draw: st.DrawFn, id: str = "exempelnamnden") -> Charter:
    """A charter of two to eight §§, with or without chapters and headings, every provision with its identity."""
    count, before = draw(_amounts), draw(_either)
    paragrafer = []
    for number in range(1, count + 1):
        heading, children = draw(_headings), draw(_contents)
        marker = f"§ {number}" if before else f"{number} §"
        paragrafer.append(Provision(kind=Kind.PARAGRAF, number=str(number), marker=marker, heading=heading, children=children))
    body = tuple(paragrafer)
    if count > 3 and draw(_either):
        half = count // 2
        body = (
            Provision(kind=Kind.KAPITEL, number="1", marker="1 kap.", heading="Uppgifter", children=body[:half]),
            Provision(kind=Kind.KAPITEL, number="2", marker="2 kap.", heading="Arbetsformer", children=body[half:]),
        )
    return name_body(Charter(CharterId(id), f"Reglemente för {id}", CommitteeId(id), body), BASE)


_choices = st.sampled_from(["upphor", "ny-lydelse", "byts-ut", "infors", "betecknas", "rubrik"])


@st.composite
def amendments(draw: st.DrawFn, charter: Charter) -> Amendment:
    """One amendment that fits `charter` when made alone."""
    places = [(a, p) for a, p in walk_addressed(charter) if p.kind in (Kind.PARAGRAF, Kind.STYCKE) or p.kind.item]
    address, provision = draw(st.sampled_from(places))
    guard = guard_for(held_text(charter, address))
    choice = draw(_choices)
    if choice == "upphor":
        return Repeal(target=address, expects=guard, wid=provision.wid)
    if choice == "byts-ut" and provision.text:
        word = draw(st.sampled_from(provision.text.rstrip(".,").split()))
        hits = Reword(target=address, old=word, new="").found(charter, provision.wid)
        if hits:
            return Reword(target=address, old=word, new=draw(_words), hits=hits, expects=guard, wid=provision.wid)
    if choice == "betecknas" and provision.kind is Kind.PARAGRAF:
        return Renumber(target=address, number=f"{provision.number} {draw(_letters)}", wid=provision.wid)
    if choice == "rubrik" and provision.kind is Kind.PARAGRAF and provision.heading:
        heading = Provision(kind=Kind.PARAGRAF, heading=draw(_words).capitalize())
        return Substitute(target=address.heading(), wording=heading, expects=provision.heading, wid=provision.wid)
    if choice == "infors" and provision.kind is not Kind.PUNKT:
        number = f"{provision.number} {draw(_letters)}" if provision.kind is Kind.PARAGRAF else address.steps[-1].number
        children = draw(_shorter) if provision.kind is Kind.PARAGRAF else ()
        text = "" if children else draw(_sentences if provision.kind is Kind.STYCKE else _words)
        new = Provision(kind=provision.kind, marker=provision.marker if provision.kind.item else "", text=text, children=children)
        return Insert(target=address.parent.child(provision.kind, number), wording=new)
    if provision.kind is Kind.PARAGRAF:
        wording = Provision(kind=Kind.PARAGRAF, children=draw(_contents))
    elif provision.kind is Kind.STYCKE:
        wording = draw(_stycken)
    else:
        wording = Provision(kind=provision.kind, text=draw(_words))
    return Substitute(target=address, wording=wording, expects=guard, wid=provision.wid)


@st.composite
def moments(draw: st.DrawFn) -> tuple[Charter, Change]:
    """A charter and a change of one to four amendments to it, which may or may not go together."""
    charter = draw(charters())
    listed = tuple(draw(st.lists(amendments(charter), min_size=1, max_size=4)))
    return charter, Change(charter=charter.id, in_force_from=START, amendments=listed)


__all__ = ["BASE", "LATER", "START", "Part", "amendments", "charters", "lists", "moments", "phrases", "stycken"]
