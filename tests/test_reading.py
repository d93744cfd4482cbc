"""Reading a decision: the protocol, the clauses, the days, and the laws that hold for any text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import cases, grows_evenly, sections
from generated import amendments, charters
from hypothesis import given
from hypothesis import strategies as st
from test_phrases import charter_of

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import ALL, Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.errors import Level
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment, guard_for, held_text
from reglemente_tool.model.charter import Charter, CommitteeId, Provision, Wid, walk
from reglemente_tool.model.finding import locate
from reglemente_tool.model.history import Municipality
from reglemente_tool.model.proposal import NoChange, Proposal
from reglemente_tool.model.wording import fold
from reglemente_tool.reading import dates, naming
from reglemente_tool.reading.casehead import meeting_line
from reglemente_tool.reading.clauses import clauses
from reglemente_tool.reading.operation import Type
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.protocol import read_protocol
from reglemente_tool.reading.quoting import quotes
from reglemente_tool.reading.reader import read_clause
from reglemente_tool.reading.signposts import Part, is_furniture

EXAMPLE = """Reglemente för exempelnämnden

Uppgifter

1 §
Exempelnämnden svarar för provverksamhet. Nämnden ska rapportera till fullmäktige.

2 §
Nämnden ska
– mäta
– väga
– räkna

Nämnden samråder med andra.

Arbetsformer

3 §
Nämnden har fem ledamöter.

