"""The stored form: what is written reads back as it was, one stycke or strecksats is one line, and hostile files get nowhere."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglemente_tool import amendments
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.errors import CannotStore, Level, Place, Problem
from reglemente_tool.model.address import Address, Kind, Reads
from reglemente_tool.model.amendment import Amendment, Phase
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE, Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk
from reglemente_tool.model.history import Annulment, Change, Commencement, Committee, Condition, Correction, Decision, Municipality
from reglemente_tool.model.proposal import Clause, NoChange, Proposal, Question, Suggestion
from reglemente_tool.storage import xmlfields
from reglemente_tool.storage.xmlform import (
    Edition,
    charter_from_xml,
    charter_to_xml,
    event_from_xml,
    event_to_xml,
    municipality_from_xml,
    municipality_to_xml,
    proposal_from_xml,
    proposal_to_xml,
)
from reglemente_tool.storage.xmlnames import FORMS
from reglemente_tool.storage.xmlprovisions import KINDS

# --- what may be stored -------------------------------------------------------------------------------------------

_AWKWARD = "<&>\"' åäöÅÄÖé\u00a0\u00ad–—•§]]>\u2028\x85\u200b\U0001f3db"
_LETTERS = st.one_of(
    st.sampled_from(_AWKWARD),
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
)
verbatim = st.text(st.one_of(_LETTERS, st.sampled_from("\n\t\r ")), max_size=40)
words = st.text(st.one_of(_LETTERS, st.just("\t")), max_size=25).map(lambda text: text.strip(" \t"))
ids = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
days = st.dates(min_value=date(1863, 1, 1), max_value=date(2199, 12, 31))
codes = st.sampled_from(["", "par4", "par4a", "kap2.par4a.st2.p3", "par2.st1.ss:sist", "par4.rubrik", "par1.st1.m2", "par2.st1.b:c", "bil"])

_INSIDE: dict[Kind, tuple[Kind, ...]] = {
    Kind.KAPITEL: (Kind.AVSNITT, Kind.PARAGRAF, Kind.STYCKE),
    Kind.AVSNITT: (Kind.KAPITEL, Kind.PARAGRAF, Kind.STYCKE),
    Kind.BILAGA: (Kind.PARAGRAF, Kind.STYCKE, Kind.TABELL),
    Kind.PARAGRAF: (Kind.STYCKE, Kind.TABELL, Kind.STRECKSATS),
    Kind.STYCKE: (Kind.STRECKSATS, Kind.PUNKT, Kind.BOKSTAV, Kind.TABELL),
    Kind.PUNKT: (Kind.BOKSTAV, Kind.STRECKSATS, Kind.STYCKE),
    Kind.TABELL: (Kind.RAD,),
}


@cache
def provisions(kinds: tuple[Kind, ...], depth: int = 3) -> st.SearchStrategy[Provision]:
    """Provisions of these kinds, with what may lie in them."""

    def grown(kind: Kind) -> st.SearchStrategy[Provision]:
        inner = _INSIDE.get(kind, ()) if depth else ()
        virtual = kind.virtual
        return st.builds(
            Provision,
            kind=st.just(kind),
            number=st.sampled_from(["", "1", "4 a", "2.9", "c"]),
            marker=st.one_of(st.sampled_from(["", "–", "•", "4 a §", "§ 4 a", "1.", "c)", "1 kap.", "Bilaga 1"]), words),
            heading=words,
            text=words,
            children=st.lists(provisions(inner, depth - 1), max_size=3).map(tuple) if inner else st.just(()),
            closing=st.just("") if virtual or not inner else words,
            source=st.one_of(st.none(), ids.map(DecisionId)),
            layout=st.sampled_from(["", RUN_IN, TITLE_LINE]),
        )

    return st.one_of([grown(kind) for kind in kinds])


def numbered(body: tuple[Provision, ...], count: list[int] | None = None) -> tuple[Provision, ...]:
    """Give each provision an identity of its own, and leave some without."""
    count = count if count is not None else [0]
    made = []
    for provision in body:
        count[0] += 1
        wid = Wid(f"w{count[0]}" if count[0] % 7 else "")
        made.append(replace(provision, wid=wid, children=numbered(provision.children, count)))
    return tuple(made)


_BODY = (Kind.KAPITEL, Kind.AVSNITT, Kind.PARAGRAF, Kind.STYCKE, Kind.BILAGA, Kind.TABELL)
charters = st.builds(
    Charter,
    id=ids.map(CharterId),
    title=verbatim,
    committee=ids.map(CommitteeId),
    body=st.lists(provisions(_BODY), max_size=4).map(tuple).map(numbered),
    facts=st.lists(st.tuples(verbatim, verbatim), max_size=3).map(tuple),
    repealed=st.booleans(),
)
editions = st.builds(
    Edition,
    adopted_by=st.one_of(st.none(), ids.map(DecisionId)),
    holds_from=st.one_of(st.none(), days),
    latest=st.one_of(st.none(), ids.map(DecisionId)),
    latest_name=verbatim,
)


@cache
def of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of the type that a field is declared to have, so that new amendment types are tried as well."""
    if hint in (Wid, CharterId, CommitteeId, DecisionId):
        return st.one_of(st.just(""), ids) if hint in (Wid, CommitteeId) else ids
    hint = getattr(hint, "__supertype__", hint)
    if get_origin(hint) is tuple:
        parts = get_args(hint)
        if parts[-1] is Ellipsis:
            return st.lists(of(parts[0]), max_size=2).map(tuple)
        return st.tuples(*(of(part) for part in parts))
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([st.none() if part is NoneType else of(part) for part in get_args(hint)])
    if hint is Amendment:
        return st.one_of([of(cls) for cls in amendments.types().values()])
    if hint is Provision:
        return provisions((*_BODY, Kind.STRECKSATS, Kind.PUNKT, Kind.RAD, Kind.MENING, Kind.LED), 2)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    simple = {str: verbatim, int: st.integers(0, 9999), bool: st.booleans(), date: days, Address: codes.map(Address.from_code)}
    if hint in simple:
        return simple[hint]
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: of(hints[field.name]) for field in fields(hint)})


