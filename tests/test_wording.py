"""The text form, read and written: situations in tests/cases/wording, the example texts, and laws on made-up texts.

A case has `--- text` and `--- trad` (the tree: one provision a line, its depth as indentation), and may have `--- som`:
"lydelse strecksats" reads the quoted wording of one, "delar" provisions without a title, "avbruten" joins broken lines.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from conftest import cases, expect, grows_evenly, sections
from generated import phrases
from hypothesis import given, settings
from hypothesis import strategies as st

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE, Charter, CharterId, CommitteeId, Provision, walk
from reglemente_tool.reading.sources import source_for, sources
from reglemente_tool.reading.sources import text as text_source
from reglemente_tool.reading.wording import ReadCharter, read_charter, read_provisions, read_wording
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.writers import text as text_writer

UNDERLAG = Path(__file__).parent.parent / "charters" / "underlag"
EXAMPLES = sorted(path for path in UNDERLAG.rglob("*.txt") if path.stem.endswith(("namnden", "styrelsen")))
K = Kind


def written(read: ReadCharter) -> str:
    """The charter that was read, in the text form."""
    charter = Charter(CharterId("x"), read.title, CommitteeId("x"), read.body, read.facts)
    return text_writer.write(clean_page(charter)).decode()


def tree(provisions: tuple[Provision, ...], depth: int = 0) -> list[str]:
    """One provision a line: kind, number, [marker], "heading", layout, | text; its children; its closing words."""
    lines = []
    for p in provisions:
        parts = [p.kind.value, p.number, f"[{p.marker}]" if p.marker else "", f'"{p.heading}"' if p.heading else ""]
        parts += [f"({p.layout})" if p.layout else "", f"| {p.text}" if p.text else ""]
        lines.append("  " * depth + " ".join(part for part in parts if part))
        lines += tree(p.children, depth + 1)
        if p.closing:
            lines.append("  " * depth + f"avslutning | {p.closing}")
    return lines


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"! {p.code} {p.level.value}: {p.message}" for p in problems]


def as_read(text: str, how: str) -> str:
    """What the tool makes of a case's text, spelled out."""
    try:
        if how.startswith("lydelse "):
            return "\n".join(tree((read_wording(text, Kind(how.removeprefix("lydelse "))),)))
        if how == "delar":
            return "\n".join(tree(read_provisions(text)))
        read = read_charter(text, unwrap=how == "avbruten")
    except CannotRead as error:
        return f"OLASLIG: {error.message}"
    head = [f"titel | {read.title}"] + [f"uppgift | {key} = {value}" for key, value in read.facts]
    return "\n".join(head + tree(read.body) + told(read.problems))


