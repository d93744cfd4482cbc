"""Word files with tracked changes, read as accepted: this tool's own redlines, and files that somebody has gone on working in."""

from __future__ import annotations

import copy
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from documents import par, run, word
from edited import pairs
from hypothesis import given, settings
from lxml import etree
from redrafted import edits
from test_commands import typed
from test_importing import unmarked

from reglemente_tool.model.charter import Charter
from reglemente_tool.reading.sources import docx
from reglemente_tool.reading.wording import read_document
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.writers import docx as docx_writer

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WHO = {f"{W}author": "Handläggaren", f"{W}date": "2026-03-02T08:00:00Z"}


# This tool's own redlines.


def read(content: bytes) -> tuple[object, ...]:
    found = read_document(docx.read(content))
    return found.title, unmarked(found.body)


@given(edits())
@settings(max_examples=15)
def test_a_redline_is_read_as_the_new_wording(both: tuple[Charter, Charter]) -> None:
    old, new = both
    assert read(docx_writer.write(redline_page(old, new, municipality="Norrboda"))) == (new.title, unmarked(new.body))


@given(pairs())
@settings(max_examples=15)
def test_a_redline_of_anything_is_read_as_the_clean_document_is(both: tuple[Charter, Charter]) -> None:
    old, new = both
    clean, redline = (docx_writer.write(p) for p in (clean_page(new, municipality="N"), redline_page(old, new, municipality="N")))
    assert read(redline) == read(clean)


# Files that somebody has worked in.


def changed(content: bytes, *edits: tuple[str, str | None]) -> bytes:
    """The Word file with tracked changes: (words, others) takes words away and puts others in their place, (words, None) takes away the
    whole paragraph, and ("+words", others) puts a paragraph like theirs after it.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    for old, new in edits:
        p = next(p for p in root.iter(f"{W}p") if old.lstrip("+") in "".join(t.text or "" for t in p.iter(f"{W}t")))
        if old.startswith("+"):
            assert new is not None
            put = copy.deepcopy(p)
            label, text = next(iter(put.iter(f"{W}t"))), list(put.iter(f"{W}t"))[-1]
            text.text = new
            assert label is not text
            _around(list(put.iter(f"{W}r")), "ins")
            _mark(put, "ins")
            p.addnext(put)
        elif new is None:
            _around(list(p.iter(f"{W}r")), "del")
            _mark(p, "del")
        else:
            _replace(p, old, new)
    parts["word/document.xml"] = etree.tostring(root)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _around(runs: list[etree._Element], tag: str) -> None:
    for r in runs:
        change = etree.Element(f"{W}{tag}", WHO)
        r.addprevious(change)
        change.append(r)
        for t in r.iter(f"{W}t") if tag == "del" else ():
            t.tag = f"{W}delText"


def _mark(p: etree._Element, tag: str) -> None:
    props = p.find(f"{W}pPr")
    assert props is not None
    etree.SubElement(etree.SubElement(props, f"{W}rPr"), f"{W}{tag}", WHO)


def _replace(p: etree._Element, old: str, new: str) -> None:
    t = next(t for t in p.iter(f"{W}t") if old in (t.text or ""))
    r = t.getparent()
    assert r is not None
    assert t.text is not None
    before, after = t.text.split(old)
    made = []
    for text, tag in ((before, ""), (old, "del"), (new, "ins"), (after, "")):
        one = copy.deepcopy(r)
        one.find(f"{W}t").text = text  # type: ignore[union-attr]
        r.addprevious(one)
        made.append((one, tag))
    r.getparent().remove(r)  # type: ignore[union-attr]
    for one, tag in made:
        if tag:
            _around([one], tag)


@pytest.fixture
def folder(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example register, with the charter of socialnämnden as text and as a Word file."""
    shutil.copytree(example, tmp_path / "r", symlinks=True)
    monkeypatch.chdir(tmp_path / "r")
    for ending in ("docx", "txt"):
        assert typed(f"reglemente visa socialnämnden --som {ending.replace('txt', 'text')} --ut {tmp_path / 'a'}.{ending}")[0] == 0
    return tmp_path