4 §
Nämnden får
1. låna
2. hyra
"""
NOBODY = Standing(Municipality(name="Exempelby", code="0000"), ())


def example() -> Charter:
    return charter_of(EXAMPLE)


def standing(*held: Charter) -> Standing:
    return Standing(Municipality(name="Exempelby", code="0000"), held)


def place(code: str) -> Address:
    return Address.from_code(code)


def aimed(kind: type[Amendment], code: str, **more: object) -> Amendment:
    """An amendment of the example charter with the guard and the identity that a reading gives it."""
    charter, address = example(), place(code)
    return kind(target=address, expects=guard_for(held_text(charter, address)), wid=locate(charter, address).wid, **more)


def ss(text: str) -> Provision:
    return Provision(kind=Kind.STRECKSATS, text=text)


# ---------------------------------------------------------------------------------- describe() reads back

DESCRIBED = (
    aimed(Repeal, "par3"),
    aimed(Repeal, "par2.st2"),
    aimed(Repeal, "par2.st1.ss2"),
    aimed(Repeal, "par4.st1.p1"),
    aimed(Repeal, "par1.st1.m2"),
    aimed(Repeal, "par3.rubrik"),
    aimed(Renumber, "par3", number="5"),
    aimed(Renumber, "par3", number="2 a"),
    aimed(Reword, "par3", old="fem", new="sju"),
    aimed(Reword, "par1.st1.m1", old="svarar", new="ansvarar"),
    aimed(Reword, "par2.st2", old="med andra", new=""),
    Reword(target=Address(), old="Nämnden", new="Exempelnämnden", hits=ALL),
    aimed(
        Substitute,
        "par3",
        wording=Provision(kind=Kind.PARAGRAF, children=(Provision(kind=Kind.STYCKE, text="Nämnden har tio ledamöter."),)),
    ),
    aimed(Substitute, "par2.st2", wording=Provision(kind=Kind.STYCKE, text="Nämnden samråder ofta.")),
    aimed(Substitute, "par2.st1.ss2", wording=ss("väga noga")),
    aimed(Substitute, "par4.st1.p2", wording=Provision(kind=Kind.PUNKT, text="hyra ut")),
    aimed(Substitute, "par1.st1.m2", wording=Provision(kind=Kind.MENING, text="Nämnden rapporterar varje år.")),
    aimed(Substitute, "par3.rubrik", wording=Provision(kind=Kind.PARAGRAF, heading="Former")),
    Insert(target=place("par2.st1.ss:sist"), wording=ss("skriva")),
    Insert(target=place("par2.st1.ss2"), wording=ss("skriva")),
    Insert(target=place("par3.st:sist"), wording=Provision(kind=Kind.STYCKE, text="Fullmäktige väljer dem.")),
    Insert(target=place("par2.st2"), wording=Provision(kind=Kind.STYCKE, text="Nämnden för bok.")),
    Insert(target=place("par1.st1.m:sist"), wording=Provision(kind=Kind.MENING, text="Det sker varje år.")),
    Insert(
        target=place("par3a"),
        wording=Provision(kind=Kind.PARAGRAF, children=(Provision(kind=Kind.STYCKE, text="Nämnden har ett presidium."),)),
    ),
    Insert(target=place("par4.rubrik"), wording=Provision(kind=Kind.PARAGRAF, heading="Lån")),
    Dissolve(),
    Rename(committee=CommitteeId("exempelnamnden"), old="exempelnämnden", new="provnämnden"),
)


@pytest.mark.parametrize("amendment", DESCRIBED, ids=lambda a: f"{a.tag} {a.target.code}")
def test_what_is_described_reads_back(amendment: Amendment) -> None:
    proposal = propose(f"att {amendment.describe()}", standing=standing(example()), answers={"NAMND": "exempelnamnden"})
    assert [s.amendment for s in proposal.suggestions] == [amendment], (amendment.describe(), proposal.problems, proposal.unread)


def test_a_charter_is_not_adopted_from_its_name() -> None:
    adopt = Adopt(title="Reglemente för exempelnämnden", committee=CommitteeId("exempelnamnden"))
    proposal = propose(f"att {adopt.describe()}", standing=standing(example()))
    assert proposal.suggestions == ()
    assert "FORSLAG" in [p.code for p in proposal.problems]


def _plain(amendment: Amendment) -> bool:
    """True where describe() says all: it writes new wording on one line, and does not say how many hits it means."""
    wording = getattr(amendment, "wording", None)
    parts = [p for p in walk((wording,)) if p is not wording] if wording else []
    lined = len(parts) > 1 or (len(parts) == 1 and (parts[0].children or parts[0].closing)) or bool(wording and wording.closing)
    return not lined and not (wording is not None and wording.kind is Kind.STYCKE and parts) and getattr(amendment, "hits", 1) == 1


@given(st.data())
def test_a_description_is_read_as_itself_or_not_at_all(data: st.DataObject) -> None:
    charter = replace(data.draw(charters()), title="Reglemente för exempelnämnden")
    amendment = data.draw(amendments(charter))
    proposal = propose(f"att {amendment.describe()}", standing=standing(charter), answers={"NAMND": charter.id})
    if not _plain(amendment):
        return
    for suggestion in proposal.suggestions:
        got = suggestion.amendment
        assert got.target == amendment.target
        assert (type(got), getattr(got, "number", ""), getattr(got, "old", ""), getattr(got, "new", "")) == (
            type(amendment),
            getattr(amendment, "number", ""),
            getattr(amendment, "old", ""),
            getattr(amendment, "new", ""),
        )
        if isinstance(got, Insert | Substitute) and isinstance(amendment, Insert | Substitute):
            assert [p.text for p in walk((got.wording,))] == [p.text for p in walk((amendment.wording,))]
    assert len(proposal.suggestions) <= 1


# ---------------------------------------------------------------------------------------- nothing is lost

_NOISE = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(
            [
                "att ",
                "§ 5 ",
                "5 § ",
                "”",
                '"',
                "»",
                "«",
                "’",
                "utgår",
                "stryks",
                " och ",
                ", ",
                ".\n",
                "\n- ",
                "\n1. ",
                "\n\n",
                "Beslut\n",
                "reglementet för ",
                "socialnämnden",
                "kommunstyrelsen ",
                "Kommunfullmäktige beslutar ",
                "följande lydelse: ",
                "bilaga 1 ",
                "från och med den 1 juli 2027 ",
                "⟦A0⟧",
                "\ue000",
                "strecksatsen ",
                "första stycket ",
                "byts ut mot ",
                "i uppdrag att ",
                "under förutsättning att ",
                "Yrkanden\n",
                "Motionen yrkar att:\n",
                "Ledamot A (X) yrkar att ",
                "bifalla Ledamot A:s (X) yrkande",
                "enligt kommunstyrelsens förslag",
                " med den ändringen att ",
                "\nKommunstyrelsens förslag\n",
                "andra att-satsen stryks",
                "det föreslagna ",
                "\nNuvarande lydelse\tFöreslagen lydelse\n",
                "\nNuvarande lydelse      Ny lydelse\n",
                "\t",
                "        ",
                "\n– – –\n",
                "1 170 000 kr",
            ]
        ),
        max_size=60,
    ).map("".join),
)


@given(_NOISE)
def test_noise_never_crashes_and_loses_no_clause(noise: str) -> None:
    text = f"Kommunfullmäktige\n\n§ 7\n\nBeslut\n\nKommunfullmäktige beslutar\n\n- {noise}"
    proposal = propose(text, standing=standing(example()), answers={"NAMND": "exempelnamnden"})
    _nothing_lost(proposal, text)


@given(_NOISE)
def test_bare_noise_never_crashes(noise: str) -> None:
    proposal = propose(noise, standing=NOBODY)
    assert proposal.id == propose(noise, standing=NOBODY).id
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in proposal.id)
    assert proposal.id == proposal.id.lower()


def _nothing_lost(proposal: Proposal, text: str) -> None:
    """Every clause has an outcome, and every line of the decision stands in a clause."""
    told = {s.clause for s in proposal.suggestions} | {n.clause for n in proposal.no_change} | set(proposal.unread)
    told |= {q.clause for q in proposal.questions} | {
        int(p.place.document.removeprefix("att-sats ") or 0) for p in proposal.problems if p.place.document
    }
    assert {c.number for c in proposal.clauses} <= told
    assert [c.number for c in proposal.clauses] == list(range(1, len(proposal.clauses) + 1))
    protocol = read_protocol(text)
    for stretch in protocol.decisions:
        _covered(text, stretch.start, stretch.end)


def _covered(text: str, start: int, end: int) -> None:
    spans = [(c.start, c.end) for c in clauses(text, start, end)]
    at = start
    for line in text[start:end].splitlines(keepends=True):
        words = line.strip(" \t\n\r\f\v-–—•·◦▪*.,;")
        held = any(s < at + len(line) and at < e for s, e in spans)
        assert held or not any(c.isalnum() for c in words) or is_furniture(line) or _only_joins(words), line
        at += len(line)


def _only_joins(line: str) -> bool:
    """True for what only joins or marks clauses: "och", "1.", "a)"."""
    return all(word in ("och", "samt", "o") or len(word) <= 2 for word in re.findall(r"\w+", line.lower()))


@pytest.mark.parametrize(
    "text",
    [
        "Kommunfullmäktige beslutar\n" + "- att 5 § utgår och att\n" * 40_000,
        "Kommunfullmäktige beslutar att " + "5 § och 6 § samt " * 60_000,
        "”" * 1_000_000,
        "att " + "”nämnden” byts ut mot " * 45_000,
        "Nämnden har berett ärendet. " * 36_000,
        "§ 1 Ärende\n" * 90_000,
        "att under förutsättning " * 42_000,
        "a-" * 500_000,
        "och samt, " * 100_000,
        "Kommunfullmäktige beslutar att " + " ”a »b ’c" * 100_000,
        "Kommunfullmäktige beslutar\n" + "”\n§ 5 abc\n" * 90_000,
        "\n" * 1_000_000,
        "§ 5\n" * 200_000,
        "Beslut\n" * 150_000,
        "市议会决定第五条废止。\n" * 90_000,
        "Kommunfullmäktige beslutar\natt ändra 3 §:\nNuvarande lydelse      Ny lydelse\n" + "Nämnden har        Nämnden  har\n" * 30_000,
        "Kommunfullmäktige beslutar\natt ändra 3 §:\nNuvarande lydelse\tNy lydelse\n" + "– – –\t– – –\n" * 60_000,
        "Yrkanden\n" + "Ledamot A (X) yrkar att 3 § utgår. " * 20_000 + "\n\nBeslut\nKommunfullmäktige beslutar\n"
        + "- att bifalla Ledamot A:s (X) yrkande\n" * 300,
        "Kommunstyrelsens förslag till beslut\natt 3 § utgår\n\n" * 3_000
        + "Beslut\nKommunfullmäktige beslutar enligt kommunstyrelsens förslag.\n",
    ],
    ids=[
        "satser", "citat", "tecken", "citationer", "berättelse", "ärenden", "att", "bindestreck", "bindeord", "öppna citat",
        "citat och paragrafer", "radbyten", "paragrafer", "rubriker", "kinesiska", "spalter", "utelämnat", "yrkanden", "förslag",
    ],
)  # fmt: skip
def test_the_time_grows_no_faster_than_the_text(text: str) -> None:
    grows_evenly(lambda part: propose(part, standing=standing(example())), text)


@pytest.mark.parametrize("path", cases("phrases"), ids=lambda p: p.stem)
def test_every_clause_says_where_its_words_stand(path: Path) -> None:
    """Also a clause that the decision only names ("enligt kommunstyrelsens förslag") is found in the text, letter by letter."""
    text = sections(path)["beslut"].strip("\n")
    for clause in propose(text, standing=NOBODY).clauses:
        assert fold(clause.text) in fold(text[clause.start : clause.end]), clause
        inside = read_protocol(text).decisions
        stands = any(s.start <= clause.start and clause.end <= s.end for s in inside)
        assert stands or clause.origin or not inside, clause


def test_more_headings_than_a_year_has_are_told_of() -> None:
    proposal = propose("Kommunfullmäktige beslutar\natt 3 § utgår\n\nBakgrund\nNågot.\n\n" * 70_000, standing=standing(example()))
    assert [(p.code, p.level) for p in proposal.problems if "för lång" in p.message] == [("OLAST", Level.FEL)]


def test_after_the_last_clause_that_is_told_apart_nothing_is_lost() -> None:
    found = clauses("- att 5 § utgår\n" * 6_000, 0, 16 * 6_000)
    assert len(found) == 5_001
    assert found[-1].text.count("att 5 § utgår") == 1_000


@given(st.integers(0, 900))
def test_a_cut_decision_still_loses_nothing(length: int) -> None:
    text = _case("uppgift-flyttas-mellan-namnder")[:length]
    proposal = propose(text, standing=standing(example()))
    if proposal.is_decision and read_protocol(text).decisions:
        _nothing_lost(proposal, text)


def _case(name: str) -> str:
    path = Path(__file__).parent / "cases" / "phrases" / f"{name}.txt"
    return path.read_text(encoding="utf-8").split("--- beslut\n")[1].split("--- läst")[0]


# ------------------------------------------------------------------------------------------- the protocol


def test_the_head_of_a_protocol_is_read() -> None:
    text = (
        "Kommunfullmäktige        Sammanträdesprotokoll\nSammanträdesdatum 2027-06-14\n\n"
        "§ 88 Reglemente för valnämnden\nDnr KS 2027/0147 002\n\n"
        "Beslut\nKommunfullmäktige beslutar att anta en policy.\n"
    )
    protocol = read_protocol(text)
    assert protocol.section == "88"
    assert protocol.title == "Reglemente för valnämnden"
    assert protocol.case_number == "KS 2027/0147 002"
    assert protocol.decided_on == date(2027, 6, 14)
    assert propose(text, standing=NOBODY).id == "kf-2027-06-14-88"


@pytest.mark.parametrize(
    "line",
    [
        "KS2026/445",
        "KS.2026.390",
        "KS 2026/36-01",
        "2026.739 KS",
        "2026/KS 0041 001",
        "KSF 2026/372",
        "KSN-2026-0123",
        "2026/0147 KS-3",
        "Dnr 1900/16",
        "KS 2026/1074",
    ],
)
def test_registration_numbers_of_all_kinds(line: str) -> None:
    text = f"Kommunfullmäktige\n\n§ 9\n{line}\n\nBeslut\nKommunfullmäktige beslutar att anta en policy.\n"
    assert read_protocol(text).case_number == line.removeprefix("Dnr ")


def test_a_day_that_is_only_told_of_is_not_the_day_of_the_meeting() -> None:
    text = (
        "§ 9\nSvar på fråga\n\nFrågan ställdes till kommunfullmäktige den 29 november 2026.\n\n"
        "Beslut\nKommunfullmäktige beslutar att anta en policy.\n"
    )
    assert read_protocol(text).decided_on is None


def test_two_days_in_the_head_are_none() -> None:
    text = "Kommunfullmäktige 2027-06-14\nSammanträdesdatum 2027-06-15\n\n§ 9\n\nBeslut\nKommunfullmäktige beslutar att anta en policy.\n"
    assert read_protocol(text).decided_on is None


def test_a_decision_told_of_in_the_background_is_none() -> None:
    text = "Bakgrund\nKommunfullmäktige beslutade den 4 maj 2026 att 5 § i reglementet för valnämnden skulle utgå.\n"
    protocol = read_protocol(text)
    assert not protocol.decisions
    assert protocol.reason == "inget-beslut"


def test_a_decision_printed_twice_is_one() -> None:
    block = "Kommunfullmäktige beslutar\n- att 5 § i reglementet för exempelnämnden utgår\n\n"
    text = f"Kommunfullmäktige\n\n§ 4\n\nBeslut\n{block}Bakgrund\nNågot.\n\nKommunfullmäktiges beslut\n{block}"
    assert len(read_protocol(text).decisions) == 1


def test_what_only_speaks_of_the_decision_is_told_apart() -> None:
    text = _case("beslut-bland-yrkanden")
    parts = [s.part for s in read_protocol(text).stretches if text[s.start : s.end].strip()]
    assert parts.count(Part.DECISION) == 1
    assert {Part.PROPOSAL, Part.DEMAND, Part.RESERVATION, Part.AFTER} <= set(parts)


@pytest.mark.parametrize("text", ["", " \n\n", "\x00", "Hej"])
def test_a_text_without_a_decision(text: str) -> None:
    proposal = propose(text, standing=NOBODY)
    assert not proposal.is_decision
    assert proposal.reason == "inget-beslut"
    assert proposal.suggestions == ()


HEAD = "Kommunfullmäktige\n\n§ 105\nReglemente för exempelnämnden\n\nBeslut\nKommunfullmäktige beslutar\n"


@pytest.mark.parametrize(
    "wording",
    [
        "”§ 12\nNämnden räknar.\n\nJäv\n\nDen som är jävig går ut.”",
        "\n§ 12\nNämnden räknar.\n\nJäv\n§ 13\nDen som är jävig går ut.",
        "\nReservation\n\n§ 12\nNämnden räknar.\n\n§ 13\nKommunfullmäktige beslutar om budget.",
    ],
    ids=["inom citattecken", "med paragrafer", "med rubrik först"],
)
def test_headings_and_paragrafer_of_the_new_wording_end_no_decision(wording: str) -> None:
    text = f"{HEAD}- att 12 och 13 §§ ska ha följande lydelse:\n{wording}\n\n- att 14 § utgår\n\nSammanfattning\nHär står varför.\n"
    protocol = read_protocol(text)
    assert protocol.section == "105"
    assert len(protocol.decisions) == 1
    held = text[protocol.decisions[0].start : protocol.decisions[0].end]
    assert wording.strip() in held
    assert "att 14 § utgår" in held
    assert "varför" not in held
    assert [c.text for c in clauses(text, protocol.decisions[0].start, protocol.decisions[0].end)][1] == "att 14 § utgår"


def test_a_broken_line_that_begins_with_a_paragraf_is_no_new_case() -> None:
    text = f"{HEAD}- att ”x” förs in som en egen strecksats under\n§ 2 första stycket i reglementet för exempelnämnden\n"
    assert [c.text for c in propose(text, standing=NOBODY).clauses] == [
        "att ”x” förs in som en egen strecksats under\n§ 2 första stycket i reglementet för exempelnämnden"
    ]


def test_the_paragraf_of_another_body_is_not_that_of_the_case() -> None:
    text = "Kommunfullmäktige\n\n§ 105\nReglemente\n\nBeredning\nKS § 77\nSN § 12\n\nBeslut\nKommunfullmäktige beslutar att anta en plan.\n"
    assert read_protocol(text).section == "105"


def test_att_satser_below_beslut_without_a_body_are_read_with_a_warning() -> None:
    text = "§ 7\nReglemente för exempelnämnden\n\nBeslut\n- att 3 § i reglementet för exempelnämnden utgår\n"
    proposal = propose(text, standing=standing(example()))
    assert [s.amendment.target.code for s in proposal.suggestions] == ["par3"]
    assert [p.code for p in proposal.problems] == ["INTE-KF"]
    assert proposal.body == ""


def test_a_paragraf_that_is_not_there_is_asked_for_again() -> None:
    text = _case("flera-paragrafer")
    proposal = propose(text, standing=NOBODY, answers={"PARAGRAF": "99"})
    assert [q.options for q in proposal.questions] == [("41", "42")]


# -------------------------------------------------------------------------------------------- the clauses


def words(text: str) -> list[str]:
    return [c.text for c in clauses(text, 0, len(text))]


def test_att_satser_with_dashes_numbers_and_only_att() -> None:
    assert words("- att a utgår,\n- att b utgår och\n- att c utgår.") == ["att a utgår", "att b utgår", "att c utgår."]
    assert words("1. att a utgår\n2. att b utgår") == ["att a utgår", "att b utgår"]
    assert words("att a utgår, samt\natt b utgår") == ["att a utgår", "att b utgår"]
    assert words("Motionen avslås.\nReglementet antas.") == ["Motionen avslås.", "Reglementet antas."]
    assert words("1. Reglementet antas.\n2. Motionen avslås.") == ["Reglementet antas.", "Motionen avslås."]


def test_lines_that_the_page_broke_stay_together() -> None:
    assert words("- att a ska\n  utgå helt\n- att b utgår") == ["att a ska\n  utgå helt", "att b utgår"]
    assert words("- att a ska\nJusterandes sign\n  utgå helt") == ["att a ska\n  utgå helt"]


def test_a_quoted_block_stays_with_its_clause() -> None:
    text = "- att 5 § ska lyda: ”Nämnden ska\n- mäta\n- att väga\n\nNämnden räknar.”\n- att 6 § utgår"
    assert len(words(text)) == 2
    assert words(text)[0].endswith("Nämnden räknar.”")


def test_a_block_without_quotes_stays_with_its_clause() -> None:
    text = "- att 5 § ska ha följande lydelse:\n\n5 §\nNämnden ska\n– mäta\n– väga\n\nNämnden räknar.\n\n- att 6 § utgår"
    assert len(words(text)) == 2
    assert words(text)[0].endswith("Nämnden räknar.")


def test_the_sentence_about_the_day_is_no_part_of_the_block() -> None:
    text = "att 5 § ska ha följande lydelse:\n\nNämnden räknar.\n\nÄndringen träder i kraft den 1 juli 2027."
    assert words(text)[-1] == "Ändringen träder i kraft den 1 juli 2027."


def test_one_sentence_with_several_clauses() -> None:
    assert len(words("att 5 § utgår, att anta en plan samt att ge nämnden i uppdrag att informera")) == 3
    assert len(words("att ge nämnden i uppdrag att mäta, att väga samt att anta en plan")) == 1
    assert len(words("att x stryks och att y förs in")) == 1


# ------------------------------------------------------------------------------------- quotes, names, days


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("orden ”a b” utgår", ["a b"]),
        ('orden "a b" utgår', ["a b"]),
        ("orden »a b« utgår", ["a b"]),
        ("orden »a b» utgår", ["a b"]),
        ("orden “a b” utgår", ["a b"]),
        ("orden ”ett ”inre” ord” utgår", ["ett ”inre” ord"]),
        ("orden ”ett ’inre’ ord” utgår", ["ett ’inre’ ord"]),
        ("”a” och ”b”", ["a", "b"]),
        ("ett ”ensamt tecken", []),
        ("slut”", []),
        ("(”a”)", ["a"]),
        ("”a”, ”b”.", ["a", "b"]),
    ],
)
def test_quotation_marks_of_all_kinds(text: str, inside: list[str]) -> None:
    assert [q.words for q in quotes(text)] == inside


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Socialnämndens", "socialnämnden"),
        ("KS", "kommunstyrelsen"),
        ("tekniska nämnden", "tekniska nämnden"),
        ("en valnämnd", "valnämnden"),
        ("Vård- och omsorgsnämndens", "vård- och omsorgsnämnden"),
        ("arbetsutskott", "arbetsutskottet"),
        ("kommunstyrelsen", "kommunstyrelsen"),
    ],
)
def test_names_have_one_normal_form(name: str, normal: str) -> None:
    assert naming.normal(name) == normal


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Reglemente för socialnämnden", "socialnämnden"),
        ("Vård- och omsorgsnämndens reglemente", "vård- och omsorgsnämnden"),
        ("Reglemente för kommunstyrelsen i Exempelby kommun", "kommunstyrelsen"),
        ("Gemensamt reglemente för nämnderna", naming.COMMON),
        ("Arbetsordning för kommunfullmäktige", naming.COUNCIL),
        ("Stadga för torghandel", ""),
    ],
)
def test_a_title_tells_whose_charter_it_is(title: str, name: str) -> None:
    assert naming.titled(title) == name


@pytest.mark.parametrize("text", ["den 1 juli 2027", "1 juli 2027", "2027-07-01", "1/7 2027", "1/7-2027", "1.7.2027", "den 1 jul. 2027"])
def test_days_are_written_in_many_ways(text: str) -> None:
    assert dates.day(text) == date(2027, 7, 1)


@pytest.mark.parametrize("text", ["den 31 juni 2027", "2027-13-01", "juli 2027", "32/1 2027", ""])
def test_what_is_no_day(text: str) -> None:
    assert dates.day(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("från och med den 1 juli 2027", date(2027, 7, 1)),
        ("fr.o.m. 2027-07-01", date(2027, 7, 1)),
        ("från 1/7 2027", date(2027, 7, 1)),
        ("att gälla från den 1 juli 2027", date(2027, 7, 1)),
        ("vid utgången av juni 2027", date(2027, 7, 1)),
        ("vid utgången av 2026", date(2027, 1, 1)),
        ("från årsskiftet 2026/2027", date(2027, 1, 1)),
        ("från årsskiftet", dates.NEW_YEAR),
        ("från beslutsdagen", dates.DECISION_DAY),
        ("när beslutet har vunnit laga kraft", dates.LEGAL_FORCE),
        ("så snart beslutet vinner laga kraft", dates.LEGAL_FORCE),
    ],
)
def test_beginnings(text: str, said: date | str) -> None:
    match = dates.START.search(text)
    assert match is not None
    moment = dates.beginning(match)
    assert moment is not None
    assert (moment.day or moment.event) == said


@pytest.mark.parametrize(
    "text",
    ["till och med den 31 december 2027", "t.o.m. 2027-12-31", "längst till och med utgången av 2027", "dock längst t.o.m. 31/12 2027"],
)
def test_ends(text: str) -> None:
    match = dates.END.search(text)
    assert match is not None
    moment = dates.ending(match)
    assert moment is not None
    assert moment.day == date(2027, 12, 31)


# ------------------------------------------------------------------------------------------------- safety


@pytest.mark.parametrize(
    "clause",
    [
        "att 5 § inte ska upphöra att gälla",
        "att stryka punkt 3 i förslaget",
        "att § 45 utgår från dagordningen",
        "att kommunstyrelsens beslut § 12 upphävs",
        "att 3 § i förslaget till reglemente för socialnämnden utgår",
        "att förslaget till 5 § ska ha följande lydelse: ”Nämnden.”",
        "att 5 § utgår om inte nämnden anser annat",
        "att 5 § utgår i den del som avser jäv",
        "att 5 § eller 6 § utgår",
        "att 5 § ska betecknas 6 kap. 1 §",
        "att ge kommunstyrelsen i uppdrag att utreda frågan och att 5 § utgår",
        "att 6 kap. 5 § kommunallagen upphör att gälla",
        "att ” utgår",
        "att 5 § ändras",
        "att 5 § ska ha följande lydelse: Nämnden räknar. Ändringen träder i kraft den 1 juli 2027.",
        "att 4 § ska ha lydelsen ”3 § Nämnden räknar.”",
        "Socialnämnden beslutar att 5 § i reglementet utgår",
        "att orden ”a” och ”b” i 5 § byts ut mot ”c”",
        "att rubriken till 5 § och 6 § utgår",
        "att 5 § utgår under 2027",
        "Votering begärs. Ja-röst för att 5 § utgår, nej-röst för avslag.",
    ],
)
def test_what_must_not_be_read_as_a_change(clause: str) -> None:
    assert read_clause(clause).operations == ()
    assert read_clause(clause).unread


@pytest.mark.parametrize(
    ("clause", "reason"),
    [
        ("att arvode enligt 5 § utgår", "annat-slags-handling"),
        ("att 5 § i delegationsordningen utgår", "annat-slags-handling"),
        ("att ändra 3 § i arvodesreglementet", "annat-slags-handling"),
        ("att ge kommunstyrelsen i uppdrag att stryka 5 § i reglementet", "uppdrag"),
        ("att avslå motionen om att överföra ansvaret för bibliotek till kulturnämnden", "motion-avslagen"),
        ("Kulturnämnden föreslår kommunfullmäktige besluta att 4 § och att 5 § utgår", "forslag-av-namnd"),
    ],
)
def test_what_changes_nothing_though_it_speaks_of_charters(clause: str, reason: str) -> None:
    reading = read_clause(clause)
    assert reading.operations == ()
    assert [r.reason for r in reading.reasons] == [reason]


def test_a_change_behind_something_else_is_not_swallowed() -> None:
    for clause in ("att godkänna redovisningen samt stryka 5 § i reglementet", "att avslå motionen och att 5 § i reglementet utgår"):
        assert [op.type for op in read_clause(clause).operations] == [Type.REPEAL_UNIT]


# -------------------------------------------------------------------------------------- the real extracts

SEEDS = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"


def seed(name: str) -> str:
    path = SEEDS / name
    if not path.is_file():
        pytest.skip("../shared/seeds finns inte här")
    return path.read_text(encoding="utf-8")


SOCIAL = """Reglemente för socialnämnden

