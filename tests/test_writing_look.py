"""utseende.toml: what it may say, what is refused and how that is told, and what it does to documents."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from borrowed import FAMILY, fonts
from lxml import html as lxml_html
from pdfgate import faults
from sample import amended, sample
from test_writing_pdfgate import SVG, png

from reglemente_tool.cli.demo import examples
from reglemente_tool.cli.documents import look_of
from reglemente_tool.errors import CannotStore
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.build import redline_page
from reglemente_tool.writing.look import LARGEST, LEAST_CONTRAST, Colours, Look, contrast, read_look
from reglemente_tool.writing.page import CannotWrite, Page
from reglemente_tool.writing.writers import html, pdf

FULL = """
namn = "Ekby kommun"
[logotyp]
fil = "marke.svg"
text = "Ekby kommuns vapen"
hojd_mm = 15
[typsnitt]
filer = ["Ekby.ttf"]
[farger]
text = "#222222"
nytt = "#1B4F9C"
"""


def given(toml: str, **files: bytes) -> dict[str, bytes]:
    held = {"marke.svg": SVG, "marke.png": png(), "Ekby.ttf": fonts()[0], **{name.replace("_", "."): data for name, data in files.items()}}
    return {"utseende.toml": toml.encode(), **{f"utseende/{name}": data for name, data in held.items()}}


def redline() -> Page:
    return redline_page(sample(), amended(), municipality="Ekby")


def test_no_file_is_the_tools_own_look() -> None:
    assert read_look({}) == Look()
    assert read_look({"utseende.toml": b""}) == Look()


def test_all_that_can_be_said() -> None:
    look = read_look(given(FULL), folder="/register")
    assert (look.name, look.colours) == ("Ekby kommun", Colours(text="#222222", added="#1b4f9c"))
    assert look.logotype is not None
    assert (look.logotype.data, look.logotype.words, look.logotype.height) == (SVG, "Ekby kommuns vapen", 15)
    assert look.font is not None
    assert (look.font.family, [(c.path, c.weight, c.italic) for c in look.font.cuts]) == (
        FAMILY, [("/register/utseende/Ekby.ttf", 400, False)],
    )  # fmt: skip
    assert read_look(given('[logotyp]\nfil = "utseende/marke.png"\ntext = "x"\n')).logotype is not None


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{inside}</svg>'.encode()


LOGO = '[logotyp]\nfil = "marke.svg"\ntext = "x"\n'
FONT = '[typsnitt]\nfiler = ["Ekby.ttf"]\n'


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("namn = Ekby", "utseende.toml: rad 1 går inte att läsa."),
        ('\n\nnamn = "Ekby', "utseende.toml: filen slutar mitt i en uppgift."),
        ('namm = "Ekby"', "utseende.toml, namm: nyckeln är okänd."),
        ("namn = 5", "utseende.toml, namn: ska vara text inom citattecken"),
        ('namn = "a\\nb"', "utseende.toml, namn: ska vara text inom citattecken, på en rad"),
        ('farger = "röd"', "utseende.toml, farger: ska vara en grupp av uppgifter."),
        ('[farger]\ntext = "röd"', "utseende.toml, farger.text: ska vara en färg som"),
        ('[farger]\nrubrik = "#888888"', "utseende.toml, farger.rubrik: #888888 är för ljus för att läsas på vitt (kontrasten är 3,2,"),
        ('[farger]\nbakgrund = "#000000"', "utseende.toml, farger.bakgrund: nyckeln är okänd."),
        ('[logotyp]\nfil = "marke.svg"', "utseende.toml, logotyp.text: saknas."),
        ('[logotyp]\ntext = "x"', "utseende.toml, logotyp.fil: None kan inte vara filen."),
        ('[logotyp]\nfil = "../register.xml"\ntext = "x"', "utseende.toml, logotyp.fil: ”../register.xml” kan inte vara filen."),
        ('[logotyp]\nfil = "/etc/marke.svg"\ntext = "x"', "kan inte vara filen."),
        ('[logotyp]\nfil = "under/marke.svg"\ntext = "x"', "kan inte vara filen."),
        ('[logotyp]\nfil = "Ekby.ttf"\ntext = "x"', "kan inte vara filen."),
        ('[logotyp]\nfil = "annat.svg"\ntext = "x"', "utseende.toml, logotyp.fil: filen utseende/annat.svg finns inte i registret."),
        (LOGO + "hojd_mm = 400", "utseende.toml, logotyp.hojd_mm: ska vara ett helt tal från 6 till 40."),
        ("[typsnitt]\nfiler = []", "utseende.toml, typsnitt.filer: ska vara en lista med en till sex filer."),
        ('[typsnitt]\nfiler = ["marke.svg"]', "kan inte vara filen."),
    ],
)
def test_what_is_refused_is_told_by_its_key(toml: str, said: str) -> None:
    with pytest.raises(CannotWrite) as error:
        read_look(given(toml))
    assert said in error.value.message


@pytest.mark.parametrize(
    ("toml", "file", "data", "said"),
    [
        (LOGO, "marke_svg", b"<html/>", "inte en vanlig bild i formatet SVG"),
        (LOGO, "marke_svg", b"GIF89a", "inte en bild i formatet SVG"),
        (LOGO, "marke_svg", svg("<script>alert(1)</script>"), "bilden har <script> på rad 2"),
        (LOGO, "marke_svg", svg("<text>Ekby</text>"), "bilden har <text> på rad 2"),
        (LOGO, "marke_svg", svg('<image href="x.png"/>'), "bilden har <image> på rad 2"),
        (LOGO, "marke_svg", svg('<use xlink:href="https://example.org/x.svg#a"/>'), "hämtar något utifrån på rad 2"),
        (LOGO, "marke_svg", svg('<path fill="url(https://example.org/#a)"/>'), "hämtar något utifrån på rad 2"),
        (LOGO, "marke_svg", svg('<path onclick="alert(1)"/>'), "hämtar något utifrån på rad 2"),
        (LOGO, "marke_svg", svg("<style>@import 'https://example.org/x.css';</style>"), "hämtar något utifrån på rad 2"),
        (LOGO, "marke_svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "inte en vanlig bild i formatet SVG"),
        (LOGO, "marke_svg", b" " * (LARGEST[".svg"] + 1), "utseende/marke.svg: filen är 200 kB, och högst 200 kB"),
        (LOGO.replace("svg", "png"), "marke_png", SVG, "inte en bild i formatet PNG"),
        (LOGO.replace("svg", "png"), "marke_png", png()[:16] + b"\0\1\0\0" + png()[20:], "mer än 4000 bildpunkter"),
        (FONT, "Ekby_ttf", b"", "Ekby.ttf är inte ett typsnitt"),
        (FONT, "Ekby_ttf", fonts()[0][:500], "Ekby.ttf är inte ett typsnitt"),
        (FONT, "Ekby_ttf", b"wOF2" + fonts()[0], "Ekby.ttf är inte ett typsnitt"),
    ],
)
def test_a_file_that_is_not_what_it_should_be(toml: str, file: str, data: bytes, said: str) -> None:
    with pytest.raises(CannotWrite) as error:
        read_look(given(toml, **{file: data}))
    assert said in error.value.message


def test_a_drawing_may_point_at_itself() -> None:
    own = svg('<defs><linearGradient id="a"/></defs><path id="b" fill="url(#a)" d="M0 0h9v9z"/><use xlink:href="#b"/>')
    assert read_look(given(LOGO, marke_svg=own)).logotype is not None


def test_the_files_of_a_font_belong_together() -> None:
    both = '[typsnitt]\nfiler = ["Ekby.ttf", "Annat.ttf"]\n'
    other = fonts()[1].replace(FAMILY.encode("utf-16-be"), ("X" * len(FAMILY)).encode("utf-16-be"))
    with pytest.raises(CannotWrite, match="hör till olika typsnitt"):
        read_look(given(both, Annat_ttf=other))
    look = read_look(given(both, Annat_ttf=fonts()[-1]))
    assert look.font is not None
    assert [(cut.weight, cut.italic) for cut in look.font.cuts] == [(400, False), (700, True)]


def test_contrast_is_wcags() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    own = Colours()
    for colour in (own.text, own.heading, own.grey, own.added, own.removed, own.moved):
        assert contrast(colour, "#f4f4f2") >= LEAST_CONTRAST


# --- what it does -------------------------------------------------------------------------------------------------


def register(tmp_path: Path, toml: str = FULL) -> Register:
    shutil.copytree(examples() / "norrboda", tmp_path / "r", ignore=shutil.ignore_patterns("utseende*"))
    for name, data in given(toml).items():
        (tmp_path / "r" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "r" / name).write_bytes(data)
    return Register.open(tmp_path / "r")


def test_a_register_with_a_look_holds(tmp_path: Path) -> None:
    held = register(tmp_path)
    assert held.verify().ok
    assert look_of(held).name == "Ekby kommun"
    assert look_of(Register.open(examples() / "vanersborg")) == Look()
    assert look_of(Register.open(examples() / "norrboda")).logotype is not None


def test_a_link_out_of_the_register_is_not_followed(tmp_path: Path) -> None:
    held = register(tmp_path)
    logo = held.folder / "utseende" / "marke.svg"
    logo.unlink()
    logo.symlink_to("/etc/hostname")
    with pytest.raises(CannotStore, match="är en länk"):
        look_of(held)


@pytest.mark.parametrize("form", ["lopande", "spalter"])
def test_the_pdf_has_it(tmp_path: Path, form: str) -> None:
    look = look_of(register(tmp_path))
    content = pdf.write(redline(), form=form, look=look)
    assert faults(content) == []
    with pikepdf.open(pdf_file(tmp_path, content)) as file:
        used = {str(font.BaseFont) for page in file.pages for font in dict(page.obj.Resources.Font).values()}
        figure = [node for node in file.objects if isinstance(node, pikepdf.Dictionary) and node.get("/S") == pikepdf.Name.Figure]
    assert any("DejaVuSansMono" in name for name in used), used
    assert [str(node.Alt) for node in figure] == ["Ekby kommuns vapen"]
    assert content == pdf.write(redline(), form=form, look=look)


def pdf_file(folder: Path, content: bytes) -> Path:
    (folder / "x.pdf").write_bytes(content)
    return folder / "x.pdf"


def test_a_font_that_has_gone_is_an_error_and_no_blank_pages(tmp_path: Path) -> None:
    look = look_of(register(tmp_path))
    shutil.rmtree(tmp_path / "r")
    with pytest.raises(CannotWrite, match="gick inte att läsa"):
        pdf.write(redline(), look=look)


def test_the_web_page_has_it(tmp_path: Path) -> None:
    tree = lxml_html.fromstring(html.write(redline(), look=look_of(register(tmp_path))).decode())
    (image,) = tree.xpath("//img")
    assert (image.get("alt"), image.get("src")[:26]) == ("Ekby kommuns vapen", "data:image/svg+xml;base64,")
    style = tree.xpath("string(//style)")
    assert "--new: #1b4f9c" in style
    assert 'font-family: "kommunens"; font-weight: 400; font-style: normal; src: url("data:font/ttf;base64,' in style
    assert tree.xpath("string(//p[@class='kommun'])") == "Ekby kommun"
    policy = tree.xpath("string(//meta[@http-equiv]/@content)")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
    plain = html.write(replace(redline(), status=())).decode()
    assert "img-src" not in plain
    assert "font-src" not in plain
