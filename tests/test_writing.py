"""From charters to pages, and from pages to the screen and the web: what was there before and what is there now, exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import cases, expect, sections
from edited import pairs
from generated import charters
from hypothesis import given
from lxml import html as lxml_html
from sample import amended, at, changed, read, sample, without

from reglemente_tool.compare import ONLY_OLD, Mark, label, plain
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import Charter, Provision, Wid, edit, renumbered, walk
from reglemente_tool.model.finding import locate
from reglemente_tool.model.identity import carry, name_body
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.flow import Line, Role, cells, flow
from reglemente_tool.writing.page import LEFT_OUT, Block, CannotWrite, Page, Run, Told
from reglemente_tool.writing.writers import html, names, terminal, writer

EVIL = '<script>alert(1)</script> & "#panic(1)" $x$ \\u{1f} *fet* \x1b[31mröd\x07 \u202edolt {{ 7*7 }} {% raw %} [länk](x)'


# --- both wordings, exactly ---------------------------------------------------------------------------------------


def lines_of(provisions: Iterable[Provision]) -> list[str]:
    lines: list[str] = []
    for p in provisions:
        lines += [p.heading, label(p), p.text, *lines_of(p.children), p.closing]
    return [line for line in lines if line]


def read_blocks(blocks: Iterable[Block], *, old: bool) -> list[str]:
    lines: list[str] = []
    for b in blocks:
        lines += [plain(part, old=old) for part in (b.heading, b.label, b.text)]
        lines += [*read_blocks(b.children, old=old), plain(b.closing, old=old)]
    return [line for line in lines if line]


def every(blocks: Iterable[Block]) -> list[Block]:
    return [b for block in blocks for b in (block, *every(block.children))]


@given(charters())
def test_a_clean_page_is_the_charter(charter: Charter) -> None:
    page = clean_page(charter)
    assert read_blocks(page.blocks, old=False) == read_blocks(page.blocks, old=True) == lines_of(charter.body)
    assert plain(page.title) == charter.title
    assert all(b.mark is Mark.SAME and not b.note for b in every(page.blocks))
    assert page.changes == ()


@given(pairs())
def test_a_redline_reads_back_as_both_wordings(both: tuple[Charter, Charter]) -> None:
    old, new = both
    page = redline_page(old, new)
    assert read_blocks(page.blocks, old=True) == lines_of(old.body)
    assert read_blocks(page.blocks, old=False) == lines_of(new.body)


@given(pairs())
def test_anchors_are_unique_and_links_lead_somewhere(both: tuple[Charter, Charter]) -> None:
    page = redline_page(*both)
    anchors = [b.anchor for b in every(page.blocks) if b.anchor]
    assert len(anchors) == len(set(anchors))
    assert {b.link for b in every(page.blocks) if b.link} <= set(anchors)
    assert {told.anchor for told in page.changes if told.anchor} <= set(anchors)
    shown = [line.anchor for line in every_line(flow(page)) if line.anchor]
    assert sorted(shown) == sorted(set(shown))


def every_line(lines: Iterable[Line]) -> list[Line]:
    return [x for line in lines for x in (line, *every_line(line.inner))]


@given(pairs())
def test_what_is_now_has_its_own_address(both: tuple[Charter, Charter]) -> None:
    """A link to 5 § leads to what is 5 § today, though another 5 § should have gone."""
    new = both[1]
    for block in every(redline_page(*both).blocks):
        if block.mark in ONLY_OLD or not re.fullmatch(r"[a-z0-9.]+", block.anchor) or block.anchor.endswith(".rubrik"):
            continue
        try:
            found = locate(new, Address.from_code(block.anchor))
        except CannotApply:
            continue  # The same number twice.
        assert found.text == plain(block.text)


@given(pairs())
def test_headings_never_skip_a_level(both: tuple[Charter, Charter]) -> None:
    for only_changed in (False, True):
        levels = [x.level for x in every_line(flow(redline_page(*both, only_changed=only_changed))) if x.role is Role.HEADING]
        assert all(level >= 1 for level in levels)
        assert all(deeper <= level + 1 for level, deeper in zip([0, *levels], levels, strict=False))


def words_in(lines: Iterable[Line]) -> str:
    found = []
    for line in lines:
        runs = [*line.label, *line.runs, *(run for cell in line.cells for run in cell)]
        found += ["".join(run.text for run in runs), words_in(line.inner)]
    return " ".join(found)


@given(pairs())
def test_nothing_is_lost_between_page_and_lines(both: tuple[Charter, Charter]) -> None:
    page = redline_page(*both)
    held = "".join("".join(run.text for run in part) for b in every(page.blocks) for part in (b.heading, b.label, b.text, b.closing))
    assert sorted(re.sub(r"[\s|]", "", words_in(flow(page)))) == sorted(re.sub(r"[\s|]", "", held))


# --- what is shown ------------------------------------------------------------------------------------------------


def by_anchor(page: Page) -> dict[str, Block]:
    return {b.anchor: b for b in every(page.blocks)}


def test_the_notes_of_a_redline() -> None:
    page = redline_page(sample(), amended())
    notes = {b.anchor: b.note for b in every(page.blocks) if b.note}
    assert notes == {
        "par2.st1.ss1": "flyttad hit från tredje strecksatsen",
        "tidigare.par2.st1.ss3": "flyttad till första strecksatsen",
        "par6.st2": "flyttat hit från 7 § andra stycket",
        "par7.st2": "flyttat till 6 § andra stycket",
        "par7.st1.ss2": "listans skiljetecken",
        "par9": "Paragrafen upphör att gälla",
        "par11a": "Ny paragraf",
        "par14": "tidigare 12 §",
    }
    blocks = by_anchor(page)
    assert blocks["par2.st1.ss1"].link == "tidigare.par2.st1.ss3"
    assert blocks["tidigare.par2.st1.ss3"].link == "par2.st1.ss1"
    assert blocks["par14"].label == (Run("12", Mark.REMOVED), Run("14", Mark.ADDED), Run(" §"))


def test_a_paragraf_that_follows_its_chapter_and_gets_another_number() -> None:
    old = sample()
    one, two, three, *rest = old.body
    new = replace(old, body=(one, three, two, *rest))
    new = edit(new, at(new, "par6").wid, lambda p: renumbered(p, "20"))
    page = redline_page(old, new)
    assert (by_anchor(page)["par20"].note, by_anchor(page)["par20"].mark) == ("flyttad hit, tidigare 6 §", Mark.MOVED_HERE)
    assert "{+flyttad hit, tidigare 6\u00a0§: 20\u00a0§+}" in terminal.render(page)


def test_a_heading_that_stays_is_not_struck_out() -> None:
    page = redline_page(sample(), amended())
    heading = by_anchor(page)["par9.rubrik"]
    assert (heading.heading, heading.mark, heading.label) == ((Run("Sammanträden"),), Mark.SAME, ())
    assert by_anchor(page)["par9"].heading == ()
    assert by_anchor(page)["par10"].heading == ()


def test_the_changes_in_words() -> None:
    assert [told.text for told in redline_page(sample(), amended()).changes] == [
        "Reglementets namn ändras från ”Reglemente för miljö- och parknämnden” till ”Reglemente för miljö- och gatunämnden”.",
        "2 § första stycket tredje strecksatsen, ”följa utvecklingen på området”, flyttas till första strecksatsen.",
        "I 2 § första stycket fjärde strecksatsen läggs ”och friluftslivet” till.",
        "I 3 § första stycket 2 efter listan läggs ”enligt miljöbalken,” till.",
        "3 § första stycket 3, ”lämna yttranden, samt”, utgår.",
        "3 § första stycket 4 betecknas 3.",
        "I 4 § första stycket ersätts ”vart tredje” av ”varje”.",
        "7 § andra stycket, ”När ordföranden är förhindrad inträder vice ordföranden.”, flyttas till 6 § andra stycket.",
        "I 7 § första stycket andra strecksatsen ändras bara listans skiljetecken: från ”, samt” till ”,”.",
        "Rubriken till 3 kap. ändras från ”Arbetsformer” till ”Arbetsformer och beslut”.",
        "9 § upphör att gälla.",
        "Rubriken ”Sammanträden” står kvar, nu närmast före 10 §.",
        "En ny paragraf, 11 a §, införs.",
        "12 § betecknas 14 §.",
        "I bilaga 1 första tabellen andra raden ersätts ”parkchefen” av ”gatuchefen” och ”ett” av ”två”.",
        "Bilaga 1 första tabellen tredje raden, ”Yttranden | ordföranden | brådskande fall”, utgår.",
    ]


def test_what_has_moved_between_charters_is_shown_as_moved() -> None:
    old = sample()
    gone, new = at(old, "par2.st1.ss4").wid, without(old, "par2.st1.ss4")
    page = redline_page(old, new, elsewhere={gone: "flyttad till reglemente för kommunstyrelsen, 2 §"})
    block = by_anchor(page)["par2.st1.ss4"]
    assert (block.mark, block.note) == (Mark.MOVED_AWAY, "flyttad till reglemente för kommunstyrelsen, 2 §")
    assert [told.text for told in page.changes] == [
        "2 § första stycket fjärde strecksatsen, ”informera om allemansrätten”: flyttad till reglemente för kommunstyrelsen, 2 §."
    ]
    here = by_anchor(redline_page(new, old, elsewhere={gone: "flyttad hit från kommunstyrelsen"}))["par2.st1.ss4"]
    assert (here.mark, here.text) == (Mark.MOVED_HERE, (Run("informera om allemansrätten", Mark.MOVED_HERE),))


def test_origins_are_printed_once_for_a_whole_paragraf() -> None:
    charter = sample()
    note = "sedan 2021-01-01, KF § 9"
    page = clean_page(charter, origins={p.wid: note for code in ("par4", "par9.st1") for p in walk((at(charter, code),))})
    assert [b.anchor for b in every(page.blocks) if b.origin == note] == ["par4", "par9.st1"]


def test_only_what_has_changed() -> None:
    page = redline_page(sample(), amended(), only_changed=True)
    shown = [b.anchor for b in page.blocks if b.anchor]
    assert shown == [
        "kap1", "par1.rubrik", "par2", "par3", "par4", "kap2", "par6", "par7", "kap3", "par9.rubrik", "par9", "par11a", "par14", "bil1",
    ]  # fmt: skip
    assert [plain(b.heading) for b in page.blocks if b.kind is Kind.PARAGRAF and b.heading] == [
        "Ansvarsområde", "Taxor och avgifter", "Sammansättning", "Sammanträden", "Protokoll",
    ]  # fmt: skip
    first, second = by_anchor(page)["par6"].children
    assert (plain(first.text), second.mark) == (LEFT_OUT, Mark.MOVED_HERE)
    texts = [plain(b.text) for b in by_anchor(page)["par2.st1"].children]
    assert texts == ["följa utvecklingen på området", LEFT_OUT, "", "informera om allemansrätten och friluftslivet"]
    assert len(page.changes) == len(redline_page(sample(), amended()).changes)


def test_what_only_looks_like_text_left_out_is_not_explained_as_such() -> None:
    """A form to fill in may have a line of dashes of its own."""
    dashed = changed(sample(), "par5.st1", text=LEFT_OUT)
    said = "står för text som inte har ändrats"
    assert said not in html.write(redline_page(sample(), dashed)).decode()
    assert said in html.write(redline_page(sample(), amended(), only_changed=True)).decode()


def test_nothing_has_changed_and_nothing_is_shown() -> None:
    page = redline_page(sample(), sample(), only_changed=True)
    assert (page.blocks, page.changes) == ((), ())


def test_header_facts_are_given_or_the_charters_own() -> None:
    assert [key for key, _ in clean_page(sample()).facts] == ["Antaget", "Gäller från", "Dnr"]
    assert clean_page(sample(), facts=(("Dnr", "1"),)).facts == (("Dnr", "1"),)
    assert clean_page(sample(), facts=()).facts == ()


def test_a_row_is_cut_at_its_bars_whatever_their_fate() -> None:
    runs = (Run("a | "), Run("b", Mark.REMOVED), Run("c | d", Mark.ADDED))
    assert cells(runs) == ((Run("a"),), (Run("b", Mark.REMOVED), Run("c", Mark.ADDED)), (Run("d", Mark.ADDED),))


# --- formats ------------------------------------------------------------------------------------------------------


def test_formats_are_found_by_name() -> None:
    assert {"html", "pdf", "terminal", "text"} <= set(names())
    assert writer("html") is html
    with pytest.raises(CannotWrite) as error:
        writer("wordperfect")
    assert "html, " in error.value.hint


@pytest.mark.parametrize("name", ["html", "terminal", "text"])
def test_same_page_same_bytes(name: str) -> None:
    made = [writer(name).write(redline_page(sample(), amended(), municipality="Ekby kommun", status=("Utkast.",))) for _ in range(2)]
    assert made[0] == made[1]


def in_the_screen_form(before: str, after: str, how: str) -> str:
    old = read(before)
    found = read(after)
    new = name_body(replace(found, body=carry(old.body, tuple(map(nameless, found.body)))), found.body[0].source)  # type: ignore[arg-type]
    if how == "ren":
        return terminal.render(clean_page(new), width=72)
    return terminal.render(redline_page(old, new, only_changed=how == "bara ändrat"), width=72)


def nameless(p: Provision) -> Provision:
    return replace(p, wid=Wid(""), children=tuple(map(nameless, p.children)))


@pytest.mark.parametrize("path", cases("writing"), ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(path)
    got = in_the_screen_form(parts["före"], parts["efter"], parts.get("som", "").strip())
    expect(request, path, "skärm", got)


def test_there_are_enough_situations() -> None:
    assert len(cases("writing")) >= 6


SIGNED = re.compile(r"\{\+(?:flytta[dt] hit[^:]*: )?(.*?)\+\}|\[-(?:flytta[dt] (?:till|härifrån)[^:]*: )?(.*?)-\]", re.DOTALL)
NOTES = re.compile(r"\((listans skiljetecken|tidigare [^()]*|Ny[^()]*|[^()]* utgår|[^()]* upphör att gälla|flytta[dt] [^()]*)\)")


def screen_side(page: Page, *, old: bool) -> str:
    """The words of one wording, as the screen shows them, without blanks and dashes."""
    text = terminal.render(page, width=200, body_only=True)
    text = re.sub(r"^(?:\| |  )(?:[-+]+$)?", "", text, flags=re.MULTILINE)
    text = re.sub(r"\s+", " ", text)
    text = SIGNED.sub(lambda m: (m[2] if old else m[1]) or "", NOTES.sub("", text))
    return strip_markers(re.sub(r"[\s|]", "", text))


def web_side(page: Page, *, old: bool) -> str:
    """The words of one wording, as the web shows them, without blanks and dashes."""
    tree = lxml_html.fromstring(html.write(page).decode())
    gone = "ins" if old else "del"
    for node in tree.xpath(f"//header | //section | //{gone} | //*[@class='dold' or @class='ord' or starts-with(@class, 'not')]"):
        node.drop_tree()
    return strip_markers(re.sub(r"[\s|]", "", tree.xpath("//main")[0].text_content()))


@pytest.mark.parametrize("side", [screen_side, web_side])
@pytest.mark.parametrize("old", [True, False])
def test_the_formats_show_both_wordings(side: Callable[..., str], old: bool) -> None:
    charter = sample() if old else amended()
    assert side(redline_page(sample(), amended()), old=old) == strip_markers(re.sub(r"[\s|]", "", "".join(screen_order(charter.body))))


@given(pairs())
def test_the_formats_show_both_wordings_of_any_charter(both: tuple[Charter, Charter]) -> None:
    page = redline_page(*both)
    for side in (screen_side, web_side):
        for charter in both:
            wanted = strip_markers(re.sub(r"[\s|]", "", "".join(screen_order(charter.body))))
            assert side(page, old=charter is both[0]) == wanted


def strip_markers(text: str) -> str:
    """Take away the glyphs of lists: a dash that comes or goes with its item has no marks of its own."""
    return re.sub("[–•-]", "", text)


def screen_order(provisions: Iterable[Provision]) -> list[str]:
    lines: list[str] = []
    for p in provisions:
        first = [p.heading, label(p)] if p.kind is Kind.PARAGRAF else [label(p), p.heading]
        lines += [*first, p.text, *screen_order(p.children), p.closing]
    return lines


@pytest.mark.parametrize("width", [30, 41, 80])
def test_the_screen_is_never_too_narrow(width: int) -> None:
    long = changed(sample(), "par5.st1", text="Se https://ekby.example/reglementen/miljo-och-parknamnden/2019/beslut-31.pdf för allt.")
    for page in (clean_page(long), redline_page(sample(), long), redline_page(sample(), amended())):
        assert max(map(len, terminal.render(page, width=width).splitlines())) <= width


def test_bars_stand_where_something_has_changed() -> None:
    lines = terminal.render(redline_page(sample(), amended()), width=76, body_only=True).splitlines()
    assert [line for line in lines if not line.startswith("| ") and ("{+" in line or "[-" in line)] == []
    assert "  Nämnden har ett arbetsutskott med tre ledamöter." in lines
    assert not any(line.startswith("|") for line in terminal.render(clean_page(sample())).splitlines())


def test_colour_only_when_asked_and_never_alone() -> None:
    page = redline_page(sample(), amended())
    assert "\x1b" not in terminal.render(page)
    coloured = terminal.render(page, colour=True)
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured).replace("\n", "").split() == terminal.render(page).replace("\n", "").split()


def evil_page() -> Page:
    old = replace(sample(), title=EVIL)
    new = changed(old, "par4.st1", text=EVIL)
    new = changed(new, "par5", heading=EVIL)
    new = edit(new, at(new, "par2.st1.ss2").wid, lambda p: replace(p, marker=EVIL))
    page = redline_page(old, new, municipality=EVIL, facts=((EVIL, EVIL),), status=(EVIL,), elsewhere={Wid(EVIL): EVIL})
    return replace(page, changes=(*page.changes, Told(EVIL, '"><b>')))


def test_the_terminal_is_not_controlled_by_the_text() -> None:
    text = terminal.render(evil_page())
    assert not set(map(ord, text)) & ({*range(32), 127, *range(0x80, 0xA0), 0x202E} - {10})
    assert "␛[31mröd␇" in text
    assert "⟨U+202E⟩dolt" in text


def test_html_is_not_controlled_by_the_text() -> None:
    content = html.write(evil_page()).decode()
    tree = lxml_html.fromstring(content)
    assert tree.xpath("//script | //*[@onclick] | //b[not(@class)]") == []
    assert "49" not in "".join(tree.xpath("//h1//text()"))
    assert "<script>alert(1)</script>" in "".join(tree.xpath("//h1//text()"))
    assert not set(map(ord, content)) & ({*range(32), 127, 0x202E} - {10})


def test_html_is_one_page_for_everyone() -> None:
    content = html.write(redline_page(sample(), amended(), municipality="Ekby kommun", status=("Utkast.",))).decode()
    tree = lxml_html.fromstring(content)
    assert tree.get("lang") == "sv"
    assert tree.xpath("//script | //link | //img | //@src") == []
    ids, links = tree.xpath("//@id"), [href[1:] for href in tree.xpath("//a/@href")]
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    assert {"par14", "par2.st1.ss1", "tidigare.par2.st1.ss3"} <= set(links)
    levels = [int(node.tag[1]) for node in tree.iter() if isinstance(node.tag, str) and re.fullmatch(r"h[1-6]", node.tag)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    # Who does not see the colours hears the words.
    assert "[nytt: varje]" in tree.text_content()
    assert "[utgår: vart tredje]" in tree.text_content()
    assert "flyttad hit från tredje strecksatsen" in tree.text_content()
    assert tree.xpath("//th/@scope") == ["col", "col", "col"]


def test_a_clean_page_has_no_marks() -> None:
    content = html.write(clean_page(sample())).decode()
    assert "<ins" not in content
    assert "<del" not in content
    assert "class=\"andrad\"" not in content


def column(page: Page, number: int) -> str:
    """The words of one column of the web page, without blanks and dashes, as they are seen."""
    tree = lxml_html.fromstring(html.write(page, form="spalter").decode())
    for node in tree.xpath("//*[@class='dold' or @class='ord' or @class='sida' or starts-with(@class, 'not')]"):
        node.drop_tree()
    cells = [row.xpath("td")[number if len(row.xpath("td")) > 1 else 0] for row in tree.xpath("//table[@class='spalter']/tbody/tr")]
    return strip_markers(re.sub(r"[\s|]", "", "".join(cell.text_content() for cell in cells)))


@given(pairs())
def test_the_columns_of_the_web_page_are_the_two_wordings(both: tuple[Charter, Charter]) -> None:
    page = redline_page(*both)
    for number, charter in enumerate(both):
        assert column(page, number) == strip_markers(re.sub(r"[\s|]", "", "".join(screen_order(charter.body))))


def test_the_columns_of_the_web_page_are_a_table_for_everyone() -> None:
    page = replace(redline_page(sample(), amended()), sides=("Förr", "Nu"), draft="Utkast, inte antaget")
    tree = lxml_html.fromstring(html.write(page, form="spalter").decode())
    (table,) = tree.xpath("//table[@class='spalter']")
    assert [(th.text, th.get("scope")) for th in table.xpath("thead/tr/th")] == [("Förr", "col"), ("Nu", "col")]
    ids, links = tree.xpath("//@id"), [href[1:] for href in tree.xpath("//a/@href")]
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    assert {"par2.st1.ss1", "tidigare.par2.st1.ss3"} <= set(links)
    headings = [" ".join(node.text_content().split()) for node in table.xpath(".//h2 | .//h3 | .//h4")]
    assert len(headings) == len(set(headings)), "the left side shows a heading, but is none where the right side has it"
    assert tree.xpath("string(//p[@class='utkast'])") == "Utkast, inte antaget"
    assert tree.xpath("//script | //link") == []


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_forms_are_refused_by_name(name: str) -> None:
    with pytest.raises(CannotWrite, match="Formen ”runt” finns inte"):
        writer(name).write(redline_page(sample(), amended()), form="runt")  # type: ignore[call-arg]
    with pytest.raises(CannotWrite, match="behöver två lydelser"):
        writer(name).write(clean_page(sample()), form="spalter")  # type: ignore[call-arg]


PARTS = """\
Reglemente för parknämnden