§ 1
Nämnden finns.

§ 2
Nämnden ska
– svara för omsorg
– bedriva hemsjukvård
– ge råd
– ansvara för integrationsfrågor
– pröva tillstånd
"""
BOARD = """Reglemente för kommunstyrelsen

§ 1
Styrelsen finns.

§ 2
Styrelsen har ansvaret för
– planering
– näringsliv

Styrelsen samråder.
"""


def test_the_task_that_moved() -> None:
    social, board = charter_of(SOCIAL), charter_of(BOARD)
    proposal = propose(seed("003_vanersborg.txt"), standing=standing(social, board))
    gone, come = proposal.suggestions
    wid = locate(social, place("par2.st1.ss4")).wid
    assert (gone.clause, gone.charter, gone.amendment.tag, gone.amendment.target.code, gone.amendment.wid) == (
        1,
        social.id,
        "upphor",
        "par2.st1.ss4",
        wid,
    )
    assert (come.clause, come.charter, come.amendment.tag, come.amendment.target.code) == (2, board.id, "infors", "par2.st1.ss:sist")
    assert isinstance(come.amendment, Insert)
    assert come.amendment.continues == wid != Wid("")
    assert proposal.no_change == (NoChange(3, "annan-handling"), NoChange(4, "uppdrag"))
    assert proposal.unread == ()
    assert proposal.problems == ()
    assert {q.code for q in proposal.blocking} == {"BESLUTSDATUM", "IKRAFT"}
    assert {(q.code, q.default) for q in proposal.questions if q.default} == {("PLACERING", "sist"), ("FORTSATTER", "ja")}
    assert (proposal.section, proposal.case_number, proposal.body) == ("105", "KS2016/445", "kommunfullmäktige")
    assert proposal.decided_on is None
    answered = propose(
        seed("003_vanersborg.txt"), standing=standing(social, board), answers={"BESLUTSDATUM": "2017-06-21", "IKRAFT": "2017-07-01"}
    )
    assert (answered.id, answered.in_force_from) == ("kf-2017-06-21-105", date(2017, 7, 1))
    assert answered.blocking == ()


@pytest.mark.parametrize(
    ("name", "own", "count"),
    [("000_alingsas.txt", "motion-besvarad", 7), ("001_ale.txt", "motion-avslagen", 3), ("002_taby.txt", "motion-avslagen", 0)],
)
def test_proposals_that_change_nothing(name: str, own: str, count: int) -> None:
    proposal = propose(seed(name), standing=standing(charter_of(SOCIAL), charter_of(BOARD)))
    assert not proposal.is_decision
    assert proposal.reason == "forslag-av-styrelsen"
    assert proposal.suggestions == ()
    assert proposal.decided_on is None
    assert {n.clause for n in proposal.no_change} == {c.number for c in proposal.clauses}
    assert [n.reason for n in proposal.no_change].count(own) == 1
    assert [n.reason for n in proposal.no_change].count("yrkande") == count


def test_allocations_are_listed_and_change_nothing() -> None:
    proposal = propose(seed("004_lidkoping.txt"), standing=NOBODY)
    assert not proposal.is_decision
    assert [n.reason for n in proposal.no_change].count("anslag") == 12
    assert [n.reason for n in proposal.no_change].count("till-handlingarna") == 1
    assert proposal.suggestions == ()
    assert "1 170 000 kr" in proposal.clause(2).text


def test_each_allocation_is_data_who_gets_how_much_when_and_for_what() -> None:
    years = (2016, 2017, 2018)
    given = propose(seed("004_lidkoping.txt"), standing=NOBODY).assignments
    assert [(a.to, [(s.kronor, s.each_year, s.years) for s in a.sums], a.purpose) for a in given] == [
        ("Social- och arbetsmarknadsnämnden", [(1_170_000, True, years)], "Utökad fältverksamhet"),
        ("Social- och arbetsmarknadsnämnden", [(2_950_000, True, years)], "Förstärkt familjestöd"),
        ("Utbildningsnämnden", [(600_000, True, years)], "Ung arena"),
        ("Kultur- och fritidsnämnden", [(223_000, False, (2016,)), (445_000, True, (2017, 2018))], "Sockerbrukets ungdomsverksamhet"),
        ("Kultur- och fritidsnämnden", [(570_000, True, ())], "Kultur och fritid för alla"),
        ("Kultur- och fritidsnämnden", [(1_470_000, True, years)], "Förstärkt föreningsbidrag"),
        ("Kultur- och fritidsnämnden", [(110_000, False, (2016,))], "Språkstudio och medier på andra språk"),
        ("Kultur- och fritidsnämnden", [(150_000, False, ())], "Simskola för icke simkunniga gymnasieungdomar"),
        ("Barn- och skolnämnden", [(770_000, True, years)], "SkolFam"),
        ("Kommunstyrelsen", [(300_000, False, (2016,))], "Jämlikt arbetsliv"),
        ("Kommunstyrelsen", [(100_000, False, (2016,))], "En mer välkommande kommun"),
        ("Tillväxt Lidköping AB", [(1_164_000, False, ())], "Jobbskapande integration"),
    ]


# ---------------------------------------------------------------------------------- a whole protocol

CASES = """Kommunfullmäktige 2026-05-25

