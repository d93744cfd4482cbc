"""What the review finds in registers: cases, faults planted one by one, and nothing in texts that are whole.

A case has one section for each charter, named by its committee; sections `--- beslut DAG, gäller DAG` with the text of a decision;
then `--- granskat`, and `--- utkast` where there is anything to mend. Every charter was adopted on 2019-12-01, § 1, 2, 3 …, and
holds from 2020-01-01. The review looks at 2026-06-01.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import cases, expect, sections
from hypothesis import given, settings
from hypothesis import strategies as st

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.cli.catalogue import packaged
from reglemente_tool.cli.review import _as_meant, excerpt
from reglemente_tool.consolidate import apply_together, latest
from reglemente_tool.errors import Level
from reglemente_tool.model.catalogue import Catalogue
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId, flat, walk
from reglemente_tool.model.citation import cite
from reglemente_tool.model.history import Change, Committee, Decision, History, Municipality
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import decision_of
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.review import REVIEWS, Finding, Subject, review
from reglemente_tool.review.mending import Mend, decision_text, mends
from reglemente_tool.storage.library import Register

TASKS = {"val", "overformyndare", "ledning", "serveringstillstand", "bygglov", "skolskjuts", "bibliotek", "bostadsanpassning"}
SMALL = replace(packaged(), tasks=tuple(replace(t, part_of="") for t in packaged().tasks if t.id in TASKS))
"""The catalogue with few tasks: to ask for each of them is what takes time, and the planted faults concern other things."""
DAY = date(2026, 6, 1)
ADOPTED = date(2019, 12, 1)
START = date(2020, 1, 1)


def subject_of(parts: dict[str, str], catalogue: Catalogue = SMALL) -> Subject:
    """A register of the charters and decisions in `parts`, ready for the review."""
    events: list[Decision] = []
    committees: list[Committee] = []
    for name, text in parts.items():
        kommun = Municipality(name="Provköping", code="9998", committees=tuple(committees))
        if name.startswith("beslut"):
            decided, starts = re.findall(r"\d{4}-\d\d-\d\d", name)
            history = History(tuple(events))
            standing = Standing(kommun, tuple(c for c in (latest(history, CharterId(m.id)) for m in committees) if c is not None))
            answers = {"BESLUTSDATUM": decided, "IKRAFT": starts, "PARAGRAF": str(90 + len(events)), "FORTSATTER": "nej"}
            proposal = propose(text, standing=standing, answers=answers)
            derived = {f"HARLEDD:{q.clause}": "ja" for q in proposal.questions if q.code == "HARLEDD"}
            events.append(decision_of(propose(text, standing=standing, answers=answers | derived) if derived else proposal, "provare"))
            continue
        id = slug(name)
        read = read_charter(f"Reglemente för {name}\n\n{text.strip()}\n")
        made = Adopt(title=read.title, committee=CommitteeId(id), facts=read.facts, body=read.body)
        section = len(committees) + 1
        change = Change(charter=CharterId(id), in_force_from=START, amendments=(made,))
        events.append(Decision(id=DecisionId(f"kf-2019-12-01-{section}"), decided_on=ADOPTED, section=str(section), changes=(change,)))
        committees.append(Committee(id=CommitteeId(id), name=name))
    kommun = Municipality(name="Provköping", code="9998", committees=tuple(committees))
    return Subject(History(tuple(events)), kommun, catalogue, DAY)


def shown(found: tuple[Finding, ...]) -> str:
    """Findings in a few lines each: the spot between brackets."""
    lines = []
    for f in found:
        where = f"{f.charter or 'registret'}{f', {cite(f.address)}' if f.address else ''}"
        lines.append(f"{f.level.value} {f.code}  {where}: {f.message}")
        if f.line:
            lines.append(f"    {f.line[: f.start]}[{f.line[f.start : f.end]}]{f.line[f.end :]}")
        lines += [f"    {f.hint}"] if f.hint else []
    return "\n".join(lines) or "inget"


def mended(subject: Subject, found: tuple[Finding, ...]) -> tuple[Mend, ...]:
    """The mends of what was found, in the texts as last decided."""
    listed = (latest(subject.history, CharterId(m.id)) for m in subject.municipality.committees)
    return mends((e for f in found for e in f.mends), tuple(c for c in listed if c is not None))


@pytest.mark.parametrize("case", cases("review"), ids=lambda path: path.stem)
def test_review(case: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(case)
    texts = {name: text for name, text in parts.items() if name not in ("", "granskat", "utkast")}
    subject = subject_of(texts, packaged())
    found = tuple(f for f in review(subject) if f.code != "LUCKA" or "lucka" in case.stem)
    expect(request, case, "granskat", shown(found))
    if "utkast" in parts:
        listed = mended(subject, found)
        expect(request, case, "utkast", decision_text(listed) if listed else "inget")
        holds(subject, listed)


def holds(subject: Subject, listed: tuple[Mend, ...]) -> Subject:
    """The register with the mends decided. The reader must read each as it was meant, and the whole must go together."""
    charters = tuple(c for c in (latest(subject.history, CharterId(m.id)) for m in subject.municipality.committees) if c is not None)
    text = decision_text(listed)
    read = propose(text, standing=Standing(subject.municipality, charters), answers={"BESLUTSDATUM": "2026-05-01", "IKRAFT": "2026-05-02"})
    assert not read.unread, text
    for number, mend in enumerate(listed, 1):
        assert _as_meant(mend, read, number), mend.clause
    change = [
        Change(charter=c.id, in_force_from=date(2026, 5, 2), amendments=tuple(s.amendment for s in read.suggestions if s.charter == c.id))
        for c in charters
    ]
    for c, one in zip(charters, change, strict=True):
        apply_together(c, one, DecisionId("kf-2026-05-01-1"))
    decision = Decision(
        id=DecisionId("kf-2026-05-01-1"), decided_on=date(2026, 5, 1), section="1", changes=tuple(c for c in change if c.amendments)
    )
    return Subject(subject.history.with_event(decision), subject.municipality, subject.catalogue, DAY)


# --- one fault planted in a register that is whole --------------------------------------------------------------------------

BOARD = """\
Antaget: kommunfullmäktige 2019-12-01, § 1

