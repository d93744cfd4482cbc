"""Long and strange text in the PDF: every letter of the page can be read out of the file again, in both forms."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pypdfium2
import pytest
from edited import pairs
from hypothesis import given, settings
from sample import at, changed, sample

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Provision, edit
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.columns import columns
from reglemente_tool.writing.flow import Line, Role, flow
from reglemente_tool.writing.page import Page, Runs
from reglemente_tool.writing.writers import pdf

FORMS = ("lopande", "spalter")


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text, and how often each stands there. Signs and blanks are the layout's own."""
    return Counter(letter for letter in text if letter.isalnum())


def words_of(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def said(lines: Iterable[Line]) -> str:
    """The page's own words, as its lines hold them: no notes."""
    found = []
    for line in lines:
        found += [words_of(line.label), words_of(line.runs), *map(words_of, line.cells), said(line.inner)]
    return " ".join(found)


def body_of(page: Page, form: str) -> tuple[str, int]:
    """All words of the PDF's pages but those of head and foot, and how many pages there are."""
    file = pypdfium2.PdfDocument(io.BytesIO(pdf.write(page, form=form)))
    kept = []
    for number in range(len(file)):
        lines = file[number].get_textpage().get_text_range().splitlines()
        assert re.search(rf"sid {number + 1} \({len(file)}\)$", lines[-1]), lines[-1]
        kept += lines[(1 if number else 0) : -1]
    return "\n".join(kept).replace("\ufffe", "").replace("\u200b", ""), len(file)


def read_back(page: Page, form: str = "lopande") -> None:
    """Assert that the PDF has every letter of the page, and none that neither page nor layout has."""
    # One that is known in advance comes first, so that what the layout says of itself can be taken away.
    bare = replace(page, blocks=(), changes=())
    lines = list(flow(page)) if form == "lopande" else [x for row in columns(page) for x in (*(() if row.spans else row.left), *row.right)]
    got, pages = body_of(page, form)
    layout, _ = body_of(bare, form)
    want, has = letters(said(lines)), letters(got)
    missing = want - has
    assert not missing, missing
    # What more there is: the words of the front and of the notes, the repeated header of the columns; nothing else.
    extra = has - want - letters(layout)
    told = [note for line in every(lines) for note in (line.note, line.origin, "tidigare flyttad hit härifrån")]
    notes = letters(" ".join(told))
    heads = Counter({letter: count * got.count(page.sides[0]) for letter, count in letters("".join(page.sides)).items()})
    tables = letters(" ".join(said(line.inner[:1]) for line in every(lines) if line.role is Role.TABLE) * pages)
    more = letters(" ".join(words_of(line.label) for line in every(lines)))
    assert not extra - notes - heads - more - tables - letters(" – – – står för text som inte har ändrats"), extra


def every(lines: Iterable[Line]) -> list[Line]:
    return [x for line in lines for x in (line, *every(line.inner))]


@settings(max_examples=12)
@given(pairs())
def test_any_redline_reads_back(both: tuple[Charter, Charter]) -> None:
    page = replace(redline_page(*both), changes=())
    for form in FORMS:
        read_back(page, form)


def alone(*body: Provision) -> Charter:
    return Charter(CharterId("x"), "Udda", CommitteeId("x"), body)


def paragraf(*children: Provision) -> Provision:
    return Provision(Kind.PARAGRAF, number="1", marker="1 §", children=children)


DEEP = Provision(Kind.STRECKSATS, marker="–", text="innerst i listan")
for _step in ("1", "2", "3", "4", "5"):
    DEEP = Provision(Kind.PUNKT, number=_step, marker=f"{_step}.", text=f"led {_step}", children=(DEEP, replace(DEEP, text="bredvid")))

COMPOUND = "samhällsbyggnadsnämndsordförandeersättarutbildningsdagsplanerings"
ADDRESS = "https://www.ekby.example/kommun/reglementen/miljo_och_parknamnden_2019_beslut_31_version_2_slutlig.pdf"

STRANGE = {
    "ord på sextio bokstäver": alone(paragraf(Provision(Kind.STYCKE, text=f"Ordet {COMPOUND} och {'x' * 64} och {'9' * 70}."))),
    "lång adress": alone(paragraf(Provision(Kind.STYCKE, text=f"Se {ADDRESS} för allt."))),
    "paragraf på tre sidor": alone(
        paragraf(Provision(Kind.STYCKE, text=" ".join(f"Mening {i} i en paragraf som inte tar slut på länge än." for i in range(230))))
    ),
    "lista i lista i lista": alone(paragraf(Provision(Kind.STYCKE, text="Nämnden ska", children=(DEEP, DEEP), closing="på alla nivåer."))),
    "tabell i bilaga": alone(
        Provision(Kind.BILAGA, number="1", marker="Bilaga 1", heading="Delegering", children=(
            Provision(Kind.STYCKE, text="Nämnden har delegerat följande."),
            Provision(Kind.TABELL, children=tuple(
                Provision(Kind.RAD, text=f"Ärende {i} | {COMPOUND if i == 5 else 'parkchefen'} | {'y' * 40 if i == 7 else 'högst ett år'}")
                for i in range(80)
            )),
        ))
    ),
    "åäö é och tecken": alone(paragraf(Provision(Kind.STYCKE, text="Åsa Ögren på Ängsö: idé, kupé, à la, über, ”så” – så… ½ § 3 € 5"))),
    "tomma stycken": alone(paragraf(Provision(Kind.STYCKE), Provision(Kind.STYCKE, text="Mitt emellan."), Provision(Kind.STYCKE))),
    "långa rubriker": alone(replace(paragraf(Provision(Kind.STYCKE, text="Text.")), heading=f"Rubrik om {COMPOUND} " * 4)),
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_strange_text_reads_back(name: str) -> None:
    charter = STRANGE[name]
    read_back(clean_page(charter))
    nothing = replace(charter, body=())
    for form in FORMS:
        for both in ((charter, charter), (nothing, charter), (charter, nothing)):
            read_back(replace(redline_page(*both), changes=()), form)


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_runs_out_of_its_column_or_off_the_paper(name: str, form: str) -> None:
    """Every letter stands within the margins; in columns none to the left of the rule belongs to the right side."""
    page = redline_page(replace(STRANGE[name], body=()), STRANGE[name])
    file = pypdfium2.PdfDocument(io.BytesIO(pdf.write(replace(page, changes=()), form=form)))
    for sheet in file:
        text = sheet.get_textpage()
        for index in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(index)
            assert left >= 15
            assert right <= 595 - 50, text.get_text_range(max(0, index - 20), 40)


def test_three_hundred_pages() -> None:
    old = sample()
    one = at(old, "par4.st1")
    words = "Nämnden svarar för kommunens parker, skogar och lekplatser. " * 9
    kids = tuple(replace(one, text=f"Stycke {i}: {words}") for i in range(2050))
    long = edit(old, at(old, "par4").wid, lambda p: replace(p, children=kids))
    text, pages = body_of(clean_page(long), "lopande")
    assert pages >= 300
    assert [int(n) for n in re.findall(r"Stycke (\d+):", text)] == list(range(2050))


def test_the_columns_read_across_and_down() -> None:
    """In the file's own order the left cell of a row comes before the right one, whole."""
    page = redline_page(sample(), changed(sample(), "par5.st1", text="Nämnden beslutar om nedsättning."))
    text, _ = body_of(replace(page, changes=()), "spalter")
    assert re.sub(r"\s+", " ", text).count(
        "5 § Nämnden får besluta om nedsättning av en avgift i ett enskilt ärende. 5 § Nämnden beslutar om nedsättning."
    ) == 1
