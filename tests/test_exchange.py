"""JSON and Markdown: the charter comes back from the one, both wordings, letter for letter, from the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from conftest import cases, expect, sections
from edited import pairs
from generated import charters
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from sample import amended, read, sample
from test_akn import KOMMUN, PLAIN, amending
from test_commands import typed
from test_storage_xml import charters as stored
from test_writing import lines_of

from reglemente_tool.cli.importing.exchanged import read_exchanged
from reglemente_tool.compare import Run
from reglemente_tool.consolidate import version_at
from reglemente_tool.errors import CannotRead, Level, NotPossible
from reglemente_tool.exchange.akn import about, charter_to_akn
from reglemente_tool.exchange.jsonform import charter_data, charter_from_json
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Provision, walk
from reglemente_tool.model.history import History, Municipality
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.flow import Line, Role, flow, headline
from reglemente_tool.writing.page import Mark, Page, plain
from reglemente_tool.writing.writers import markdown, writer

# --- JSON -> charter ----------------------------------------------------------------------------------------------


@given(st.one_of(stored, charters()))
def test_a_charter_comes_back_from_json(charter: Charter) -> None:
    data = json.dumps(charter_data(charter), ensure_ascii=False)
    assert charter_from_json(data) == charter


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"\xff\xfe", b'{"reglemente": 1}', b"[" * 100_000,
        b'{"reglemente": "n", "rubrik": "", "namnd": "n", "upphavt": false, "uppgifter": [], "bestammelser": [{"djup": 1}]}',
    ],
)  # fmt: skip
def test_what_is_no_charter_in_json_is_refused(data: bytes) -> None:
    with pytest.raises(CannotRead):
        charter_from_json(data, "fil.json")


# --- Markdown -> both wordings ------------------------------------------------------------------------------------

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(data: bytes, *, old: bool) -> list[str]:
    """The lines of the charter that a reader of Markdown sees, before or after the change; notes and what the page says of itself apart."""
    root = html.fromstring(f"<div>{PARSER.render(data.decode())}</div>")
    for gone in root.xpath("//em | //ins" if old else "//em | //del"):
        gone.drop_tree()
    lines, rules = [], 0
    for block in root:
        if block.tag == "hr":
            rules += 1
        elif rules == 1 and block.tag == "table":
            lines += [" | ".join(cell.text_content().rstrip(" ") for cell in row).rstrip(" |") for row in block.iter("tr")]
        elif rules == 1:
            assert block.tag == "p" or re.fullmatch("h[2-6]", block.tag), block.tag
            for end in block.iter("br"):
                end.tail = "\ue000" + (end.tail or "").removeprefix("\n")
            lines += [line.lstrip("\u2003").removesuffix(" ") for line in block.text_content().split("\ue000")]
    return [line for line in lines if line.strip()]


def set_lines(lines: Iterable[Line], *, old: bool) -> list[str]:
    """The same lines, from the page."""
    found = []
    for line in lines:
        if line.role is Role.HEADING:
            found.append(plain(headline(line), old=old))
        elif line.role is Role.ROW:
            found.append(" | ".join(plain(cell, old=old).rstrip(" ") for cell in line.cells).rstrip(" |"))
        elif line.role in (Role.TEXT, Role.ITEM):
            runs = (*line.label, Run(" "), *line.runs) if line.label and line.runs else line.label or line.runs
            found.append(plain(runs, old=old).removesuffix(" "))
        found += set_lines(line.inner, old=old)
    return [line for line in found if line.strip()]


def close(lines: Iterable[str]) -> str:
    return re.sub(r"[\s|]", "", "".join(lines))


def title(data: bytes, *, old: bool) -> str:
    root = html.fromstring(f"<div>{PARSER.render(data.decode())}</div>")
    for gone in root.xpath("//ins" if old else "//del"):
        gone.drop_tree()
    return str(root.xpath("string(//h1)"))


def reads_back(page: Page, old: Charter, new: Charter) -> None:
    data = markdown.write(page)
    for before, charter in ((True, old), (False, new)):
        assert title(data, old=before) == charter.title
        got = shown(data, old=before)
        assert got == set_lines(flow(page), old=before)
        assert sorted(close(got)) == sorted(close(lines_of(charter.body)))


@given(charters())
def test_a_clean_page_in_markdown_is_the_charter(charter: Charter) -> None:
    reads_back(clean_page(charter), charter, charter)


@given(pairs())
@settings(max_examples=150)
def test_both_wordings_come_back_from_markdown(both: tuple[Charter, Charter]) -> None:
    reads_back(redline_page(*both), *both)


@pytest.mark.parametrize("case", cases("writing"), ids=lambda path: path.stem)
def test_both_wordings_of_every_case_come_back_from_markdown(case: object) -> None:
    parts = sections(case)  # type: ignore[arg-type]
    old = read(parts["före"])
    new = read(parts["efter"]) if "efter" in parts else old
    reads_back(redline_page(old, new), old, new)


_SIGNS = st.text(st.sampled_from(";amp\\`*_{}[]()#+-.!|~<>&$@:=\"'^/1 2aåw"), min_size=1, max_size=30).filter(str.strip)


def _of(texts: list[str]) -> Charter:
    items = tuple(Provision(Kind.STRECKSATS, marker=marker, text=text) for marker, text in zip("–-*+•", texts, strict=False))
    stycke = Provision(Kind.STYCKE, text=texts[0], children=items, closing=texts[-1])
    both = (stycke, Provision(Kind.STYCKE, text=texts[0]))
    section = Provision(Kind.PARAGRAF, number="1", marker="1 §", heading=texts[-1], children=both)
    return Charter(CharterId("n"), texts[0], CommitteeId("n"), (section,))


@given(st.lists(_SIGNS, min_size=1, max_size=4), st.lists(_SIGNS, min_size=1, max_size=4))
@settings(max_examples=300)
def test_no_words_act_as_marks(old: list[str], new: list[str]) -> None:
    one, other = _of([text.strip(" ") for text in old]), _of([text.strip(" ") for text in new])
    for page in (clean_page(one), redline_page(one, other)):
        data = markdown.write(page)
        assert shown(data, old=True) == set_lines(flow(page), old=True)
        assert shown(data, old=False) == set_lines(flow(page), old=False)


@pytest.mark.parametrize(
    "text",
    [
        "# rubrik", "1. ett", "2) två", "- streck", "---", "===", "    kod", "```", "~~~", "> citat", "[a]: b", "| a | b |", ":--",
        "&amp;", "<b>fet</b>", "<!-- x -->", "**fet** _kursiv_ ~~struken~~", "`kod`", "![x](y)", ":smile:", "www.a_b.se",
        "https://a_b.se/c_d_",
        "\\", "C#", "#", "5 * 3 * 2", "a\\", "$x$", "12:30:45",
    ],
)  # fmt: skip
def test_a_line_that_looks_like_markdown_is_words(text: str) -> None:
    page = clean_page(_of([text.strip(" "), "nästa", text.strip(" ")]))
    assert shown(markdown.write(page), old=False) == set_lines(flow(page), old=False)


def test_a_page_in_markdown_as_it_reads(request: pytest.FixtureRequest) -> None:
    from conftest import CASES

    page = redline_page(sample(), amended(), municipality="Exempelby kommun", status=("Jämförelse.",))
    path = CASES / "exchange" / "jamforelse.md"
    expect(request, path, "markdown", markdown.write(page).decode())


def test_the_format_is_found_by_its_name_and_by_its_ending() -> None:
    assert writer("md") is markdown
    assert markdown.SUFFIX == ".md"
    assert b"<del>" not in markdown.write(clean_page(sample()))
    assert Mark.SAME.value


# --- the commands -------------------------------------------------------------------------------------------------


def test_visa_gives_one_and_the_same_object_both_ways() -> None:
    place = Path(__file__).parent.parent / "charters" / "vanersborg"
    asked = f"reglemente visa socialnamnden --galler 2018-01-01 --register {place}"
    code, shown_ = typed(f"{asked} --json")
    assert (code, shown_) == typed(f"{asked} --som json")
    register = Register.open(place)
    assert charter_from_json(shown_) == version_at(register.history, CharterId("socialnamnden"), in_force=date(2018, 1, 1))


def imports(tmp_path: Path, code: str, data: bytes) -> ReadCharter:
    register = Register.create(tmp_path / code, Municipality(name="Exempelby kommun", code=code), now=datetime(2021, 1, 1, tzinfo=UTC))
    (tmp_path / "fil.xml").write_bytes(data)
    return read_exchanged(register, str(tmp_path / "fil.xml"))


def test_identities_are_kept_within_a_kommun_and_new_in_another(tmp_path: Path) -> None:
    history, charter = amending()
    held, told = about(history, KOMMUN, charter.id, in_force=date(2019, 5, 1))
    data = charter_to_akn(held, told)
    here = imports(tmp_path, KOMMUN.code, data)
    assert [p.wid for p in walk(here.body)] == [p.wid for p in walk(held.body)]
    assert {p.source for p in walk(here.body)} == {None}
    assert here.facts[:3] == (("Antaget", "kommunfullmäktige 2019-02-25, § 31"), ("Gäller från", "2019-04-01"), ("Dnr", "KS 2018/77"))
    assert here.problems == ()
    elsewhere = imports(tmp_path, "9998", data)
    assert {p.wid for p in walk(elsewhere.body)} == {""}
    assert [p.text for p in walk(elsewhere.body)] == [p.text for p in walk(held.body)]


def test_a_wording_that_has_been_amended_is_not_taken_for_what_was_adopted(tmp_path: Path) -> None:
    history, charter = amending()
    read_ = imports(tmp_path, KOMMUN.code, charter_to_akn(*about(history, KOMMUN, charter.id, in_force=date(2020, 4, 1))))
    assert [(p.code, p.level) for p in read_.problems] == [("VERSION", Level.VARNING)]
    assert read_.facts == charter.facts


def test_a_temporary_change_that_is_over_leaves_what_was_adopted(tmp_path: Path) -> None:
    history, charter = amending()
    history = History(tuple(e for e in history.events if e.id != "kf-2020-03-02-7"))
    read_ = imports(tmp_path, KOMMUN.code, charter_to_akn(*about(history, KOMMUN, charter.id, in_force=date(2020, 10, 1))))
    assert read_.facts[1] == ("Gäller från", "2019-04-01")


def test_a_repealed_charter_is_not_imported(tmp_path: Path) -> None:
    data = charter_to_akn(replace(sample(), body=(), repealed=True), PLAIN)
    with pytest.raises(NotPossible, match="har ingen text"):
        imports(tmp_path, KOMMUN.code, data)