def deciding(*made: Amendment) -> Decision:
    """A decision that makes these amendments to one charter."""
    change = Change(charter=CharterId("n"), in_force_from=date(2020, 2, 1), amendments=made)
    return Decision(id=DecisionId("kf-1"), decided_on=date(2020, 1, 1), changes=(change,))


# --- round trip is a law ------------------------------------------------------------------------------------------


@given(charters, editions)
def test_a_charter_reads_back_as_it_was(charter: Charter, edition: Edition) -> None:
    assert charter_from_xml(charter_to_xml(charter, edition)) == charter


@given(st.one_of(of(Decision), of(Commencement), of(Annulment), of(Correction).map(lambda c: replace(c, number="2"))))
@settings(max_examples=150)
def test_an_event_reads_back_as_it_was(event: Any) -> None:
    assert event_from_xml(event_to_xml(event)) == event


@pytest.mark.parametrize("tag", sorted(amendments.types()))
@given(st.data())
@settings(max_examples=25)
def test_every_amendment_type_reads_back_as_it_was(tag: str, data: st.DataObject) -> None:
    amendment = data.draw(of(amendments.types()[tag]))
    decision = deciding(amendment)
    assert event_from_xml(event_to_xml(decision)) == decision


@given(of(Proposal))
@settings(max_examples=100)
def test_a_draft_reads_back_as_it_was(proposal: Proposal) -> None:
    assert proposal_from_xml(proposal_to_xml(proposal)) == proposal


@given(of(Municipality).map(lambda m: replace(m, committees=tuple({c.id: c for c in m.committees if c.id}.values()))))
def test_the_municipality_reads_back_as_it_was(municipality: Municipality) -> None:
    assert municipality_from_xml(municipality_to_xml(municipality)) == municipality


@given(verbatim)
def test_the_decisions_own_words_are_kept_letter_for_letter(text: str) -> None:
    data = event_to_xml(Decision(id=DecisionId("kf-1"), decided_on=date(2020, 1, 1), text=text))
    assert event_from_xml(data).text == text  # type: ignore[union-attr]
    assert b"\r" not in data


@pytest.mark.parametrize("kind", list(Kind))
def test_the_schema_knows_every_kind(kind: Kind) -> None:
    decision = deciding(Insert(target=Address.from_code("par1"), wording=Provision(kind=kind, number="1", text="ord")))
    assert event_from_xml(event_to_xml(decision)) == decision
    assert KINDS[kind.value] is kind


# --- what the files look like -------------------------------------------------------------------------------------

P = Provision


