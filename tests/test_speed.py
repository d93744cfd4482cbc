"""What keeps the tool quick, told without a clock: work is counted, and the quick road gives what the slow one gives."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from itertools import permutations
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from edited import pairs
from generated import BASE, LATER, charters, moments
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from oracle.bridge import ZERO, one_history

from reglemente_tool import consolidate
from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.cli import run
from reglemente_tool.compare import compare, likeness, merge, placed, runs
from reglemente_tool.consolidate import apply_together, latest, once, version_at, versions
from reglemente_tool.consolidate import moment as moments_room
from reglemente_tool.errors import CannotApply
from reglemente_tool.model import identity, wording
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import (
    Charter,
    CharterId,
    CommitteeId,
    DecisionId,
    Provision,
    by_wid,
    every,
    unlike,
    walk,
    with_children,
    with_wid,
)
from reglemente_tool.model.history import Change, Committee, Decision, History, Municipality
from reglemente_tool.reading import phrases
from reglemente_tool.storage import audit, xmltext
from reglemente_tool.storage.git import repository
from reglemente_tool.storage.library import Register
from reglemente_tool.writing import letters
from reglemente_tool.writing.build import redline_page

SN = CharterId("socialnamnden")
NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def story(decisions: int, charter: CharterId = SN, paragraphs: int = 8) -> History:
    """A charter that is adopted, and one word of it changed by each of `decisions` decisions, a month apart, so that it does not grow."""
    items = tuple(Provision(Kind.STRECKSATS, marker="–", text=f"uppgift {n}") for n in range(3))
    stycke = Provision(Kind.STYCKE, text="Nämnden ansvarar för", children=items)
    body = tuple(Provision(Kind.PARAGRAF, number=str(n + 1), marker=f"{n + 1} §", children=(stycke,)) for n in range(paragraphs))
    adopt = Adopt(title=f"Reglemente för {charter}", committee=CommitteeId(charter), body=body)
    events = [decision(0, charter, adopt)]
    for n in range(1, decisions + 1):
        turn, place = divmod(n - 1, paragraphs)
        target = Address().child(Kind.PARAGRAF, str(place + 1)).child(Kind.STRECKSATS, "2")
        events.append(decision(n, charter, Reword(target=target, old=f"syssla {turn}" if turn else "uppgift 1", new=f"syssla {turn + 1}")))
    return History(tuple(events))


def decision(number: int, charter: CharterId, *amendments: Any) -> Decision:
    day = date(1990, 1, 1) + timedelta(days=30 * number)
    change = Change(charter=charter, in_force_from=day, amendments=amendments)
    return Decision(id=DecisionId(f"kf-{day}-{charter}"), decided_on=day, section="1", changes=(change,), confirmed_by="kansli")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of two charters with three decisions on each, which nobody writes in."""
    names = (CharterId("byggnadsnamnden"), SN)
    committees = tuple(Committee(id=CommitteeId(name), name=name) for name in names)
    kommun = Municipality(name="Norrboda", code="0000", committees=committees)
    found = Register.create(tmp_path_factory.mktemp("fart") / "r", kommun, now=NOW)
    for name in names:
        for event in story(2, name).events:
            found.enact(event, now=NOW)
    return found.folder


@pytest.fixture
def register(founded: Path, tmp_path: Path) -> Register:
    shutil.copytree(founded, tmp_path / "r")
    return Register.open(tmp_path / "r")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[DecisionId]:
    """Which decisions have been applied to a text, each time that one was."""
    found: list[DecisionId] = []

    def counted(before: Charter, change: Change, by: DecisionId, *, part: int = 0) -> Charter:
        found.append(by)
        return apply_together(before, change, by, part=part)

    monkeypatch.setattr(once, "apply_together", counted)
    return found