def amendments(file: Path) -> list[dict[str, object]]:
    code, said = typed(f"reglemente utforma socialnämnden {file} --json")
    assert code == 0, said
    told = json.loads(said)
    return [{key: a[key] for key in a if key != "wid"} for a in told["andringar"]]


def test_what_is_tracked_in_the_tools_own_document_becomes_the_amendments_and_nothing_else(folder: Path) -> None:
    text = (folder / "a.txt").read_text(encoding="utf-8")
    gone = "– bedriva den hälso- och sjukvård som kommunen har ansvar för\n"
    last = "– förebygga missbruk och social utslagning i samarbete med föreningar och andra myndigheter\n"
    assert gone in text
    assert last in text
    by_hand = text.replace("familjerådgivning samt", "råd,").replace(gone, "").replace(last, f"{last}– ge stöd till anhöriga\n")
    (folder / "b.txt").write_text(by_hand, encoding="utf-8")
    tracked = changed(
        (folder / "a.docx").read_bytes(), ("familjerådgivning samt", "råd,"), ("bedriva den hälso-", None),
        ("+förebygga missbruk", "ge stöd till anhöriga"),
    )  # fmt: skip
    (folder / "b.docx").write_bytes(tracked)
    assert amendments(folder / "b.docx") == amendments(folder / "b.txt") != []
    code, said = typed(f"reglemente utforma socialnämnden {folder / 'b.docx'}")
    words = re.sub(r"\s+", " ", said)
    assert code == 0
    assert re.search(r"Dokumentet har \d+ spårade ändringar, av Handläggaren \(2026-03-02\)\. De lästes som godkända\.", words)
    assert "De blir förslaget." in words

    # The redline of that draft, sent round and come back, gives the same amendments again.
    draft = json.loads(typed(f"reglemente utforma socialnämnden {folder / 'b.docx'} --json")[1])["forslag"]
    assert typed(f"reglemente prova {draft} --som docx --ut {folder / 'c.docx'}")[0] in (0, 1)
    assert amendments(folder / "c.docx") == amendments(folder / "b.txt")


def test_a_redline_of_what_already_holds_asks_for_nothing(folder: Path) -> None:
    assert typed(f"reglemente jamfor socialnämnden 2017-06-30 2017-07-01 --som docx --ut {folder / 'j.docx'}")[0] == 0
    assert amendments(folder / "j.docx") == []


def test_what_a_document_says_about_itself_is_left_out_and_listed(folder: Path) -> None:
    found = docx.read((folder / "a.docx").read_bytes())
    assert any(one.what == "upplysning om dokumentet" and "Lydelse som gäller" in one.text for one in found.left_out)
    # A style of the same name in somebody else's document says nothing.
    style = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="Status"/></w:style>'
    other = word(par("Nämnden leder.", style="S"), parts={"word/styles.xml": f'<w:styles xmlns:w="{W[1:-1]}">{style}</w:styles>'})
    assert [piece.text for piece in docx.read(other).pieces] == ["Nämnden leder."]


def test_the_last_paragraph_whose_mark_is_deleted_keeps_its_words() -> None:
    mark = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    document = docx.read(word(par("Ett."), f"{mark}{run('Två.')}</w:p>"))
    assert [piece.text for piece in document.pieces] == ["Ett.", "Två."]
    assert docx.read(word(par("Ett."), f"{mark}<w:del><w:r><w:delText>Två.</w:delText></w:r></w:del></w:p>")).text == "Ett.\n"


@pytest.mark.parametrize(
    ("authors", "says"),
    [
        ([("", "")], "en spårad ändring. Den lästes som godkänd."),
        ([("A", "2026-03-02")], "en spårad ändring, av A (2026-03-02). Den"),
        ([("A", "2026-03-04"), ("A", "2026-03-02"), ("B", "")], "3 spårade ändringar, av A (2026-03-02 till 2026-03-04) och B. De"),
        ([(c, "") for c in "ABCDEF"], "6 spårade ändringar, av A, B, C, D och 2 till. De"),
    ],
)
def test_who_has_changed_what_is_said(authors: list[tuple[str, str]], says: str) -> None:
    changes = (f'<w:ins w:author="{who}" w:date="{day}">{run("Ord.")}</w:ins>' for who, day in authors)
    (problem,) = docx.read(word(par("".join(changes)))).problems
    assert says in problem.message