@pytest.mark.parametrize("path", cases("wording"), ids=lambda p: p.stem)
def test_situations(path: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(path)
    expect(request, path, "trad", as_read(parts["text"], parts.get("som", "").strip()))


@pytest.mark.parametrize("path", [p for p in cases("wording") if "som" not in sections(p)], ids=lambda p: p.stem)
def test_situations_come_back_from_the_text_form(path: Path) -> None:
    try:
        read = read_charter(sections(path)["text"])
    except CannotRead:
        return
    again = read_charter(written(read))
    assert (again.title, again.facts, again.body) == (read.title, read.facts, read.body)


def test_there_are_enough_situations() -> None:
    assert len(cases("wording")) >= 35


# The example texts.


def test_there_are_example_texts() -> None:
    assert len(EXAMPLES) >= 32


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_example_texts_read_without_problems_and_come_back_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    read = read_charter(source_for(path.suffix).read(data))
    assert read.problems == ()
    assert written(read).encode() == data
    assert read.title.startswith("Reglemente för ")
    assert dict(read.facts)["Kommun"] in ("Ale", "Alingsås", "Lidköping", "Norrboda", "Täby", "Vänersborg")
    numbers = [int(p.number) for p in walk(read.body) if p.kind is K.PARAGRAF]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(p.children for p in walk(read.body) if p.kind is K.PARAGRAF)


# Laws on charters.

WORDS = (
    "nämnden kommunens verksamhet inom området gator parker bibliotek skolskjuts tillsyn enligt lagen avgifter yttranden över "
    "remisser (2010:900) uppföljning 5 § första stycket 6 kap. 2 § miljöbalken m.m. samt – och ”ledamot” två § 3 bl.a. EU:s"
).split(" ")

words = phrases(WORDS, 1, 9)
small = words.map(lambda w: f"i {w}")
capitals = words.map(lambda w: f"Om {w}")
sentences = capitals.map(lambda w: f"{w} gäller.")
lead_ins = st.one_of(sentences, capitals.map(lambda w: f"{w}:"), capitals.map(lambda w: f"{w} ska"))
HEADING_WORDS = ["Tillsyn", "ansvar", "LEDAMÖTER", "vid", "kap.", "8", "frågor", "Bilagor", "m.m. och"]
headings = phrases(HEADING_WORDS, 1, 6).map("Rubrik {} här".format)

FAMILIES = ("–", "•", K.PUNKT, K.BOKSTAV, "o", "*")
families = {above: st.sampled_from([f for f in FAMILIES if f != above]) for above in (None, *FAMILIES)}
tails = st.sampled_from([".", ")"])
closings = st.one_of(st.just(""), small)
item_texts = st.one_of(words, sentences, words.map(lambda w: f"{w},"))
either = st.booleans()
one_to_four, one_to_six = st.integers(1, 4), st.integers(1, 6)


@st.composite
def _lists(draw: st.DrawFn, above: object, depth: int) -> tuple[Provision, ...]:
    chosen, tail = draw(families[above]), draw(tails)
    items = []
    for index in range(draw(one_to_four)):
        children, closing = (), ""
        if depth < 3 and draw(one_to_six) == 1:
            children, closing = draw(lists(chosen, depth + 1)), draw(closings)
        if chosen is K.PUNKT:
            kind, number, marker = K.PUNKT, str(index + 1), f"{index + 1}{tail}"
        elif chosen is K.BOKSTAV:
            kind, number, marker = K.BOKSTAV, "abcd"[index], f"{'abcd'[index]}{tail}"
        else:
            kind, number, marker = K.STRECKSATS, "", str(chosen)
        text = draw(item_texts)
        items.append(Provision(kind, number=number, marker=marker, text=text, children=children, closing=closing))
    return tuple(items)


@cache
def lists(above: object = None, depth: int = 0) -> st.SearchStrategy[tuple[Provision, ...]]:
    """A list of one kind of mark, other than that of the item above it, now and then with lists inside."""
    return _lists(above, depth)


def table(rows: list[list[str]]) -> Provision:
    return Provision(K.TABELL, children=tuple(Provision(K.RAD, text=" | ".join(cells)) for cells in rows))


@st.composite
def stycke(draw: st.DrawFn) -> Provision:
    if draw(either):
        return Provision(K.STYCKE, text=draw(sentences))
    return Provision(K.STYCKE, text=draw(lead_ins), children=draw(lists()), closing=draw(closings))


stycken = stycke()
tables = st.lists(st.lists(words, min_size=2, max_size=3), min_size=1, max_size=4).map(table)
first = st.one_of(stycken, stycken, stycken, lists().map(lambda c: Provision(K.STYCKE, children=c)), tables)
rest = st.lists(st.one_of(stycken, stycken, tables), max_size=3)
contents = st.builds(lambda first, rest: (first, *rest), first, rest)
"""What a § holds: it may begin with a list or a table, and goes on with stycken and tables."""
layouts = st.sampled_from(["", RUN_IN, TITLE_LINE])
styles = st.sampled_from(["{} §", "§ {}", "§{}", "{}\u00a0§", "§ {}."])
extensions = st.sampled_from(["", "", "", " a"])
amounts = {(least, most): st.integers(least, most) for least in (0, 1) for most in (1, 2, 3)}
openings = st.lists(sentences, max_size=2)


@st.composite
def paragrafer(draw: st.DrawFn, number: str, style: str, *, headed: bool | None = None, titled: bool = True) -> Provision:
    """A §, printed in one of the ways; `headed`: it must or must not have a heading; not `titled`: not on the number's line."""
    children = draw(contents)
    heading = draw(headings) if headed or (headed is None and draw(either)) else ""
    layout = draw(layouts)
    begins = children[0].kind is K.STYCKE and children[0].text
    if not begins or (layout == TITLE_LINE and not (heading and titled)):
        layout = ""
    return Provision(K.PARAGRAF, number=number, marker=style.format(number), heading=heading, children=children, layout=layout)


@st.composite
def sections_of(draw: st.DrawFn, start: int) -> tuple[Provision, ...]:
    """§§ from `start` on, some of them in avsnitt, before them perhaps text that belongs to no §."""
    style = draw(styles)
    numbers = iter(range(start, start + 100))

    def run(at_most: int, *, headed: bool | None = None, least: int = 1, titled: bool = True) -> tuple[Provision, ...]:
        found = []
        for _ in range(draw(amounts[least, at_most])):
            number = str(next(numbers)) + draw(extensions)
            found.append(draw(paragrafer(number, style, headed=headed, titled=titled)))
        return tuple(found)

    made: list[Provision] = [Provision(K.STYCKE, text=text) for text in draw(openings)]
    if draw(either):
        # An avsnitt that begins with text ends at the next heading, and that one must have a line of its own.
        made.append(Provision(K.AVSNITT, heading=draw(headings), children=(draw(stycken), *run(2, headed=False, least=0))))
        made += run(1, headed=True, titled=False)
    made += run(3, least=0 if made else 1)
    for _ in range(draw(amounts[0, 2])):
        made.append(Provision(K.AVSNITT, heading=draw(headings), children=(*run(1, headed=True), *run(2, least=0))))
    return tuple(made)


@st.composite
def charters(draw: st.DrawFn) -> Charter:
    shape = draw(st.sampled_from(["plain", "chapters", "parts"]))
    style = draw(st.sampled_from(["{} kap.", "{} kap", "Kap {}", "Kapitel {}", "Kap. {}"]))
    if shape == "plain":
        body = draw(sections_of(1))
    else:
        chapters = []
        start = 1
        for number in range(1, draw(st.integers(1, 3)) + 1):
            children = draw(sections_of(start))
            start += sum(p.kind is K.PARAGRAF for p in walk(children))
            heading = draw(st.one_of(headings, st.just("")))
            chapters.append(Provision(K.KAPITEL, number=str(number), marker=style.format(number), heading=heading, children=children))
        body = tuple(chapters)
        if shape == "parts":
            parts = [Provision(K.AVSNITT, heading=draw(headings), children=body[:1])]
            parts += [Provision(K.AVSNITT, heading=draw(headings), children=body[1:])] if body[1:] else []
            body = tuple(parts)
    for number in range(1, draw(st.integers(0, 2)) + 1):
        heading = draw(st.one_of(st.just(""), headings))
        body += (Provision(K.BILAGA, number=str(number), marker=f"Bilaga {number}", heading=heading, children=draw(contents)),)
    title = draw(headings)
    facts = draw(st.lists(st.tuples(st.sampled_from(["Antaget", "Gäller från", "Dnr", "Senast reviderat av KF"]), words), max_size=3))
    return Charter(CharterId("x"), title, CommitteeId("x"), body, tuple(facts))


@given(charters())
@settings(max_examples=80)
def test_a_charter_written_and_read_is_the_same(charter: Charter) -> None:
    text = text_writer.write(clean_page(charter)).decode()
    read = read_charter(text)
    assert read.title == charter.title
    assert read.facts == charter.facts
    assert tree(read.body) == tree(charter.body)
    assert read.body == charter.body


@given(charters())
def test_the_text_of_a_charter_comes_back_byte_for_byte(charter: Charter) -> None:
    text = text_writer.write(clean_page(charter)).decode()
    assert written(read_charter(text)) == text


@given(charters(), st.sampled_from([3, 8]))
def test_line_ends_marks_and_blank_lines_do_not_matter(charter: Charter, many: int) -> None:
    text = text_writer.write(clean_page(charter)).decode()
    other = "\ufeff" + unicodedata.normalize("NFD", text).replace("\n\n", "\n" * many).replace("\n", " \r\n")
    assert read_charter(other).body == charter.body


# Laws on any text.

PIECES = (
    "1 §/§ 1/§ 2/2 §/3 a §/§/xx §/§ 3 Ansvar/4 § Nämnden ansvarar/5 § nämnden ska/5 § kommunallagen gäller/"
    "§ 6 Nämnden leds av en ordförande./§§ 3–4/1 kap. Uppgifter/Kap 2/2 kap/6 kap. 24 § kommunallagen/Bilaga 1 Råd/Bilaga/"
    "Bilaga 2/Bilaga A Karta/Rubrik/Mål och ekonomi/Avgifter m.m./Ikraftträdande/ADB/Vad nämnden ska göra/Övergångsbestämmelser/"
    "Del A Gemensamt/1.1 Allmänt/– ett/- två/-Tre/•/• fyra/  • fem/    1. sex/1. sju/2) åtta/a) nio/\ta. tio/b)/o elva/* tolv/3./"
    "som avses här./  som avses där./    samt mer/enligt lag/Nämnden ska/Nämnden beslutar./Nämnden får:/A | B/C | /| D/"
    "Antaget: KF/Dnr:/Antaget av KF 2014-12-10, § 145/# anmärkning/Reglemente för nämnden/(Ändrad)/”Citat”/1:a/12/Kommun: X// /"
    "\u00a0/e\u0301\u0301/\u00ad/\u200b/…/_ §"
).split("/")
pieces = st.sampled_from(PIECES)
noise = st.lists(st.one_of(pieces, pieces, pieces, st.text(max_size=12)), max_size=25).map("\n".join)


def letters(text: str) -> str:
    """All that is printed: no blanks, no control characters."""
    kept = "".join(c for c in text if c.isprintable() or ord(c) > 159)
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", kept.replace("\ufeff", "")))


OUTRIGHT = re.compile(r"^\s*(?:={1,2}|\\)\s+(?=\S)")


def printed(text: str) -> str:
    """`letters` of the text without the remarks at its head and end, and without the marks that say outright what a line is."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    while lines and lines[0].startswith("# "):
        del lines[0]
    while lines and lines[-1].startswith("# "):
        del lines[-1]
    return letters("".join(OUTRIGHT.sub("", line) for line in lines))


@given(noise)
@settings(max_examples=600)
def test_nothing_is_lost_and_nothing_moves(text: str) -> None:
    """Whatever the text: all its letters stand in the charter, in the same order (but for a number printed twice)."""
    try:
        read = read_charter(text)
    except CannotRead:
        assert not printed(text) or "\0" in text or "## " in text
        return
    if not any("två gånger i rad" in p.message for p in read.problems):
        # The written form may say outright what a line is where the text did not.
        assert printed(written(read)) == printed(text)


@given(noise)
@settings(max_examples=600)
def test_the_text_form_is_a_normal_form(text: str) -> None:
    """What was read from any text at all is read alike when it has been written."""
    try:
        read = read_charter(text)
    except CannotRead:
        return
    form = written(read)
    if not form.strip() or form.startswith("# ") or form.rpartition("\n\n")[2].startswith("# "):
        return
    again = read_charter(form)
    assert (again.title, again.facts, tree(again.body)) == (read.title, read.facts, tree(read.body))
    assert written(again) == form


UNITS = (
    "§ {n}\nNämnden ska.", "Rubrik\n\n§ {n}\nNämnden ska.\n\nNämnden får\n– led\n– två", "§ {n} Ansvar\nNämnden ska.",
    "= Om utskottet\n\nUtskottet ska.\n\nUtskottet får.", "== Om utskottet:\n\nUtskottet ska.", "= Om listan\n\n– led\n– två",
    "= Mål\n\n== Parker\n\n§ {n}\nNämnden ska.", "== Torg\n\n§ {n}\nNämnden ska.", "= Nämnden ansvarar för:\n\n§ {n}\nNämnden ska.",
    "= § {n} Jäv:\n– led\n– två", "= § {n} Nämnden ska svara för:\nParker.", "§ {n}\nNämnden ska.\n\n\\ Träd och buskar",
    "§ {n}\n– led\n– två\n\n\\ som står för sig.", "§ {n}\nNämnden ska.\n\n\\ § 9 Råd\n\n\\ – inte en lista\n\n\\ Mål\n\nNämnden får.",
    "Ikraftträdande\n\nReglementet gäller.", "{n} kap. Parker", "= Delar\n\n{n} kap. Torg",
)  # fmt: skip


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=8))
@settings(max_examples=400)
def test_what_a_text_says_outright_is_said_when_it_is_written(units: list[str]) -> None:
    """Headings inside a §, words that look like something else: charter -> text -> charter."""
    lines = [unit.format(n=n) for n, unit in enumerate(units, 1)]
    read = read_charter("\n\n".join(["Reglemente för nämnden", *lines]))
    text = written(read)
    again = read_charter(text)
    assert tree(again.body) == tree(read.body)
    assert again.body == read.body
    assert written(again) == text


@given(noise, st.sampled_from(list(Kind)))
@settings(max_examples=200)
def test_a_wording_is_read_whole_or_refused(text: str, kind: Kind) -> None:
    try:
        wording = read_wording(text, kind)
    except CannotRead:
        return
    assert wording.kind is kind or (kind, wording.kind) == (K.PUNKT, K.STRECKSATS)
    assert not any(p.wid for p in walk((wording,)))


@given(noise)
def test_joining_broken_lines_never_fails(text: str) -> None:
    try:
        read_charter(text, unwrap=True)
    except CannotRead:
        return


# Size.

SHAPES = {
    "charter": "{} §\nNämnden ansvarar för\n– parker\n  1. gräs\n– torg\ninom kommunen.\n\nRubrik\n\n",
    "headings": "Rubrik\n",
    "one number": "1 §\n",
    "one line": "Nämnden sköter parkerna och torgen ",
    "one word": "lagen",
    "underscores": "_x",
    "blank lines": "\n \n\t\n",
    "deeper and deeper": "{0}– a\n{0}  1. b\n",
    "rows": "A | B\n",
    "broken lines": "Nämnden ansvarar för parker, torg, alléer och andra platser som har\n",
    "annexes": "Bilaga\n",
    "spaces": "Nämnden   .   ",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("unwrap", [False, True])
def test_no_shape_of_text_takes_long(shape: str, unwrap: bool) -> None:
    """A megabyte or forty thousand lines."""
    piece = SHAPES[shape]
    many = min(1_000_000 // len(piece.encode()), 40_000 // max(piece.count("\n"), 1) if "\n" in piece else 1_000_000)
    if shape == "deeper and deeper":
        text = "Titel\n\n1 §\n" + "".join(piece.format("    " * depth) for depth in range(400))
    else:
        text = "Titel\n\n" + "".join(piece.format(index % 9999) for index in range(many))
    assert grows_evenly(lambda part: read_charter(part, unwrap=unwrap), text).title == "Titel"


def test_a_megabyte_of_charters_takes_no_more_than_seconds() -> None:
    one = (EXAMPLES[0].read_text(encoding="utf-8") + "\n") * 20
    text = one * (1_000_000 // len(one.encode()) + 1)
    read = grows_evenly(read_charter, text)
    assert len(text.split()) < sum(len(p.text.split()) + 3 for p in walk(read.body))


# What the tool says.


def test_problems_point_at_the_words() -> None:
    read = read_charter("Reglemente\n\nGäller från: ÅÅÅÅ-MM-DD\n\n1 §\nNämnden sköter parker.\n\n1 §\nNämnden sköter torg.")
    marked = [(p.code, p.place.line[p.place.start : p.place.end]) for p in read.problems]
    assert marked == [("NUMMER", "1 §"), ("PLATSHALLARE", "ÅÅÅÅ-MM-DD")]
    assert all(p.level is Level.VARNING and p.hint for p in read.problems)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\u00a0\n", "PK\x03\x04\0\0", "# en\n# två\n", "\x07\x01"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(CannotRead) as caught:
        read_charter(text)
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")


# The writer.


def test_a_page_says_what_it_is_above_its_title_and_is_read_without_that() -> None:
    charter = Charter(CharterId("x"), "Reglemente", CommitteeId("x"), read_provisions("1 §\nNämnden sköter parker."))
    facts = (("Gäller från", "2019-07-01"), ("Dnr", "KS 1"))
    text = text_writer.write(clean_page(charter, facts=facts, status=("Lydelse den 1 juli 2019", "Ej i kraft: inget")))
    assert text.decode() == (
        "# Lydelse den 1 juli 2019\n# Ej i kraft: inget\n\nReglemente\n\nGäller från: 2019-07-01\nDnr: KS 1\n\n"
        "1 §\nNämnden sköter parker.\n"
    )
    read = read_charter(text.decode())
    assert (read.title, read.body) == (charter.title, charter.body)
    assert read.facts == facts


def test_a_redline_is_written_as_the_text_that_it_leads_to() -> None:
    old = read_provisions(
        "Parker\n\n1 §\nNämnden ska\n– sköta parker\n– sköta torg\n\nNämnden samråder.\n\n2 §\nNämnden redovisar.\n\n3 §\nUtgår."
    )
    named = tuple(
        replace(p, wid=f"p{i}", children=tuple(replace(c, wid=f"p{i}-{j}") for j, c in enumerate(p.children))) for i, p in enumerate(old)
    )
    before = Charter(CharterId("x"), "Reglemente", CommitteeId("x"), named)
    changed = replace(named[0], heading="Gröna ytor", children=(replace(named[0].children[0], children=named[0].children[0].children[1:]),))
    after = replace(before, body=(changed, replace(named[1], number="1 a", marker="1 a §")))
    text = text_writer.write(redline_page(before, after)).decode()
    lines = text.splitlines()
    assert "\n".join(line for line in lines if not line.startswith("# ")).strip() == (
        "Reglemente\n\nGröna ytor\n\n1 §\nNämnden ska\n– sköta torg\n\n1 a §\nNämnden redovisar."
    )
    assert lines[0].startswith("# ")


@given(charters(), charters())
@settings(max_examples=25)
def test_every_redline_is_written_as_its_new_text(old: Charter, new: Charter) -> None:
    text = text_writer.write(redline_page(old, new)).decode()
    assert "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# ")).lstrip("\n") == (
        text_writer.write(clean_page(new)).decode()
    )


def test_an_item_without_a_printed_mark_gets_one() -> None:
    stycke = Provision(K.STYCKE, text="Nämnden ska", children=(Provision(K.STRECKSATS, text="leda"),))
    body = (Provision(K.PARAGRAF, number="1", marker="1 §", children=(stycke,)),)
    text = text_writer.write(clean_page(Charter(CharterId("x"), "Reglemente", CommitteeId("x"), body))).decode()
    assert text == "Reglemente\n\n1 §\nNämnden ska\n– leda\n"


# Files.

SWEDISH = "Nämnden ansvarar för – ”bl.a.” – parker.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_in_the_usual_encodings(encoding: str) -> None:
    data = SWEDISH.encode(encoding)
    assert text_source.read(data) == SWEDISH
    assert [p.code for p in text_source.problems(data)] == (["TECKENKODNING"] if encoding == "cp1252" else [])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\0", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1", "äldre Word"),
        (b"{\\rtf1 Text}", "RTF"),
        (b"\x89PNG\r\n", "bild"),
        (b"\n<!DOCTYPE html><p>", "webbsida"),
        (b"a\0b", "binär"),
        ("text".encode("utf-16-le"), "UTF-16"),
        (b"\xff\xfea", "teckenkodning"),
        (b"\x81\x8d\x8f", "teckenkodning"),
    ],
)
def test_other_kinds_of_files_are_named_and_refused(data: bytes, what: str) -> None:
    with pytest.raises(CannotRead, match=what):
        text_source.read(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = text_source.read(data)
    except CannotRead:
        return
    assert "\0" not in text


def test_the_shelf_of_sources() -> None:
    assert source_for(".txt") is text_source
    assert source_for(".TXT") is text_source
    for module in sources().values():
        assert callable(module.read)
    with pytest.raises(CannotRead, match=r"\.xyz") as caught:
        source_for(".xyz")
    assert ".txt" in caught.value.hint
    with pytest.raises(CannotRead, match="filändelse"):
        source_for("")
