"""The responsibility map: cases, the laws that hold for every register, and that all forms of it say the same.

A case has the charters and decisions as in tests/cases/review, then `--- dagar` (the day of the map, perhaps "sedan" an earlier
one) and `--- karta`: a line for each line of the map, and what has happened since.
"""

from __future__ import annotations

import csv as csvfile
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import cases, expect, sections
from generated import charters
from hypothesis import given, settings
from lxml import etree, html
from pdfgate import faults
from test_commands import typed
from test_ownership import START, adopted, search_of
from test_review import SMALL, subject_of

from reglemente_tool.cli.answering.chart import chart_data
from reglemente_tool.cli.answering.who import search_in
from reglemente_tool.cli.catalogue import packaged
from reglemente_tool.model.history import History
from reglemente_tool.ownership import Ground, Search
from reglemente_tool.ownership.chart import Chart, Line, State, chart
from reglemente_tool.ownership.duties import Role, duties
from reglemente_tool.ownership.lines import lineage, tenures_in
from reglemente_tool.ownership.shifts import chart_between
from reglemente_tool.review import Subject
from reglemente_tool.review.tasks import every_duty_has_a_committee
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.charts import chart_writer
from reglemente_tool.writing.charts._rows import HEAD, rows
from reglemente_tool.writing.charts.csv import calm
from reglemente_tool.writing.letters import unbroken
from reglemente_tool.writing.page import CannotWrite

ROOT = Path(__file__).parent.parent
DAY = date(2026, 6, 1)
PLACED = replace(SMALL, tasks=tuple(replace(t, area=packaged().area(t.id)) for t in SMALL.tasks))
"""A small catalogue whose tasks know their areas without the wider tasks that are not in it."""


def shown(drawn: Chart) -> str:
    """A map in a few lines: only what a charter says, and what is lacking."""
    told = []
    for line in drawn.lines:
        if line.state is State.INGEN:
            continue
        marks = [m for m, on in (("flera", line.several), ("delas", line.shared), ("utpekad", line.pointed)) if on]
        head = f"{line.area} | {line.task or '–'} | {line.state.value}{f' ({marks[0]})' if marks else ''}"
        where = f": {line.committee}, {line.place}" if line.committee else ""
        told.append(f"{head}{where}{f' ”{line.words}”' if line.words else ''}{f' [{line.change}]' if line.change else ''}")
    for move in drawn.moves:
        names = [", ".join(c.name for c in side) or "ingen" for side in (move.before, move.after)]
        told.append(f"{move.task}: {names[0]} -> {names[1]}, {', '.join(move.by)}{' (antaget)' if move.inferred else ''}")
    for s in drawn.shifts:
        sides = [f"{side.committee}, {side.place}" if side else "–" for side in (s.before, s.after)]
        told.append(f"{s.kind}: {sides[0]} -> {sides[1]}; {s.on}; {', '.join(s.by)}")
    return "\n".join(told)


