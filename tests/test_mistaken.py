"""Documents that are no charter, or show two wordings at once: refused or told, and struck words are never law."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from documents import par, run, word
from prints import prints, read
from test_commands import typed

from reglemente_tool.cli.demo import examples
from reglemente_tool.cli.files import charter_in
from reglemente_tool.errors import CannotRead
from reglemente_tool.reading.document import Document, Piece, Role
from reglemente_tool.reading.wording import read_charter, read_document
from reglemente_tool.reading.wording.mistaken import decided_in, refuse_mistaken_text

ALE = examples() / "ale"


@cache
def printed(command: str) -> bytes:
    """What a command writes to a file."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ut")
        assert typed(f"reglemente {command} --register {ALE} --ut {path}")[0] == 0
        return path.read_bytes()


# Our own prints.

COMPARISON, DECISION, ROWS = "en jämförelse av två lydelser", "ett beslut av fullmäktige", "varifrån varje rad"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        *((f"jamfor ks {form} --som {som}", COMPARISON) for form in ("", "--bara-andrat", "--form spalter") for som in ("html", "pdf")),
        ("jamfor ks --som md", COMPARISON), ("jamfor ks --som docx --form spalter", COMPARISON),
        ("jamfor ks --som docx --bara-andrat", COMPARISON),
        ("jamfor ks --som pdf --markorer ord", COMPARISON),
        *((f"beslut kf-2019-05-27-92 --som {som}", DECISION) for som in ("html", "pdf", "docx", "md")),
        *((f"historik ks --rader --som {som}", ROWS) for som in ("html", "pdf", "docx", "md")),
    ],
)  # fmt: skip
def test_a_print_of_something_else_is_refused(command: str, says: str) -> None:
    with pytest.raises(CannotRead, match=says) as caught:
        read(printed(command), f".{command.split('--som ')[1].split()[0]}")
    assert ("reglemente las" in caught.value.hint) == (says is DECISION)


def test_a_comparison_in_word_is_read_as_accepted_and_that_is_told() -> None:
    found = read(printed("jamfor ks --som docx"), ".docx")
    new = next(one.charter for one in prints() if one.name == "ale kommunstyrelsen 2019-07-01")
    assert found.body == read_charter(printed("visa ks --som text").decode()).body
    assert found.title == new.title
    assert [p.code for p in found.problems] == ["SPARADE-ANDRINGAR"]


@pytest.mark.parametrize(
    ("command", "says"), [("visa ks", "skriven för skärmen"), ("jamfor ks", COMPARISON), ("beslut kf-2019-05-27-92", DECISION)]
)
def test_what_is_copied_from_the_screen_is_refused(tmp_path: Path, command: str, says: str) -> None:
    shown = typed(f"reglemente {command} --register {ALE}")[1]
    (tmp_path / "skarm.txt").write_text(shown, encoding="utf-8")
    with pytest.raises(CannotRead, match=says):
        charter_in(str(tmp_path / "skarm.txt"))


# Minutes, by whoever wrote them.

MINUTES = sorted((*examples().glob("underlag/*/beslut/*.txt"), *examples().glob("beslut/*.txt")))


@pytest.mark.parametrize("path", MINUTES, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_minutes_are_told_apart(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    with pytest.raises(CannotRead, match="beslut av fullmäktige, §") as caught:
        charter_in(str(path))
    assert "reglemente las" in caught.value.hint
    with pytest.raises(CannotRead, match="beslut av fullmäktige, §"):
        read_document(Document(tuple(Piece(line) for line in text.splitlines() if line.strip())))


@pytest.mark.parametrize("path", sorted(p for p in examples().glob("underlag/*/*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_charter_is_never_taken_for_minutes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert refuse_mistaken_text(text) == ()
    assert decided_in([Piece(line) for line in text.splitlines()]) == ()


def test_minutes_with_a_charter_in_them_are_read_and_told() -> None:
    text = MINUTES[0].read_text(encoding="utf-8") + "\nBilaga\n\n1 §\nNämnden har hand om hamnen.\n"
    assert [p.code for p in refuse_mistaken_text(text)] == ["ANNAN-HANDLING"]


# Two wordings at once, by others.


def test_two_columns_of_wordings_are_refused() -> None:
    title = Piece("Reglemente för hamnnämnden", Role.TITLE)
    for head in ((Piece("Nuvarande lydelse | Föreslagen lydelse", Role.ROW),), (Piece("Gällande text"), Piece("Ny text"))):
        with pytest.raises(CannotRead, match="två lydelser bredvid varandra"):
            read_document(Document((title, *head, Piece("1 § Nämnden sköter kajer. | 1 § Nämnden sköter hamnar.", Role.ROW))))
    assert read_document(Document((title, Piece("1 §"), Piece("Ny text ska tas in i reglementet av nämnden.")))).body


STRUCK = "<h1>Reglemente</h1><p>1 §</p><p>Nämnden sköter {} hamnar.</p><ul><li>båtar</li><li>{}</li></ul>"


@pytest.mark.parametrize("tags", [True, False])
def test_words_with_a_line_through_them_in_a_pdf_are_no_text(tags: bool) -> None:
    from test_importing import typeset

    table = "#table(columns: 2, [Ärende], [Delegat], [Lov], [Chef])"
    words = "Nämnden sköter #strike[kajer och\nbryggor] hamnar i #underline[kommunen]."
    found = read(typeset(f"= Reglemente\n\n*1 §*\n\n{words}\n\n#line(length: 50%)\n\n*2 §*\n\n{table}", tags=tags), ".pdf")
    assert [b.text for b in found.blocks if b.level in ("stycke", "tabellrad")] == [
        "Nämnden sköter hamnar i kommunen.", "Ärende | Delegat", "Lov | Chef",
    ]  # fmt: skip
    assert [one.text for one in found.left_out if one.what == "struken text"] == ["kajer och bryggor"]
    assert [p.code for p in found.problems] == ["SPARADE-ANDRINGAR"]


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        *((".html", STRUCK.format(f"<{tag}>kajer</{tag}>", f"<{tag}>master</{tag}>").encode()) for tag in ("del", "s", "strike")),
        (".html", STRUCK.format(*(f'<b style="color: red; text-decoration: line-through">{w}</b>' for w in ("kajer", "master"))).encode()),
        (".md", "# Reglemente\n\n1 §\nNämnden sköter ~~kajer~~ <ins>hamnar</ins>.\n\n- båtar\n- <del>master</del>\n".encode()),
        (".docx", word(
            par("Reglemente", style="T"), par("1 §"), par(run("Nämnden sköter ") + run("kajer", "<w:strike/>") + run(" hamnar.")),
            par("• båtar"), par(run("master", "<w:dstrike/>")),
        )),
    ],
)  # fmt: skip
def test_struck_words_are_no_text_and_are_told(suffix: str, data: bytes) -> None:
    found = read(data, suffix)
    assert [(b.level, b.text) for b in found.blocks[2:]] == [("stycke", "Nämnden sköter hamnar."), ("strecksats", "båtar")]
    assert [one.text for one in found.left_out if one.what == "struken text"] == ["kajer", "master"]
    assert [p.code for p in found.problems] == ["SPARADE-ANDRINGAR"]
    assert "2 strukna ställen" in found.problems[0].message
