"""PDF files: by their tags when they have any that hold, else by where the words stand on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.sources._guard import refuse_large, refuse_other
from reglemente_tool.reading.sources._hyphens import words_in
from reglemente_tool.reading.sources._pdfchars import Char, chars, upright
from reglemente_tool.reading.sources._pdflines import rows_of_pages, without_running
from reglemente_tool.reading.sources._pdfparagraphs import paragraphs
from reglemente_tool.reading.sources._pdfstruck import without_struck
from reglemente_tool.reading.sources._pdftags import TagReader
from reglemente_tool.reading.sources._pieces import STRUCK, struck_out

SUFFIX = ".pdf"

MOST_PAGES = 150
MOST_LETTERS = 12_000
"""On one page; a page of small print has some six thousand."""
_SCANNED = 15
"""A document with fewer letters than this for each page is pictures of pages."""


def read(data: bytes, done: Callable[[], object] = lambda: None) -> Document:
    """Return the document; `done` is called for each page gone through.

    Raises CannotRead for what is not a PDF, is broken, locked, too long, or pictures of pages.
    """
    import pypdfium2

    refuse_large(data)
    refuse_other(data, "en PDF-fil", "en PDF")
    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CannotRead("PDF-filen är skyddad med lösenord.", hint="Ta bort skyddet och försök igen.") from None
        raise CannotRead("PDF-filen är trasig och går inte att öppna.", hint="Hämta eller spara den på nytt och försök igen.") from None
    try:
        if count > MOST_PAGES:
            many = f"PDF-filen har {count} sidor. Gränsen är {MOST_PAGES}."
            raise CannotRead(many, hint="Dela upp den, så att varje reglemente är en fil.")
        return _document(pdf, count, done)
    finally:
        pdf.close()


def _document(pdf: Any, count: int, done: Callable[[], object]) -> Document:
    import pypdfium2
    import pypdfium2.raw as raw

    tagged = bool(raw.FPDFCatalog_IsTagged(pdf.raw))
    pages: list[tuple[list[Char], float]] = []
    struck: list[LeftOut] = []
    try:
        opened = [pdf[number] for number in range(count)]
        for page in opened:
            textpage = page.get_textpage()
            if raw.FPDFText_CountChars(textpage.raw) > MOST_LETTERS:
                raise CannotRead("PDF-filen har en sida med orimligt mycket text.", hint="Kontrollera att det är rätt fil.")
            letters, gone = without_struck(page, chars(page, textpage.raw))
            struck += [LeftOut(STRUCK, words, page=len(pages) + 1) for words in gone]
            pages.append((letters, float(page.get_height())))
            textpage.close()
            done()
        everything = "".join(char.text for letters, _ in pages for char in letters)
        letters_in_all = sum(c.isalnum() for c in everything)
        if letters_in_all < _SCANNED * count:
            raise CannotRead(
                "PDF-filen är inskannad: den har bilder av sidor men ingen text.",
                hint="Be om originalet i Word, eller låt ett program för textigenkänning (OCR) läsa den först.",
            )
        pages, aslant = upright(pages)
        stamps = (*struck, *(LeftOut("vattenstämpel", words) for words in aslant))
        told = tuple(struck_out(struck, "PDF-filen"))
        rows = rows_of_pages(pages)
        known = words_in("\n".join(row.text for page_rows in rows for row in page_rows))
        if tagged:
            reader = TagReader(known)
            for number, (page, (letters, _)) in enumerate(zip(opened, pages, strict=True), 1):
                reader.page(page.raw, number, letters)
            inside = sum(char.mcid >= 0 and char.text.isalnum() for letters, _ in pages for char in letters)
            if inside * 2 > letters_in_all and _holds(reader, inside):
                pieces = _on_the_page(reader.pieces, opened)
                return Document(pieces, (*reader.left_out, *_artefacts(pages), *stamps), told + _warnings(pieces))
    except pypdfium2.PdfiumError:
        raise CannotRead("PDF-filen är trasig: en sida går inte att läsa.", hint="Hämta eller spara den på nytt.") from None
    kept, left_out = without_running(rows)
    pieces = _on_the_page(paragraphs(kept, known), opened)
    return Document(pieces, (*left_out, *stamps), told + _warnings(pieces))


def _on_the_page(pieces: tuple[Piece, ...], pages: list[Any]) -> tuple[Piece, ...]:
    """Say how far down a piece stands only where that can be seen on the page: not on one that is turned or cut."""
    askew = {at for at, page in enumerate(pages, 1) if page.get_rotation() or tuple(page.get_bbox()[:2]) != (0, 0)}
    return tuple(
        replace(piece, top=-1.0) if piece.page in askew or not 0 <= piece.top <= 1 else piece for piece in pieces
    )


def _holds(reader: TagReader, letters: int) -> bool:
    """True when the tags cover the text, and tag paragraphs rather than lines."""
    pieces = reader.pieces
    if not pieces or reader.letters < 0.7 * letters:
        return False
    texts = [p for p in pieces if p.role is Role.TEXT]
    cut = sum(p.text[:1].islower() for p in texts)
    return cut * 4 < max(len(texts), 8)


def _artefacts(pages: list[tuple[list[Char], float]]) -> list[LeftOut]:
    """What stands outside the tags: running heads, said once."""
    found: dict[str, LeftOut] = {}
    for rows in rows_of_pages([([c for c in letters if c.mcid < 0], height) for letters, height in pages]):
        for row in rows:
            words = "".join("#" if c.isdigit() else c for c in row.text)
            if any(c.isalnum() or c == "#" for c in words):
                found.setdefault(words, LeftOut("sidhuvud" if row.y > row.height / 2 else "sidfot", row.text, row.page))
    return list(found.values())


def _warnings(pieces: tuple[Piece, ...]) -> tuple[Problem, ...]:
    replaced = sum("\ufffd" in piece.text for piece in pieces)
    if not replaced:
        return ()
    return (
        Problem("TECKEN", f"PDF-filen har tecken som inte går att läsa, i {replaced} stycken.", level=Level.VARNING,
                hint="De står som \ufffd. Rätta dem efter originalet."),
    )  # fmt: skip