def _list_charter() -> Charter:
    items = tuple(P(Kind.STRECKSATS, Wid(f"s{i}"), marker="–", text=text) for i, text in enumerate(["vård,", "skola,", "fritid."]))
    stycke = P(Kind.STYCKE, Wid("st"), text="Nämnden ansvarar för", children=items, closing="och liknande.")
    more = P(Kind.STYCKE, Wid("st2"), text="Nämnden får besluta om avgifter.", source=DecisionId("kf-2"))
    section = P(Kind.PARAGRAF, Wid("p1"), number="1", marker="1 §", heading="Uppgifter", children=(stycke, more), source=DecisionId("kf-1"))
    return Charter(CharterId("n"), "Reglemente", CommitteeId("n"), (section,), (("Dnr", "KS 2020/1"),))


def test_a_charter_as_it_lies_in_its_file() -> None:
    latest, name = DecisionId("kf-2"), "KF 2020-11-30 § 2"
    edition = Edition(adopted_by=DecisionId("kf-1"), holds_from=date(2021, 1, 1), latest=latest, latest_name=name)
    text = charter_to_xml(_list_charter(), edition).decode()
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<reglemente id="n" namnd="n" antaget="kf-1">\n'
        "<huvud>\n"
        "<titel>Reglemente</titel>\n"
        '<uppgift namn="Dnr">KS 2020/1</uppgift>\n'
        '<lydelse fran="2021-01-01"/>\n'
        '<senast beslut="kf-2">KF 2020-11-30 § 2</senast>\n'
        "</huvud>\n"
        '<paragraf nr="1" wid="p1">\n'
        "<rubrik>Uppgifter</rubrik>\n"
        '<stycke wid="st" beslut="">Nämnden ansvarar för\n'
        '<strecksats wid="s0" beslut="">vård,</strecksats>\n'
        '<strecksats wid="s1" beslut="">skola,</strecksats>\n'
        '<strecksats wid="s2" beslut="">fritid.</strecksats>\n'
        "<avslutning>och liknande.</avslutning>\n"
        "</stycke>\n"
        '<stycke wid="st2" beslut="kf-2">Nämnden får besluta om avgifter.</stycke>\n'
        "</paragraf>\n"
        "</reglemente>\n"
    )


@given(charters, st.data())
def test_one_item_less_is_one_line_less(charter: Charter, data: st.DataObject) -> None:
    leaves = [p for p in walk(charter.body) if p.wid and p.kind.item and not (p.children or p.heading or p.closing)]
    holders = [p for p in walk(charter.body) if any(leaf in p.children for leaf in leaves) and (len(p.children) > 1 or p.heading)]
    if not holders:
        return
    holder = data.draw(st.sampled_from(holders))
    gone = data.draw(st.sampled_from([c for c in holder.children if c in leaves]))

    def without(body: tuple[Provision, ...]) -> tuple[Provision, ...]:
        return tuple(replace(p, children=without(p.children)) for p in body if p != gone)

    before = charter_to_xml(charter).split(b"\n")
    after = charter_to_xml(replace(charter, body=without(charter.body))).split(b"\n")
    assert len(before) == len(after) + 1
    at = next(i for i in range(len(before)) if after[i : i + 1] != before[i : i + 1])
    assert before[:at] + before[at + 1 :] == after
    assert gone.wid.encode() in before[at]


def test_a_decision_as_it_lies_in_its_file() -> None:
    wording = P(Kind.STRECKSATS, marker="–", text="integration & delaktighet")
    decision = Decision(
        id=DecisionId("kf-2017-06-21-105"),
        decided_on=date(2017, 6, 21),
        section="105",
        case_number="KS 2016/445",
        title="Flyttad uppgift",
        text="Fullmäktige beslutar\n\tatt …",
        confirmed_by="kommunsekreterare",
        changes=(
            Change(
                charter=CharterId("socialnamnden"),
                in_force_from=date(2017, 7, 1),
                in_force_until=date(2017, 12, 31),
                amendments=(Repeal(target=Address.from_code("par2.st1.ss4"), expects='"integration"'),),
                transitional="Ärenden som har börjat fullföljs.",
            ),
            Change(
                charter=CharterId("kommunstyrelsen"),
                in_force_from=Condition("när beslutet har vunnit laga kraft"),
                amendments=(Insert(target=Address.from_code("par2.st1.ss:sist"), reads=Reads.NY, wording=wording, continues=Wid("q7")),),
            ),
        ),
    )
    assert event_to_xml(decision).decode().split("\n", 1)[1] == (
        '<beslut id="kf-2017-06-21-105" beslutat="2017-06-21" paragraf="105" dnr="KS 2016/445" bekraftat-av="kommunsekreterare">\n'
        "<rubrik>Flyttad uppgift</rubrik>\n"
        "<text>Fullmäktige beslutar\n\tatt …</text>\n"
        '<andring reglemente="socialnamnden" galler-fran="2017-07-01" galler-till="2017-12-31">\n'
        '<upphor mal="par2.st1.ss4" lyder="&quot;integration&quot;"/>\n'
        "<overgang>Ärenden som har börjat fullföljs.</overgang>\n"
        "</andring>\n"
        '<andring reglemente="kommunstyrelsen" villkor="när beslutet har vunnit laga kraft">\n'
        '<infors mal="par2.st1.ss:sist" laser="ny" fortsatter="q7">\n'
        "<strecksats>integration &amp; delaktighet</strecksats>\n"
        "</infors>\n"
        "</andring>\n"
        "</beslut>\n"
    )