Verksamheten

1 kap. Uppgifter

1 §
Nämnden sköter parkerna.

2 kap. Avgifter

2 §
Nämnden tar ut avgifter.

Formerna

3 kap. Möten

3 §
Nämnden sammanträder varje månad.
"""


def test_chapters_may_lie_in_parts() -> None:
    old = read(PARTS)
    levels = [(line.level, plain(line.label) or plain(line.runs)) for line in flow(clean_page(old)) if line.role is Role.HEADING]
    assert levels == [
        (1, "Verksamheten"), (2, "1 kap."), (3, "1 §"), (2, "2 kap."), (3, "2 §"), (1, "Formerna"), (2, "3 kap."), (3, "3 §"),
    ]  # fmt: skip
    page = redline_page(old, changed(old, "par2.st1", text="Nämnden tar inte ut avgifter."), only_changed=True)
    assert [plain(b.label) or plain(b.heading) for b in page.blocks] == ["Verksamheten", "2 kap.", "2 §"]


LAYOUTS = """\
Reglemente för parknämnden

Uppgifter

§ 1 Nämnden sköter parkerna.

§ 2 Ansvar
Nämnden svarar för träden.
"""


def test_number_and_text_may_share_a_line() -> None:
    lines = flow(clean_page(read(LAYOUTS)))
    assert [(line.role, plain(line.label), plain(line.runs)) for line in lines] == [
        (Role.HEADING, "", "Uppgifter"),
        (Role.TEXT, "§ 1", "Nämnden sköter parkerna."),
        (Role.HEADING, "§ 2", "Ansvar"),
        (Role.TEXT, "", "Nämnden svarar för träden."),
    ]
    assert "§\u00a01 Nämnden sköter parkerna." in terminal.render(clean_page(read(LAYOUTS)))