1 kap. Uppgifter

1 §
Kommunstyrelsen leder och samordnar kommunens verksamhet enligt kommunallagen (2017:725).

Uppgifter som inte har lagts på någon annan nämnd fullgörs av kommunstyrelsen.

2 §
Kommunstyrelsen ansvarar för
– översiktsplanering,
– näringslivsfrågor,
– turism,
– konsumentvägledning, samt
– kollektivtrafik.

3 §
Kommunstyrelsen får besluta i ärenden som avses i 2 § första stycket.

2 kap. Arbetsformer

4 §
Kommunstyrelsen består av elva ledamöter och elva ersättare.

5 §
Kommunstyrelsen sammanträder varje månad. Kallelse sker enligt 6 §.

6 §
Ordföranden kallar ledamöter och ersättare till sammanträdet.

7 §
Protokollet justeras av ordföranden och en ledamot.
"""

OTHER = """\
Antaget: kommunfullmäktige 2019-12-01, § 2

1 §
Nämnden ansvarar för
1. äldreomsorg,
2. färdtjänst, och
3. familjerådgivning.

2 §
Nämnden har uppgifterna enligt socialtjänstlagen (2025:400) och lagen (1993:387) om stöd och service till vissa funktionshindrade.

3 §
Nämnden har sju ledamöter och sju ersättare.

