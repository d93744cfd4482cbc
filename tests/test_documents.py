"""Documents of drafts: on every page they say that nobody has decided or confirmed what they show."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from lxml import html as lxml_html
from pdfgate import faults
from test_commands import typed

DECISION = """\
Kommunfullmäktige § 12

KS 2026/3

Kommunfullmäktige beslutar

att strecksatsen ”ansvara för integrationsfrågor” i § 2 i reglementet för socialnämnden utgår,
att ”integrationsfrågor” förs in som en egen strecksats under § 2 första stycket i reglementet för kommunstyrelsen.
"""


@pytest.fixture
def register(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(example, tmp_path / "r", symlinks=True)
    monkeypatch.chdir(tmp_path / "r")
    Path("beslut.txt").write_text(DECISION, encoding="utf-8")
    Path("ut").mkdir()
    return tmp_path / "r"


def draft(*options: str) -> str:
    """Read the decision, and return the name of the draft."""
    code, _ = typed(" ".join(("reglemente las beslut.txt", *options)))
    assert code == 0
    (made,) = Path("forslag").glob("*.xml")
    return made.stem


def pages(path: Path) -> list[str]:
    file = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in file]


@pytest.mark.parametrize("form", ["lopande", "spalter"])
def test_a_draft_without_a_day_is_not_adopted(register: Path, form: str) -> None:
    name = draft("--galler-fran 2027-07-01")
    code, _ = typed(f"reglemente prova {name} --som pdf --form {form} --ut ut")
    assert code == 1, "the day of the decision is still to be told"
    made = sorted(path.name for path in Path("ut").iterdir())
    assert made == [f"{name}-kommunstyrelsen.pdf", f"{name}-socialnamnden.pdf"]
    for file in made:
        content = Path("ut", file).read_bytes()
        assert faults(content) == []
        read = pages(Path("ut", file))
        assert all(page.startswith(("UTKAST, INTE ANTAGET", "Vänersborgs kommun UTKAST, INTE ANTAGET")) for page in read)
        assert "Utkast, inte antaget. Så blir lydelsen enligt förslaget" in read[0]
        assert "Ingenting av detta är infört i registret." in read[0]
        assert "Det går inte att föra in än: Vilken dag beslutade kommunfullmäktige?" in read[0]
        assert "Nuvarande lydelse gäller från 2015-01-01" in read[0]
        assert "Utkastet gäller från 2027-07-01" in read[0]
        assert "Dnr KS 2026/3" in read[0]
        if form == "spalter":
            assert all("Nuvarande lydelse Föreslagen lydelse" in page for page in read[:-1])


def test_a_draft_of_a_decision_is_not_confirmed(register: Path) -> None:
    name = draft("--galler-fran 2026-07-01 --beslutat 2026-06-17 --svar PARAGRAF=12")
    code, _ = typed(f"reglemente prova {name} --svar FORTSATTER:2=ja --som html --bara-andrat --ut ut")
    assert code == 0
    tree = lxml_html.fromstring(Path("ut", f"{name}-kommunstyrelsen.html").read_text(encoding="utf-8").replace("\u00a0", " "))
    assert tree.xpath("string(//p[@class='utkast'])") == "Utkast, läsningen är inte bekräftad"
    assert tree.xpath("string(//title)").startswith("Utkast, läsningen är inte bekräftad: ")
    assert 'content: "Utkast, läsningen är inte bekräftad"' in tree.xpath("string(//style)")
    assert "kommunfullmäktiges beslut 2026-06-17, § 12, så som programmet har läst det" in tree.text_content()
    # What has come from another charter is told as moved, as it will be when it is enacted.
    assert "flyttad hit från reglemente för socialnämnden, 2 § första stycket fjärde strecksatsen" in tree.text_content()
    assert "– – – står för text som inte har ändrats" in tree.text_content()


def test_two_documents_need_a_folder(register: Path) -> None:
    name = draft("--galler-fran 2026-07-01 --beslutat 2026-06-17 --svar PARAGRAF=12")
    code, printed = typed(f"reglemente prova {name} --ut ett.pdf")
    assert (code, Path("ett.pdf").exists()) == (1, False)
    assert "ändrar 2 reglementen" in printed


def test_nothing_is_written_in_the_register(register: Path) -> None:
    name = draft("--galler-fran 2026-07-01 --beslutat 2026-06-17 --svar PARAGRAF=12")
    before = {p: p.read_bytes() for p in register.rglob("*") if p.is_file() and "ut" not in p.relative_to(register).parts}
    typed(f"reglemente prova {name} --som pdf --ut ut")
    assert {p: p.read_bytes() for p in register.rglob("*") if p.is_file() and "ut" not in p.relative_to(register).parts} == before


def test_a_redline_in_columns_says_which_wordings(register: Path) -> None:
    name = draft("--galler-fran 2026-07-01 --beslutat 2026-06-17 --svar PARAGRAF=12")
    assert typed(f"reglemente infor {name} --bekraftad-av kommunjurist")[0] == 0
    assert typed("reglemente jamfor socialnämnden 2026-06-30 2026-07-01 --som pdf --form spalter --bara-andrat --ut s.pdf")[0] == 0
    (one,) = pages(Path("s.pdf"))
    assert "Lydelsen 2026-06-30 Lydelsen 2026-07-01" in one
    assert "UTKAST" not in one
    assert date(2026, 7, 1).isoformat() in one