§ 60
Val av justerare

Beslut
Kommunfullmäktige utser en ledamot att justera protokollet.

§ 61
Exempelnämndens reglemente

Beslut
Kommunfullmäktige beslutar att 3 § i exempelnämndens reglemente ska upphöra att gälla den 1 juli 2026.
"""


def test_of_several_cases_one_is_asked_for_by_number_and_heading() -> None:
    proposal = propose(CASES, standing=standing(example()))
    (asked,) = proposal.questions
    assert asked.text.startswith("Texten har flera beslut av kommunfullmäktige: § 60 Val av justerare; § 61 Exempelnämndens reglemente.")
    assert (asked.options, proposal.clauses) == (("60", "61"), ())


@pytest.mark.parametrize(
    ("filler", "told"),
    [("En lång berättelse. " * 400, date(2026, 5, 25)), ("En lång berättelse. " * 400 + "\nKommunfullmäktige 2026-06-20\n", None)],
)
def test_the_day_of_the_meeting_holds_for_cases_far_below_unless_the_text_has_two(filler: str, told: date | None) -> None:
    text = CASES.replace("\n§ 61", f"\n{filler}\n\n{'Mera. ' * 600}\n\n§ 61")
    assert propose(text, standing=standing(example()), answers={"PARAGRAF": "61"}).decided_on == told


@pytest.mark.parametrize(
    ("running", "line"),
    [
        (("Norrboda kommun SAMMANTRÄDESPROTOKOLL Sida 12 (34) Sammanträdesdatum 2026-05-25",), "Sammanträdesdatum 2026-05-25"),
        (("Kommunfullmäktige", "Sammanträdesdag: 25 maj 2026"), "Sammanträdesdatum 2026-05-25"),
        (("Sammanträdesdatum 2026-05-25", "Sammanträdesdatum 2026-06-20"), ""),
        (("Utskrivet 2026-05-25",), ""),
    ],
)
def test_the_running_head_of_a_protocol_says_the_day(running: tuple[str, ...], line: str) -> None:
    assert meeting_line(running) == line


FACTS = """Exempelby kommun

Ny bro över ån
Organ | Kommunfullmäktige
Sammanträdesdag | 2026-05-25
Paragraf | § 61
Diarienummer | KS 2026/7

KF 2026-05-25 § 61

Beslut

Kommunfullmäktige beslutar att 3 § i exempelnämndens reglemente upphör att gälla.
"""


@pytest.mark.parametrize("mark", [" | ", ": "])
def test_a_table_of_facts_says_the_case(mark: str) -> None:
    found = propose(FACTS.replace(" | ", mark), standing=standing(example()))
    assert (found.section, found.decided_on, found.case_number, found.title) == ("61", date(2026, 5, 25), "KS 2026/7", "Ny bro över ån")


@pytest.mark.parametrize("head", ["KF 2026-05-25", "KS 2026-05-25 § 4", "KFS 2026-05-25"])
def test_a_body_and_a_day_are_no_diarienummer(head: str) -> None:
    text = f"{head}\n\n§ 61\n\nKommunfullmäktige beslutar att 3 § i exempelnämndens reglemente upphör att gälla."
    assert propose(text, standing=standing(example())).case_number == ""