@pytest.mark.parametrize("case", cases("karta"), ids=lambda path: path.stem)
def test_the_map(case: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(case)
    search = subject_of({name: text for name, text in parts.items() if name not in ("", "dagar", "karta")}, PLACED).search
    days = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", parts["dagar"])]
    drawn = chart_between(search, days[1], in_force=days[0]) if len(days) > 1 else chart(search, in_force=days[0])
    expect(request, case, "karta", shown(drawn))


# --- the examples -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["norrboda", "vanersborg"])
def register(request: pytest.FixtureRequest) -> Register:
    return Register.open(ROOT / "charters" / request.param)


@pytest.fixture(scope="module")
def search(register: Register) -> Search:
    return search_in(register)


@pytest.fixture(scope="module")
def drawn(search: Search) -> Chart:
    return chart(search, in_force=DAY)


def test_who_has_a_task_is_what_vem_says(search: Search, drawn: Chart) -> None:
    for task in search.tagger.catalogue.tasks:
        answer = search.who(task.name, in_force=DAY)
        if answer.refusal and not answer.also:
            continue
        owners = {h.committee for h in answer.owners if h.ground <= Ground.LAG}
        assert {line.committee_id for line in drawn.of(State.HAR) if line.task_id == task.id} == owners, task.id


def test_what_is_lacking_is_what_granska_says(register: Register, search: Search, drawn: Chart) -> None:
    subject = Subject(register.history, register.municipality, search.tagger.catalogue, DAY)
    said = " ".join(f.message for f in every_duty_has_a_committee(subject))
    lacking = [line.task for line in drawn.of(State.SAKNAS)]
    assert len(lacking) == said.count("Inget reglemente i registret ger")
    assert all(f"uppgiften {task}," in said for task in lacking)


def test_no_duty_is_left_out(search: Search, drawn: Chart) -> None:
    assert_nothing_left_out(search, drawn)


def assert_nothing_left_out(search: Search, drawn: Chart) -> None:
    """Every sentence that is no working form and does not only lead in others has a line; no working form has one."""
    told = {(line.charter, line.address, line.words) for line in drawn.lines}
    leads = " ".join(line.lead for line in drawn.lines)
    forms = set()
    for charter in search.standing(in_force=drawn.in_force):
        for duty in duties(charter, search.names):
            here = (charter.id, duty.address, duty.text)
            if duty.role is Role.ARBETSFORM:
                forms.add(here)
            elif duty.has_list and here not in told:
                assert duty.text in leads, duty
            else:
                assert here in told, duty
    assert not forms & told or all(any((c, a, w) == (line.charter, line.address, line.words) for line in drawn.lines) for c, a, w in told)


def test_every_line_of_a_provision_says_where_since_when_and_by_whom(drawn: Chart) -> None:
    for line in drawn.lines:
        if line.state in (State.SAKNAS, State.UTANFOR, State.INGEN):
            assert not line.committee
            continue
        assert line.committee
        assert line.title
        assert line.place
        assert line.text
        assert line.since
        assert line.by


def test_every_provisions_line_in_time_is_the_one_that_is_drawn_alone(search: Search) -> None:
    made = search.versions(None)
    every = lineage(made)
    assert every
    for wid, line in list(every.items())[::7]:
        assert line == tenures_in(made, wid)


def test_between_a_day_and_itself_nothing_has_happened() -> None:
    search = subject_of({"skolnämnden": "1 §\nNämnden ska\n– besluta om skolskjuts, och\n– dela ut stipendier.\n"}, PLACED).search
    same = chart_between(search, DAY, in_force=DAY)
    assert not same.moves
    assert not same.shifts
    assert not any(line.change for line in same.lines)


@given(charters())
@settings(max_examples=12)
def test_no_duty_of_any_charter_is_left_out(charter) -> None:  # type: ignore[no-untyped-def]
    search = Search(History((adopted(charter),)), catalogue=SMALL)
    assert_nothing_left_out(search, chart(search, in_force=START))


# --- the forms --------------------------------------------------------------------------------------------------------

HOSTILE = {
    "=1+1-nämnden": "1 §\n=HYPERLINK(\"http://x.example\") nämnden ansvarar för bygglov.\n2 §\nNämnden ska\n– +46 sköta @SUM(A1) klockor,\n"
    "– -1 <script>alert(1)</script> & #panic(\"x\") $ * _ ` \\ och\n– besluta om skolskjuts; \"citat\"\n",
    "<b>fet</b>-nämnden": "1 §\nNämnden ansvarar för bygglov och #import \"@preview/x\".\n",
}


@pytest.fixture(scope="module")
def hostile() -> Chart:
    return chart(search_of(HOSTILE), in_force=DAY)


@pytest.fixture(scope="module", params=["norrboda", "fientlig"])
def any_map(request: pytest.FixtureRequest) -> Chart:
    if request.param == "fientlig":
        return chart(search_of(HOSTILE), in_force=DAY)
    return chart(search_in(Register.open(ROOT / "charters" / "norrboda")), in_force=DAY)


def test_csv_and_xlsx_and_html_and_json_have_the_rows_of_the_map(any_map: Chart) -> None:
    expected = [list(row) for row in rows(any_map)]
    assert len(expected) == len(any_map.lines)
    assert in_csv(chart_writer("csv").write(any_map)) == [list(HEAD), *expected]
    assert in_xlsx(chart_writer("xlsx").write(any_map)) == [list(HEAD), *expected]
    assert [r["lydelse"] for r in chart_data(any_map)["rader"]] == [line.text for line in any_map.lines]
    page = html.fromstring(chart_writer("html").write(any_map).decode())
    assert len(page.xpath("//tr[starts-with(@id, 'rad-')]")) == len(expected)
    for number, row in enumerate(expected, 1):
        (found,) = page.xpath(f"//tr[@id='rad-{number}']")
        area = found.xpath("ancestor::table/preceding-sibling::h3[1]")[0].text_content()
        said = unnarrow(f"{area} {found.text_content()}")
        for cell in row:
            assert unnarrow(cell) in said, (number, cell)


def in_csv(content: bytes) -> list[list[str]]:
    """The rows of a CSV file, as a calculation program shows them."""
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n")
    found = list(csvfile.reader(io.StringIO(text, newline=""), delimiter=";"))
    for row in found:
        for cell in row:
            assert not cell.lstrip().startswith(tuple("=+-@"))
    return [[cell.removeprefix("'") for cell in row] for row in found]


def in_xlsx(content: bytes) -> list[list[str]]:
    """The rows of a workbook's first sheet; every cell must be text."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = [
            "".join(s.itertext()) for s in etree.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", space)
        ]
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert not any("hyperlink" in name or "externalLink" in name for name in book.namelist())
    assert not sheet.findall(".//m:f", space)
    assert sheet.find(".//m:pane[@state='frozen']", space) is not None
    assert sheet.find("m:autoFilter", space) is not None
    made = []
    for row in sheet.findall(".//m:sheetData/m:row", space):
        cells = row.findall("m:c", space)
        assert all(c.get("t") == "s" or c.find("m:v", space) is None for c in cells)
        made.append([shared[int(c.findtext("m:v", namespaces=space))] if c.get("t") == "s" else "" for c in cells])
    return made


def unnarrow(text: str) -> str:
    """Words alone, so that line breaks and blanks do not count."""
    return " ".join(unbroken(text).replace("\u00a0", " ").split())


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-1", "@SUM(A1)", " =1", "'=1", "＝1", "|x", "%x"])
def test_a_cell_that_looks_like_a_formula_is_shown_as_text(cell: str) -> None:
    assert calm(cell) == f"'{cell}"


def test_a_cell_that_does_not_is_left_alone() -> None:
    assert [calm(cell) for cell in ("bygglov", "– strecksats", "2 §", "")] == ["bygglov", "– strecksats", "2 §", ""]


def test_html_needs_nothing_else_and_leads_nowhere_wrong(any_map: Chart) -> None:
    page = html.fromstring(chart_writer("html").write(any_map).decode())
    assert page.get("lang") == "sv"
    assert not page.xpath("//script | //iframe | //link | //object | //form | //b[text()='fet']")
    assert not [n for n in page.iter() if isinstance(n.tag, str) for name in n.attrib if name.startswith("on")]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//a/@href")
    assert links
    assert {link[1:] for link in links} <= set(ids)
    assert all(link.startswith("#") for link in links)
    assert all(th.get("scope") in ("col", "row") for th in page.xpath("//th"))
    for table in page.xpath("//table[@class='karta']"):
        assert len({len(row.xpath("./th | ./td")) for row in table.xpath(".//tr")}) == 1
    levels = [int(h.tag[1]) for h in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pdf_is_tagged_and_fit_for_the_archive(any_map: Chart) -> None:
    content = chart_writer("pdf").write(any_map)
    assert faults(content) == []
    assert content == chart_writer("pdf").write(any_map)


def test_svg_is_a_picture_with_its_words_beside_it(hostile: Chart) -> None:
    tree = etree.fromstring(chart_writer("svg").write(hostile))
    assert tree.get("role") == "img"
    named = [tree.find(f"{{http://www.w3.org/2000/svg}}{tag}") for tag in ("title", "desc")]
    assert [n.get("id") for n in named if n is not None] == tree.get("aria-labelledby").split()
    assert "bygglov" in (named[1].text or "")
    assert not tree.xpath("//*[local-name()='script' or local-name()='foreignObject' or local-name()='image']")
    assert all(link.startswith("#") for link in tree.xpath("//@*[local-name()='href']"))


def test_many_committees_are_set_in_several_tables_on_larger_sheets() -> None:
    texts = {f"nämnd nummer {n}": f"1 §\nNämnden ansvarar för bygglov och klocka {n}.\n" for n in range(1, 15)}
    made = chart_writer("pdf").write(chart(search_of(texts), in_force=DAY))
    assert faults(made) == []
    assert b"1190.55" in made or b"1190.5" in made


def test_a_register_without_charters_has_an_empty_map() -> None:
    drawn = chart(Search(History(()), catalogue=packaged()), in_force=DAY)
    assert drawn.lines == ()
    assert "Inget reglemente" in drawn.status[0]
    for form in ("text", "html", "csv", "xlsx", "pdf", "svg"):
        assert chart_writer(form).write(drawn)


def test_lines_on_a_screen_are_not_wider_than_it(any_map: Chart) -> None:
    for line in chart_writer("text").write(any_map).decode().split("\n"):
        assert len(line) <= 80


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(CannotWrite, match="kan inte"):
        chart_writer("ritning")


def test_a_file_says_by_its_ending_in_which_form(tmp_path: Path) -> None:
    folder = ROOT / "charters" / "norrboda"
    code, _ = typed(f"reglemente karta --register {folder} --galler 2026-06-01 --ut {tmp_path / 'k.xlsx'}")
    assert code == 0
    assert (tmp_path / "k.xlsx").read_bytes().startswith(b"PK")


def test_json_has_every_line(tmp_path: Path) -> None:
    code, printed = typed(f"reglemente karta --register {ROOT / 'charters' / 'norrboda'} --galler 2026-06-01 --json")
    told = json.loads(printed)
    assert code == 0
    assert told["rader"]
    assert {r["lage"] for r in told["rader"]} <= {s.name.lower() for s in State}
    assert all(r["lydelse"] and r["stalle"] and r["sedan"] and r["beslut_namn"] for r in told["rader"] if r["namnd"])


def test_a_line_knows_its_place() -> None:
    assert Line(area="Övrigt", task="", state=State.INGEN).place == ""