def test_other_events_and_the_register_as_they_lie_in_their_files() -> None:
    about = DecisionId("kf-1")
    began = Commencement(decision=about, on=date(2021, 2, 1), decided_on=date(2021, 2, 3), confirmed_by="kansli")
    undone = Annulment(decided_on=date(2021, 3, 1), annuls=about, by="förvaltningsrätten", case_number="1-21")
    committee = Committee(id=CommitteeId("sn"), name="socialnämnden", abbreviations=("SN",))
    register = Municipality(name="Norrboda", code="0000", committees=(committee,))
    assert event_to_xml(began).decode().splitlines()[1:] == [
        '<ikrafttradande id="ikraft-2021-02-01-kf-1" beslut="kf-1" galler-fran="2021-02-01" beslutat="2021-02-03" bekraftat-av="kansli"/>'
    ]
    assert event_to_xml(undone).decode().splitlines()[1:] == [
        '<upphavande id="upphavt-2021-03-01-kf-1" beslutat="2021-03-01" beslut="kf-1" av="förvaltningsrätten" dnr="1-21"/>'
    ]
    assert municipality_to_xml(register).decode().splitlines()[1:] == [
        '<register format="1" kommun="Norrboda" kod="0000">',
        '<namnd id="sn" namn="socialnämnden">',
        "<kort>SN</kort>",
        "</namnd>",
        "</register>",
    ]


def test_a_draft_keeps_all_that_was_read() -> None:
    proposal = Proposal(
        id=DecisionId("kf-2026-012"),
        is_decision=False,
        reason="yrkande",
        in_force_from=Condition("när lagen träder i kraft"),
        clauses=(Clause(1, "att 5 § upphör", 3, 17), Clause(2, "att uppdra\nåt nämnden")),
        suggestions=(Suggestion(1, CharterId("sn"), Repeal(target=Address.from_code("par5")), "upphor"),),
        no_change=(NoChange(2, "uppdrag"),),
        unread=(3, 4),
        questions=(Question("IKRAFT", "När?", 1, ("a", "b"), "a"),),
        problems=(Problem("SFS", "Lagen är upphävd.", Place("x", "rad", 1, 2), Level.VARNING, "Se efter."),),
        answers=(("IKRAFT", "2026-01-01"),),
    )
    text = proposal_to_xml(proposal).decode()
    assert '<tolkning att-sats="1" reglemente="sn" fras="upphor">\n<upphor mal="par5"/>\n</tolkning>' in text
    assert '<svar namn="IKRAFT">2026-01-01</svar>' in text
    assert proposal_from_xml(text.encode()) == proposal