def operations(work: Callable[[], object]) -> int:
    """How many functions are called while `work` is done: as good as a clock, and the same every time."""
    count = 0

    def one(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(one)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


# --- each decision is applied once ------------------------------------------------------------------------------------


def test_every_day_of_a_charter_together_applies_each_decision_once(made: list[DecisionId]) -> None:
    history = story(20)
    for event in history.events:
        version_at(history, SN, in_force=event.decided_on)
    assert versions(history, SN)[-1].charter == latest(history, SN)
    assert made == [e.id for e in history.events]


def test_what_was_known_earlier_is_not_made_anew(made: list[DecisionId]) -> None:
    history = story(20)
    versions(history, SN)
    for event in history.events:
        version_at(history, SN, in_force=event.decided_on, known=event.decided_on)
    assert len(made) == 21


def test_one_more_decision_costs_one_more_application(made: list[DecisionId]) -> None:
    history = story(20)
    versions(history, SN)
    more = decision(21, SN, Reword(target=Address().child(Kind.PARAGRAF, "1"), old="uppgift 0", new="uppgift noll"))
    made.clear()
    versions(history.with_event(more), SN)
    latest(history.with_event(more), SN)
    assert made == [more.id]


def test_no_more_texts_are_kept_than_there_is_room_for() -> None:
    for n in range(3):
        versions(story(20, CharterId(f"en-{n}")), CharterId(f"en-{n}"))
    assert once._made.cache_info().maxsize == once.KEPT
    assert once._made.cache_info().currsize <= once.KEPT


def test_a_refusal_is_said_anew_each_time() -> None:
    wrong = decision(3, SN, Reword(target=Address().child(Kind.PARAGRAF, "1"), old="finns inte", new=""))
    history = story(2).with_event(wrong)
    told = []
    for _ in range(2):
        with pytest.raises(CannotApply) as error:
            versions(history, SN)
        told.append(str(error.value.message))
    assert told[0] == told[1]
    assert told[0].count(wrong.id) == 1


def test_a_register_is_proved_by_applying_each_decision_once(register: Register, made: list[DecisionId]) -> None:
    assert Register.open(register.folder).verify().ok
    assert sorted(made) == sorted(e.id for e in register.history.events)


def test_the_command_that_proves_a_register_reads_each_decision_once(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    reader = audit.event_from_xml
    monkeypatch.setattr(audit, "event_from_xml", lambda data, name: (read.append(name), reader(data, name))[1])
    assert run(["kontrollera", "--register", str(register.folder)]) == 0
    assert sorted(read) == sorted(p.relative_to(register.folder).as_posix() for p in register.folder.glob("beslut/*/*.xml"))


def test_to_enact_a_decision_applies_that_one_and_what_was_decided_before_it_once(register: Register, made: list[DecisionId]) -> None:
    opened = Register.open(register.folder)
    more = decision(9, SN, Reword(target=Address().child(Kind.PARAGRAF, "1"), old="uppgift 0", new="uppgift noll"))
    opened.enact(more, now=NOW)
    assert made == [*(e.id for e in opened.history.events if e.changes[0].charter == SN and e != more), more.id]  # type: ignore[union-attr]


# --- git --------------------------------------------------------------------------------------------------------------


def test_a_decision_enacted_starts_few_git_processes(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """One writes the commit. The others see that files, index and branch are what they should be, and set the index."""
    started: list[str] = []
    launch = repository.launch

    def counted(cwd: Path, words: tuple[str, ...], **more: Any) -> tuple[int, bytes, str]:
        started.append(words[0])
        return launch(cwd, words, **more)

    opened = Register.open(register.folder)
    assert opened.history
    monkeypatch.setattr(repository, "launch", counted)
    opened.enact(decision(9, SN, Reword(target=Address().child(Kind.PARAGRAF, "1"), old="uppgift 0", new="uppgift noll")), now=NOW)
    # What is committed and what lies in the index, before and after.
    assert started == ["ls-tree", "ls-files", "fast-import", "ls-files", "update-index"]


def test_a_register_is_proved_with_one_git_process_however_large(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    launch = repository.launch
    monkeypatch.setattr(repository, "launch", lambda cwd, words, **more: (started.append(words[0]), launch(cwd, words, **more))[1])
    assert Register.open(register.folder).verify().ok
    assert started == ["ls-tree"]


# --- what is not loaded -----------------------------------------------------------------------------------------------


def loaded(*words: str) -> set[str]:
    """Which modules a command has loaded when it is done."""
    program = "import sys; from reglemente_tool.cli import run; run(sys.argv[1:]); print('\\n' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True, text=True, encoding="utf-8")
    return set(done.stdout.splitlines()[-1].split())


def test_to_say_its_version_the_program_loads_nothing_of_its_rooms() -> None:
    own = {name for name in loaded("--version") if name.startswith("reglemente_tool.")}
    assert own == {"reglemente_tool.cli", "reglemente_tool.cli.swedish", "reglemente_tool.errors"}


def test_to_prove_a_register_neither_readers_nor_writers_are_loaded(register: Register) -> None:
    found = loaded("kontrollera", "--register", str(register.folder))
    assert "reglemente_tool.storage.audit" in found
    assert not found & {"jinja2", "typst", "pypdfium2", "diff_match_patch"}
    assert not found & {"reglemente_tool.reading.phrases", "reglemente_tool.writing.build"}


def test_a_phrase_is_compiled_when_a_clause_could_fit_it_and_no_sooner() -> None:
    before = phrases._compiled.cache_info().misses
    pattern = phrases._pattern("ett {A} mönster som ingen fras har")
    assert phrases._compiled.cache_info().misses == before
    assert pattern.regex is pattern.regex
    assert phrases._compiled.cache_info().misses == before + 1


# --- the quick road and the slow one ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_what_is_kept_is_what_would_be_made(seed: int) -> None:
    """On the oracle's made-up histories, annulments, overlays and repeals among them: each question twice, in another order, with
    texts that were kept and with none.
    """
    pair, _ = one_history(10_000 + seed)
    history = History(tuple(pair.events))
    days = [None, *(ZERO + timedelta(days=n) for n in (0, 60, 120, 180, 240))]
    ids = consolidate.charters(history)
    quick = {(id, day): said(lambda id=id, day=day: versions(history, id, day)) for id in ids for day in reversed(days)}  # type: ignore[misc]
    for (id, day), answer in quick.items():
        fresh = deepcopy(history)
        assert answer == said(lambda fresh=fresh, id=id, day=day: versions(fresh, id, day))  # type: ignore[misc]


def said(ask: Callable[[], object]) -> object:
    """What comes of a question: an answer, or the words of its refusal."""
    try:
        return ask()
    except CannotApply as error:
        return (type(error), str(error))


@given(moments())
@settings(max_examples=40)
def test_what_an_edit_did_not_touch_is_the_same_object(moment: tuple[Charter, Change]) -> None:
    before, change = moment
    try:
        after = apply_together(before, change, LATER)
    except CannotApply:
        return
    gone, made = unlike(before.body, after.body)
    touched = {p.wid for p in made}
    old, new = by_wid(before), by_wid(after)
    assert all(new[wid] is old[wid] for wid in new.keys() - touched)
    assert {p.wid for p in gone} >= old.keys() - new.keys()
    assert all(p.source is not None for p in walk(after.body))
    assert {p.wid for p in walk(after.body) if p.source == LATER} <= touched


@given(moments(), charters())
@settings(max_examples=40)
def test_what_two_texts_do_not_share_is_found_wherever_it_stands(moment: tuple[Charter, Change], other: Charter) -> None:
    before, change = moment
    try:
        texts = (before, apply_together(before, change, LATER), other, replace(before, body=before.body[::-1]), replace(before, body=()))
    except CannotApply:
        return
    for one, two in permutations(texts, 2):
        gone, made = unlike(one.body, two.body)
        assert [id(p) for p in made] == [id(p) for p in alone(one.body, two.body)]
        assert Counter(map(id, gone)) == Counter(id(p) for p in alone(two.body, one.body))


def alone(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> Iterator[Provision]:
    """Those among and inside `new` that are not the very objects of `old`, looked for one by one."""
    for provision in new:
        if not any(provision is p for p in old):
            yield provision
            yield from alone(next((p.children for p in old if p.wid == provision.wid), ()), provision.children)


@given(charters())
@settings(max_examples=25)
def test_a_change_that_changes_nothing_copies_nothing(charter: Charter) -> None:
    assert every(charter.body, lambda p: p) is charter.body
    assert unlike(charter.body, charter.body) == ([], [])
    assert [with_wid(charter, p.wid) for p in walk(charter.body)] == list(walk(charter.body))


@given(pairs())
@settings(max_examples=60)
def test_a_redline_is_the_same_whether_the_wordings_share_objects_or_not(both: tuple[Charter, Charter]) -> None:
    """What is the very same object in both is not looked into; a copy of it is."""
    old, new = both
    swapped = replace(old, body=old.body[::-1])
    for ours, theirs in ((old, new), (new, old), (old, swapped), (old, old)):
        apart = deepcopy(theirs)
        assert merge(ours, theirs) == merge(ours, apart)
        assert compare(ours, theirs) == compare(ours, apart)


@given(pairs())
@settings(max_examples=40)
def test_the_nearest_is_found_by_its_words_as_if_all_were_tried(both: tuple[Charter, Charter]) -> None:
    one, other = (likeness.units(placed(charter)) for charter in both)
    scale = likeness.Scale((*one, *other))
    nearest = likeness.Nearest(other, scale)
    for unit in one:
        tried = [scale.alike(unit, there.words) for there in other]
        found = nearest.to(unit)
        if found is None:
            assert not tried
        else:
            assert found[0] == pytest.approx(max(tried)) == pytest.approx(tried[found[1].index])


def test_a_redline_compares_the_words_of_what_has_changed_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    history = story(3, paragraphs=20)
    first, *_, last = (version.charter for version in versions(history, SN))
    diff, compared = runs._diff, []
    monkeypatch.setattr(runs, "_diff", lambda ours, theirs: (compared.append(1), diff(ours, theirs))[1])
    redline_page(first, last)
    changed = sum(p.text != q.text for p, q in zip(walk(first.body), walk(last.body), strict=True))
    assert len(compared) == changed > 0


MARKS = (*"a1٣§.,;&<>\"'–”\n\t\r \u00a0\u00ad\x1c\u2028\u202e", "och", " samt", "eller", "m.m", "e\u0301", "Dnr ")
LETTERS = st.lists(st.sampled_from(MARKS)).map("".join)
"""Texts of what is looked for before the slow road is taken, and of what lies close to it."""
TAIL = re.compile(r"(.*?)(,?\s+(?:och|samt|eller)|[,;.]|;\s+(?:och|samt|eller))?", re.DOTALL)


@given(LETTERS)
@settings(max_examples=300)
def test_letters_that_are_looked_for_first_are_those_that_the_slow_road_would_change(text: str) -> None:
    folded = unicodedata.normalize("NFC", text).translate(wording._FOLD)
    assert wording.fold(text) == re.sub(r"\s+", " ", folded).strip()
    core, tail = TAIL.fullmatch(text).groups()  # type: ignore[union-attr]
    bound = wording._ENDS_ABBREVIATED.search(text) or not core
    assert wording.split_tail(text) == ((text, "") if bound else (core, tail or ""))
    assert etree.fromstring(xmltext.opening("a", {"b": text.translate({0x1C: None})}, closed=True)).get("b") == text.translate({0x1C: None})
    assert letters.harmless(text) == letters._ACTIVE.sub(lambda found: letters._picture(found[0]), letters._BLANK.sub(" ", text))
    assert letters.unbroken(text) == letters._BEFORE.sub(lambda found: f"{found[1] or ''}\u00a0", text)


@given(LETTERS, LETTERS.filter(str.strip))
@settings(max_examples=300)
def test_whole_words_are_found_where_a_look_behind_before_the_first_letter_finds_them(text: str, words: str) -> None:
    said = unicodedata.normalize("NFC", words.strip())
    slow = "".join(wording._loose(letter) if letter.strip() else r"\s+" for letter in re.sub(r"\s+", " ", said))
    before, after = (r"(?<!\w)" * words.strip()[:1].isalnum(), r"(?!\w)" * words.strip()[-1:].isalnum())
    assert [m.span() for m in wording.whole(words).finditer(text)] == [m.span() for m in re.finditer(before + slow + after, text)]


WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


@given(WORDS, WORDS)
@settings(max_examples=300)
def test_what_has_too_few_words_in_common_is_not_alike(one: list[str], other: list[str]) -> None:
    share = SequenceMatcher(None, one, other, autojunk=False).ratio()
    assert identity._share(one, other) == share or (share < identity.ALIKE and identity._share(one, other) == 0)


def test_what_can_be_printed_does_nothing() -> None:
    found = letters._ACTIVE.findall(all_letters := "".join(map(chr, range(0x110000)))) + letters._BLANK.findall(all_letters)
    assert len(found) > 2000
    assert not any(letter.isprintable() for letter in "".join(found))


def test_other_children_and_nothing_else() -> None:
    texts = {f.name: f"{f.name}-text" for f in fields(Provision) if f.name not in ("kind", "children")}
    before = Provision(kind=Kind.STYCKE, children=(Provision(Kind.PUNKT),), **texts)  # type: ignore[arg-type]
    after = (Provision(Kind.STRECKSATS), Provision(Kind.STRECKSATS))
    assert with_children(before, after) == replace(before, children=after)


def test_what_stands_twice_is_found_however_it_came_there() -> None:
    """The short way past the search for one identity in two places may not miss one that stands outside what was touched."""
    first, second = (Provision(Kind.STYCKE, wid=w, text=t, source=BASE) for w, t in (("a", "Ett."), ("b", "Två.")))  # type: ignore[arg-type]
    body = tuple(
        Provision(Kind.PARAGRAF, wid=f"p{n}", number=n, marker=f"{n} §", children=(p,), source=BASE)  # type: ignore[arg-type]
        for n, p in (("1", first), ("2", second))
    )
    charter = Charter(SN, "Reglemente", CommitteeId("sn"), body)
    there = Address().child(Kind.PARAGRAF, "2").child(Kind.STYCKE, "2")
    moved = Insert(target=there, wording=replace(first), continues=first.wid)
    change = Change(charter=SN, in_force_from=date(2020, 1, 1), amendments=(moved,))
    with pytest.raises(CannotApply, match="två ställen"):
        apply_together(charter, change, LATER)


def test_one_object_twice_in_a_row_is_found() -> None:
    one, other = (Provision(Kind.STYCKE, wid=w, text=w, source=BASE) for w in ("a", "b"))  # type: ignore[arg-type]
    assert unlike((one, other), (one, one)) == ([other], [one])
    assert unlike((one,), (one, one)) == ([], [one])
    assert unlike((one, other), (other, one)) == ([], [])


@given(moments())
@settings(max_examples=60)
def test_to_look_at_what_was_touched_is_to_look_at_everything(moment: tuple[Charter, Change]) -> None:
    """Whether an amendment has gone beyond its targets, and whether one identity stands twice, says the whole text alike."""
    before, change = moment
    quick = said(lambda: apply_together(before, change, LATER))
    with patch.object(moments_room._Edited, "rows", property(lambda edited: (*rows(edited.before.body), *rows(edited.after.body)))):
        assert said(lambda: apply_together(before, change, LATER)) == quick
    if isinstance(quick, Charter):
        identities = [p.wid for p in walk(quick.body)]
        assert len(identities) == len(set(identities))


def rows(siblings: tuple[Provision, ...]) -> Iterator[tuple[Provision, ...]]:
    """Every row of a text."""
    yield siblings
    for provision in siblings:
        yield from rows(provision.children)


# --- cost follows size ------------------------------------------------------------------------------------------------


def test_cost_grows_with_the_number_of_decisions_and_no_faster() -> None:
    few, many = story(40), story(160)
    versions(story(160), SN)  # patterns of words are compiled once for a process, so that whoever comes first would pay for both
    assert operations(lambda: versions(many, SN)) < 5 * operations(lambda: versions(few, SN))


def test_an_amendment_costs_next_to_nothing_more_in_a_longer_charter() -> None:
    """What is made anew is the target and what lies around it, not the charter: searching is all that grows."""
    short, long = story(1, paragraphs=10), story(1, paragraphs=80)
    costs = []
    for history in (short, long):
        adopted = versions(history, SN)[0].charter
        change = history.events[1].changes[0]  # type: ignore[union-attr]
        costs.append(operations(lambda a=adopted, c=change: apply_together(a, c, LATER)))  # type: ignore[misc]
    assert costs[1] < 4 * costs[0]