4 §
Protokollet justeras av ordföranden. Om ersättare finns bestämmelser i 3 §.
"""
WHOLE = {
    "kommunstyrelsen": BOARD,
    "omsorgsnämnden": OTHER,
    "valnämnden": "1 §\nNämnden är valnämnd enligt vallagen (2005:837).",
    "överförmyndarnämnden": "1 §\nNämnden fullgör överförmyndarens uppgifter enligt föräldrabalken.",
}


def planted(name: str, old: str, new: str) -> dict[str, str]:
    """The whole register with words changed in one charter."""
    assert WHOLE[name].count(old) == 1, old
    return {**WHOLE, name: WHOLE[name].replace(old, new)}


def only(parts: dict[str, str]) -> Finding:
    """The one finding in a register."""
    found = review(subject_of(parts))
    assert len(found) == 1, shown(found)
    return found[0]


def test_a_whole_register_has_nothing_to_be_said_of_it() -> None:
    assert shown(tuple(f for f in review(subject_of(WHOLE, packaged())))) == "inget"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("vanersborg", date(2015, 6, 1)),
        ("norrboda", date(2023, 6, 1)),
        ("ale", date(2015, 6, 1)),
        ("alingsas", date(2015, 6, 1)),
        ("lidkoping", date(2015, 6, 1)),
        ("lidkoping", date(2021, 7, 1)),
    ],
)
def test_the_example_registers_had_no_fault_when_they_were_adopted(name: str, day: date) -> None:
    register = Register.open(Path(__file__).parent.parent / "charters" / name)
    found = review(Subject(register.history, register.municipality, packaged(), day))
    # Only that they have no charter for two bodies that every kommun must have; they ship with a few charters each.
    assert {f.code for f in found} == {"LUCKA"}, shown(found)
    assert all("val och folkomröstning" in f.message or "överförmyndarverksamhet" in f.message for f in found)


def test_every_review_finds_something_in_the_cases() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in cases("review"))
    codes = {code for one in REVIEWS for code in re.findall(r"^([A-Z]+):", one.__doc__ or "")}
    assert len(codes) == len(REVIEWS)
    assert [c for c in sorted(codes) if not re.search(rf"^(?:fel|varning) {c} ", told, re.MULTILINE)] == []


SPOTS = (
    ("kommunstyrelsen", "Ordföranden kallar ledamöter och ersättare till sammanträdet.", "{} Ordföranden kallar till sammanträdet."),
    ("omsorgsnämnden", "Protokollet justeras av ordföranden.", "Protokollet justeras av ordföranden. {}"),
    ("kommunstyrelsen", "Protokollet justeras av ordföranden och en ledamot.", "Protokollet justeras.\n\n{}"),
)
spots = st.sampled_from(SPOTS)
few = settings(max_examples=25)


def put(spot: tuple[str, str, str], words: str) -> dict[str, str]:
    """The register with a sentence put in at one of SPOTS."""
    return planted(spot[0], spot[1], spot[2].format(words))


@few
@given(
    spots, st.sampled_from(["xx §", "§ xx", "XX §", "20xx", "20XX", "2019-xx-xx", "[namn]", "[nämndens namn]", "[…]", "åååå-mm-dd", "____"])
)
def test_every_placeholder_is_found(spot: tuple[str, str, str], left: str) -> None:
    found = only(put(spot, f"Detta beslutades {left} av fullmäktige."))
    assert (found.code, found.level, found.charter) == ("PLATSHALLARE", Level.FEL, slug(spot[0]))
    assert found.line[found.start : found.end].lower() in left.lower()


FORMS = [(form, new, t.word) for t in packaged().terms for form, new in t.forms]


@few
@given(spots, st.sampled_from(FORMS))
def test_every_old_term_is_found_and_mended(spot: tuple[str, str, str], form: tuple[str, str, str]) -> None:
    old, new, _ = form
    parts = put(spot, f"Om {old} gäller det som sägs där.")
    found = only(parts)
    assert (found.code, found.line[found.start : found.end]) == ("BEGREPP", old)
    subject = subject_of(parts)
    assert bool(found.mends) == bool(new)
    if new:
        after = holds(subject, mended(subject, (found,)))
        assert review(after) == ()
        assert any(f"Om {new} gäller" in flat(p) for c in after.charters for p in walk(c.body))


def _said(number: str, name: str) -> str:
    head, _, title = name.partition(" ")
    return f"{head} ({number}) {title}" if head in ("lagen", "förordningen") else f"{name} ({number})"


@few
@given(spots, st.sampled_from(packaged().retired), st.sampled_from(["Se {}.", "Detta följer av {} och av vad fullmäktige bestämmer."]))
def test_every_replaced_statute_is_found_and_mended_where_it_is_plain(spot, retired, sentence) -> None:  # type: ignore[no-untyped-def]
    parts = put(spot, sentence.format(_said(retired.number, retired.name)))
    found = only(parts)
    assert (found.code, found.level) == ("SFS", Level.FEL)
    assert retired.number in found.line[found.start : found.end]
    assert bool(found.mends) == retired.plain
    if found.mends:
        subject = subject_of(parts)
        assert review(holds(subject, mended(subject, (found,)))) == ()


@few
@given(st.sampled_from(packaged().statutes), spots)
def test_no_statute_that_holds_is_blamed(statute, spot) -> None:  # type: ignore[no-untyped-def]
    if "/" not in statute.number and not any(int(s.number[:4]) > 2026 for s in (statute,)):
        assert review(subject_of(put(spot, f"Se även {_said(statute.number, statute.name)}."))) == ()


@few
@given(spots, st.sampled_from([s for s in packaged().statutes if "/" not in s.number]), st.integers(1, 12))
def test_every_number_that_is_not_the_names_is_found(spot, statute, off: int) -> None:  # type: ignore[no-untyped-def]
    year, _, serial = statute.number.partition(":")
    wrong = f"{year}:{int(serial) + off}"
    if packaged().statute(wrong) or packaged().replaced_by(wrong):
        return
    parts = put(spot, f"Se {_said(wrong, statute.name)}.")
    found = only(parts)
    assert (found.code, found.level) == ("SFS", Level.FEL)
    assert statute.number in found.message
    subject = subject_of(parts)
    assert review(holds(subject, mended(subject, (found,)))) == ()


@few
@given(spots, st.integers(8, 99), st.sampled_from(["Se {}.", "Beslut enligt {} ska anmälas.", "Detta gäller även i fall som avses i {}."]))
def test_every_reference_to_what_never_was_is_found(spot, number: int, sentence: str) -> None:  # type: ignore[no-untyped-def]
    found = only(put(spot, sentence.format(f"{number} §")))
    assert (found.code, found.level) == ("KORSHANVISNING", Level.FEL)
    assert found.line[found.start : found.end] == f"{number} §"


@few
@given(spots, st.integers(1, 99), st.sampled_from(["{} § förvaltningslagen", "6 kap. {} § kommunallagen", "KF 2019-12-01, § {}"]))
def test_no_reference_to_a_statute_or_a_decision_is_blamed(spot, number: int, law: str) -> None:  # type: ignore[no-untyped-def]
    assert review(subject_of(put(spot, f"Se {law.format(number)}."))) == ()


@few
@given(st.sampled_from(["tre", "fem"]), st.sampled_from(["byggnadsnämnden", "kultur- och fritidsnämnden", "omsorgsnämnden"]))
def test_every_foreign_committee_is_found(count: str, name: str) -> None:
    for said in (
        f"{name.capitalize()} består av {count} ledamöter.", f"{name.capitalize()} sammanträder {count} gånger om året.",
        f"Delgivning med {name} sker med ordföranden.", f"Ordföranden får besluta på {name}s vägnar.",
    ):  # fmt: skip
        found = only(put(SPOTS[0], said))
        assert (found.code, found.line[found.start : found.end].lower()) == ("NAMND", name)


@few
@given(st.integers(2, 7), st.data())
def test_every_missing_and_every_double_number_is_found(number: int, data: st.DataObject) -> None:
    paragraphs = [f"{n} §\nOrdet nummer {n} står här." for n in range(1, 9)]
    parts = {**WHOLE, "omsorgsnämnden": "\n\n".join(p for n, p in enumerate(paragraphs, 1) if n != number)}
    found = only(parts)
    assert (found.code, found.level) == ("NUMMER", Level.VARNING)
    assert found.message == f"{number} § saknas före {number + 1} §."
    doubled = [p.replace(f"{number + 1} §", f"{number} §", 1) if n == number + 1 else p for n, p in enumerate(paragraphs[:8], 1)]
    kept = data.draw(st.integers(number + 1, 8))
    found = review(subject_of({**WHOLE, "omsorgsnämnden": "\n\n".join(doubled[:kept])}))[0]
    assert (found.code, found.level, found.message) == ("NUMMER", Level.FEL, f"{number} § finns två gånger.")


@few
@given(st.integers(1, 8), st.integers(1, 8))
def test_every_number_that_has_strayed_is_found(number: int, to: int) -> None:
    others = [n for n in range(1, 9) if n != number]
    order = [*others[: to - 1], number, *others[to - 1 :]]
    parts = {**WHOLE, "omsorgsnämnden": "\n\n".join(f"{n} §\nOrdet nummer {n} står här." for n in order)}
    found = [f.message for f in review(subject_of(parts)) if "i fel ordning" in f.message]
    if abs(number - to) > 1:
        assert len(found) == 1
        assert found[0].startswith(f"{number} § står ")
    else:
        # Two neighbours that have changed places: which of them has strayed cannot be told.
        assert len(found) == (number != to)


@few
@given(
    spots,
    st.sampled_from(["6 kap. 24 §", "3 kap. 9 § första stycket", "6 kap. 1 och 2 §§", "32 §", "9 kap. 2 a §"]),
    st.sampled_from(["socialtjänstlagen", "kommunallagen"]),
)
def test_a_paragraf_of_a_law_without_its_number_is_judged_by_when_it_was_written(
    spot: tuple[str, str, str], place: str, law: str
) -> None:
    found = [f for f in review(subject_of(put(spot, f"Detta gäller enligt {place} {law}."))) if f.code == "SFS"]
    # The words are of 2020: after the new kommunallag, before the new socialtjänstlag.
    assert len(found) == (law == "socialtjänstlagen"), shown(tuple(found))
    assert all(f.level is Level.VARNING and "2001:453" in f.message for f in found)
    numbered = review(subject_of(put(spot, f"Detta gäller enligt {place} {law} ({'2025:400' if law[0] == 's' else '2017:725'}).")))
    assert [f for f in numbered if f.code == "SFS"] == []


@few
@given(st.sampled_from(["putsa klockor i rådhuset", "måla båthusen vid sjön", "hålla igång stadens ångmaskin"]), st.booleans())
def test_the_same_words_in_two_charters_are_found(words: str, third: bool) -> None:
    parts = planted("kommunstyrelsen", "– turism,", f"– turism,\n– {words},") | {
        "omsorgsnämnden": OTHER.replace("1. äldreomsorg,\n2. färdtjänst, och\n3.", f"1. äldreomsorg,\n2. färdtjänst,\n3. {words}, och\n4."),
    }
    if third:
        parts["valnämnden"] = f"1 §\nNämnden ska\n– vara valnämnd enligt vallagen (2005:837), och\n– {words}."
    found = [f for f in review(subject_of(parts)) if f.code == "DUBBEL"]
    assert len(found) == (not third)
    assert all(words in f.line for f in found)


ITEMS = ["gator", "parker", "torg", "lekplatser", "badplatser", "skogar", "hamnar"]


@few
@given(st.integers(3, 7), st.sampled_from(["samt", "och"]), st.sampled_from(["–", "1."]), st.data())
def test_every_stray_conjunction_is_found_and_mended(count: int, word: str, glyph: str, data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from([n for n in range(count) if n != count - 2]))
    also_right = data.draw(st.booleans())
    marks = [","] * (count - 1) + ["."]
    marks[wrong] = f", {word}"
    if also_right:
        marks[count - 2] = f", {word}"
    lines = [f"{glyph if glyph == '–' else f'{n + 1}.'} {ITEMS[n]}{marks[n]}" for n in range(count)]
    parts = {**WHOLE, "valnämnden": WHOLE["valnämnden"] + "\n\n2 §\nNämnden ska se över\n" + "\n".join(lines)}
    found = only(parts)
    assert (found.code, found.line[found.start : found.end].strip(" .")) == ("LISTA", word)
    subject = subject_of(parts)
    after = holds(subject, mended(subject, (found,)))
    assert review(after) == ()
    mended_items = [flat(p) for c in after.charters if c.id == "valnamnden" for p in walk(c.body) if p.kind.item]
    assert mended_items == [f"{ITEMS[n]}{f', {word}' if n == count - 2 else '.' if n == count - 1 else ','}" for n in range(count)]


@few
@given(st.sampled_from(["Senast reviderat", "Reviderad", "Ändrad", "Antaget"]), st.dates(date(2000, 1, 1), date(2025, 12, 31)))
def test_every_header_that_names_another_decision_is_found(key: str, day: date) -> None:
    if day == ADOPTED:
        return
    found = only(planted("omsorgsnämnden", "Antaget: kommunfullmäktige 2019-12-01, § 2", f"{key}: kommunfullmäktige {day}, § 2"))
    assert (found.code, found.charter) == ("SIDHUVUD", "omsorgsnamnden")


@few
@given(st.sampled_from(["bygglov", "serveringstillstånd", "skolskjuts", "bibliotek", "bostadsanpassningsbidrag"]))
def test_every_task_that_two_committees_have_is_found(task: str) -> None:
    parts = {
        **WHOLE,
        "kommunstyrelsen": BOARD.replace("– turism,", f"– {task},"),
        "omsorgsnämnden": OTHER.replace("1. äldreomsorg,", f"1. {task},"),
    }
    found = [f for f in review(subject_of(parts)) if f.code == "DUBBEL"]
    assert len(found) == 1


@settings(max_examples=8)
@given(st.integers(3, 6), st.sampled_from(["a", "b"]))
def test_a_reference_follows_what_was_renumbered(number: int, letter: str) -> None:
    new = f"{number} {letter}"
    parts = {
        **WHOLE,
        "omsorgsnämnden": "\n\n".join(
            [*(f"{n} §\nOrdet nummer {n} står här." for n in range(1, 8)), f"8 §\nSe {number} § och 2 §.\n\nDetta följer av {number} §."]
        ),
        "beslut 2021-05-10, gäller 2021-06-01": "Kommunfullmäktige beslutar\n\n"
        f"att {number} § i reglementet för omsorgsnämnden ska betecknas {new} §.",
    }
    subject = subject_of(parts)
    found = review(subject)
    assert [(f.code, f.line[f.start : f.end]) for f in found] == [("KORSHANVISNING", f"{number} §")] * 2
    after = holds(subject, mended(subject, found))
    assert review(after) == ()
    told = [flat(p) for c in after.charters if c.id == "omsorgsnamnden" for p in c.body if p.number == "8"]
    assert told == [f"Se {new} § och 2 §.\nDetta följer av {new} §."]


@few
@given(st.text(st.sampled_from("abc åä.,–\t\n"), min_size=1, max_size=300), st.data())
def test_an_excerpt_shows_the_spot(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    shown_line, left, right = excerpt(line, start, end, 74)
    assert len(shown_line) <= 74
    assert 0 <= left < right <= len(shown_line)
    plain = "".join(c if c.isprintable() else " " for c in line[start:end])
    assert plain.startswith(shown_line[left:right].rstrip("…")) or plain == shown_line[left:right]