def test_a_file_that_a_person_has_indented_says_the_same() -> None:
    text = charter_to_xml(_list_charter()).decode()
    loose = text.replace("\n<", "\n      <").replace("ansvarar för\n", "ansvarar för   \n\n").replace("<paragraf ", "\n\t<paragraf ")
    assert loose != text
    assert charter_from_xml(loose.encode()) == _list_charter()
    assert charter_from_xml(text.replace("\n", "\r\n").encode()) == _list_charter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap(Amendment):
    """A type that no line of the codec knows."""

    tag: ClassVar[str] = "byter-plats"
    phase: ClassVar[Phase] = Phase.RENUMBER

    other_place: Address
    since: date | None = None
    notes: tuple[str, ...] = ()
    wording: Provision | None = None

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Do nothing."""
        return charter

    def describe(self) -> str:
        """Say nothing."""
        return ""


def test_a_new_amendment_type_needs_no_line_in_the_codec(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**amendments.types(), "byter-plats": Swap}
    monkeypatch.setattr(amendments, "types", lambda: known)
    swap = Swap(
        target=Address.from_code("par2"),
        other_place=Address.from_code("par3"),
        since=date(2020, 5, 1),
        notes=("ett", "två"),
        wording=P(Kind.STYCKE, text="ord"),
    )
    text = event_to_xml(deciding(swap)).decode()
    assert '<byter-plats mal="par2" other-place="par3" since="2020-05-01">\n<notes>ett</notes>\n<notes>två</notes>\n' in text
    assert event_from_xml(text.encode()) == deciding(swap)


def test_a_field_that_has_no_form_in_xml_is_found_at_once() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd(Swap):
        kinds: tuple[Kind, ...] = ()

    with pytest.raises(TypeError, match=r"Odd\.kinds"):
        xmlfields.plan(Odd)


@pytest.mark.parametrize("cls", [*amendments.types().values(), *FORMS])
def test_no_two_fields_of_a_class_share_a_name(cls: type) -> None:
    slots = xmlfields.plan(cls)
    attributes = [s.xml for s in slots if s.shape in (xmlfields.Shape.ATTRIBUTE, xmlfields.Shape.NUMBERS)]
    elements = [s.xml for s in slots if s.shape in (xmlfields.Shape.LINE, xmlfields.Shape.WORDS, xmlfields.Shape.PAIRS)]
    assert len(set(attributes)) == len(attributes)
    assert len(set(elements)) == len(elements)
    assert all(name.isascii() for name in attributes + elements)


# --- what cannot be stored ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_letters_that_xml_cannot_hold_are_refused(letter: str) -> None:
    charter = Charter(CharterId("n"), "R", CommitteeId("n"), (P(Kind.STYCKE, text=f"före{letter}efter"),))
    with pytest.raises(CannotStore, match=f"U\\+{ord(letter):04X}.*före□efter"):
        charter_to_xml(charter)
    with pytest.raises(CannotStore):
        event_to_xml(Decision(id=DecisionId("kf-1"), decided_on=date(2020, 1, 1), text=letter))


@pytest.mark.parametrize(
    "provision",
    [
        P(Kind.STYCKE, text="två\nrader"),
        P(Kind.STYCKE, heading="två\rrader"),
        P(Kind.STYCKE, closing="två\nrader"),
        P(Kind.STYCKE, text="ingress ", children=(P(Kind.STRECKSATS, text="a"),)),
        P(Kind.PARAGRAF, heading="R", text=" ord"),
        P(Kind.STYCKE, text="  ", children=(P(Kind.STRECKSATS, text="a"),)),
    ],
)
def test_words_that_could_not_be_told_from_layout_are_refused(provision: Provision) -> None:
    with pytest.raises(CannotStore, match=r"blanksteg|radbrytning"):
        charter_to_xml(Charter(CharterId("n"), "R", CommitteeId("n"), (provision,)))


def test_blanks_at_the_edges_of_a_leaf_are_kept() -> None:
    charter = Charter(CharterId("n"), " R ", CommitteeId("n"), (P(Kind.TABELL, children=(P(Kind.RAD, text="\ta\t b "),)),))
    assert charter_from_xml(charter_to_xml(charter)) == charter


def test_an_address_that_could_not_be_read_back_is_refused() -> None:
    with pytest.raises(CannotStore, match="par4–5"):
        event_to_xml(deciding(Repeal(target=Address().child(Kind.PARAGRAF, "4–5"))))


# --- hostile and broken files -------------------------------------------------------------------------------------

_BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<beslut>&b;</beslut>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (_BOMB, "rad 1: filen har en DOCTYPE"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">\n<beslut/>', "rad 2: filen har en DOCTYPE"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><beslut><text>&e;</text></beslut>', "DOCTYPE"),
        (_BOMB.decode().encode("utf-16"), "UTF-8"),
        (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE x+AD4-<beslut/>', "filen är inte giltig XML"),
        (b"<strecksats>" * 10_000 + b"</strecksats>" * 10_000, "filen är inte giltig XML"),
        (b"<beslut>" + b" " * 20_000_001 + b"</beslut>", "större än 20 MB"),
        (b"", "filen är tom"),
        (b"\x80\x81", "filen är inte giltig XML"),
        (b"<beslut", "rad 1: filen är inte giltig XML"),
        (b"<beslut>&e;</beslut>", "filen är inte giltig XML"),
        (b'<beslut id="a"\n beslutat="2020-01-01"><!-- hej --></beslut>', "rad 2: kommentarer"),
        (b'<beslut id="a" beslutat="2020-01-01"><?php x?></beslut>', "kommentarer och bearbetningsinstruktioner"),
        (b'<!-- x --><beslut id="a" beslutat="2020-01-01"/>', "utanför filens rotelement"),
        (b'<beslut xmlns="http://example.invalid/" id="a" beslutat="2020-01-01"/>', "rad 1"),
    ],
)
def test_a_hostile_file_is_refused_with_its_name(data: bytes, says: str) -> None:
    with pytest.raises(CannotStore) as caught:
        event_from_xml(data, "beslut/2020/x.xml")
    assert says in caught.value.message
    assert caught.value.message.startswith("beslut/2020/x.xml")
    assert caught.value.place.document.startswith("beslut/2020/x.xml")


def test_an_external_entity_is_never_opened(tmp_path: Any) -> None:
    secret = tmp_path / "hemligt"
    secret.write_text("HEMLIGT")
    data = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><beslut id="a" beslutat="2020-01-01"><text>&e;</text></beslut>'
    with pytest.raises(CannotStore) as caught:
        event_from_xml(data.encode())
    assert "HEMLIGT" not in caught.value.message + caught.value.hint


def test_a_deep_but_allowed_nesting_is_read() -> None:
    provision = P(Kind.STRECKSATS, text="innerst")
    for _ in range(60):
        provision = P(Kind.STRECKSATS, text="a", children=(provision,))
    charter = Charter(CharterId("n"), "R", CommitteeId("n"), (P(Kind.STYCKE, children=(provision,)),))
    assert charter_from_xml(charter_to_xml(charter)) == charter


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<reglemente id="n" namnd="n">\n<huvud>\n<titel>R</titel>\n</huvud>\n'


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("<strecka>a</strecka>", 6, "<strecka> kan inte stå där i <reglemente>"),
        ('<paragraf nr="1">\n<paragraf nr="2">\n<stycke>a</stycke>\n</paragraf>\n</paragraf>', 7, "<paragraf>"),
        ("<stycke>a\n<rad>b</rad>\n</stycke>", 7, "<rad>"),
        ("<mening>a</mening>", 6, "<mening>"),
        ('<stycke typ="x">a</stycke>', 6, "attributet typ hör inte hemma i <stycke>"),
        ('<stycke wid="Å">a</stycke>', 6, "attributet wid"),
        ("<stycke>a\n<avslutning>b</avslutning>\n<strecksats>c</strecksats>\n</stycke>", 7, "<avslutning> kan inte stå där i <stycke>"),
        ("<stycke>a\n<strecksats>b</strecksats>\nlöst\n</stycke>", 7, "”löst”"),
        ("<stycke>ett\ntvå</stycke>", 6, "”ett två” är brutna på flera rader"),
        ("<paragraf>\n<rubrik>ett\ntvå</rubrik>\n</paragraf>", 6, "”ett två” är brutna på flera rader"),
        ('<stycke wid="a1">a</stycke>\n<stycke wid="a1">b</stycke>', 7, "identiteten a1 finns två gånger"),
        ("löst", 2, "det står ord utanför elementen"),  # the line is that of the element around it
    ],
)
def test_a_fault_in_a_charter_is_named_with_its_line(body: str, line: int, says: str) -> None:
    with pytest.raises(CannotStore) as caught:
        charter_from_xml(f"{_HEAD}{body}\n</reglemente>\n".encode(), "reglementen/n.xml")
    assert says in caught.value.message
    assert caught.value.message.startswith(f"reglementen/n.xml, rad {line}: ")


def test_a_charter_without_its_head_is_refused() -> None:
    with pytest.raises(CannotStore, match=r"huvud"):
        charter_from_xml(b'<reglemente id="n" namnd="n">\n<stycke>a</stycke>\n</reglemente>', "n.xml")


_CHANGE = '<beslut id="kf-1" beslutat="2020-01-01">\n<andring reglemente="n" galler-fran="2020-02-01">\n{}\n</andring>\n</beslut>'


@pytest.mark.parametrize(
    ("amendment", "says"),
    [
        ('<forsvinner mal="par1"/>', "rad 3: elementet <forsvinner> är okänt"),
        ('<upphor mal="par1" nar="nu"/>', "rad 3: elementet <upphor> kan inte ha attributet nar"),
        ('<upphor lyder="x"/>', "rad 3: elementet <upphor> saknar mal"),
        ('<upphor mal="§ 1"/>', "rad 3: attributet mal har ett värde som inte går att läsa: ”§ 1”"),
        ('<upphor mal="par1" laser="sedan"/>', "rad 3: attributet laser"),
        ('<byts-ut mal="par1" fran="a" till="b" antal="många"/>', "rad 3: attributet antal"),
        ('<infors mal="par1"/>', "rad 3: elementet <infors> saknar lydelse"),
        ('<infors mal="par1"><stycke>a</stycke><stycke>b</stycke></infors>', "rad 3: elementet <infors> har lydelse mer än en gång"),
        ('<infors mal="par1"><stycke>a</stycke>löst</infors>', "rad 3"),
        ('<upphor mal="par1"><stycke>a</stycke></upphor>', "rad 3: elementet <stycke> är okänt i <upphor>"),
        ('<antas titel="R" namnd="n"><uppgift>b</uppgift></antas>', "rad 3: elementet <uppgift> ska ha attributet namn"),
    ],
)
def test_a_fault_in_an_amendment_is_named_with_its_line(amendment: str, says: str) -> None:
    with pytest.raises(CannotStore) as caught:
        event_from_xml(_CHANGE.format(amendment).encode(), "beslut/2020/kf-1.xml")
    assert f"beslut/2020/kf-1.xml, {says}" in caught.value.message


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ('<beslut id="kf-1" beslutat="igår"/>', "<beslut>"),
        ('<beslut id="KF 1" beslutat="2020-01-01"/>', "<beslut>"),
        ('<beslut beslutat="2020-01-01"/>', "<beslut>"),
        ('<beslut id="kf-1" beslutat="2020-13-01"/>', "beslutat"),
        ('<beslut id="kf-1" beslutat="2020-01-01">löst</beslut>', "<beslut>"),
        ('<beslut id="kf-1" beslutat="2020-01-01"><andring reglemente="n"/></beslut>', "<andring>"),
        ('<ikrafttradande id="ikraft-1" beslut="kf-1" galler-fran="2021-02-01" beslutat="2021-02-03"/>', "ska vara ikraft-2021-02-01-kf-1"),
        ('<forslag id="kf-1"/>', "ingen händelse"),
        ('<forslag id="kf-1"><hemlig/></forslag>', "ingen händelse"),
    ],
)
def test_a_fault_in_an_event_is_named(data: str, says: str) -> None:
    with pytest.raises(CannotStore) as caught:
        event_from_xml(data.encode(), "x.xml")
    assert says in caught.value.message
    assert caught.value.message.startswith("x.xml, rad 1: ")


def test_what_a_draft_holds_that_no_field_answers_to_is_refused() -> None:
    with pytest.raises(CannotStore, match="<hemlig> är okänt i <forslag>"):
        proposal_from_xml(b'<forslag id="kf-1"><hemlig/></forslag>')
    with pytest.raises(CannotStore, match="attributet hemlig"):
        proposal_from_xml(b'<forslag id="kf-1" hemlig="ja"/>')


def test_a_register_of_a_newer_format_is_refused() -> None:
    data = municipality_to_xml(Municipality(name="Norrboda", code="0000")).replace(b'format="1"', b'format="2"')
    with pytest.raises(CannotStore, match=r"register.xml"):
        municipality_from_xml(data)


def test_two_committees_with_one_id_are_refused() -> None:
    twice = (Committee(id=CommitteeId("sn"), name="a"), Committee(id=CommitteeId("sn"), name="b"))
    with pytest.raises(CannotStore, match="sn finns två gånger"):
        municipality_from_xml(municipality_to_xml(Municipality(name="N", code="0000", committees=twice)))


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_noise_in_a_file_never_crashes(noise: bytes, at: int) -> None:
    whole = charter_to_xml(_list_charter())
    for data in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        with contextlib.suppress(CannotStore):
            charter = charter_from_xml(data, "x.xml")
            assert charter_from_xml(charter_to_xml(charter)) == charter
