"""DOCX, for Word: the clean text to send on, and the redline as tracked changes that can be accepted or rejected.

The words are the charter's, letter for letter: what is left when all is accepted is the new text, when all is rejected the
old, with its styles. Numbers and markers are text and never counted by Word.
"""

from __future__ import annotations

from reglemente_tool.writing.columns import columns
from reglemente_tool.writing.page import CannotWrite, Page

NAME = "docx"
SUFFIX = ".docx"

FORMS = ("lopande", "spalter")

_TRACKED = "Ändringarna är spårade: godkänn alla så står den nya lydelsen här, avvisa alla så står den tidigare."
_SHORTENED = "Ändringarna är spårade. Bara de paragrafer som ändras står här, så ingen av lydelserna blir hel om de godkänns eller avvisas."
_COLUMNS = "Ord som är kursiva och understrukna är ändrade. – – – står för text som inte ändras."


def write(page: Page, *, form: str = "lopande") -> bytes:
    """Return the page as DOCX; the same page gives the same bytes.

    `form` "lopande" is running text, a redline with tracked changes; "spalter" sets the two wordings of a redline beside
    each other in a table. Raises CannotWrite for any other form, and for "spalter" where there is nothing to compare.
    """
    from reglemente_tool.writing.writers.docx import frame
    from reglemente_tool.writing.writers.docx.beside import set_beside
    from reglemente_tool.writing.writers.docx.container import packed
    from reglemente_tool.writing.writers.docx.markup import SPACER, Markup, add, root
    from reglemente_tool.writing.writers.docx.moves import with_moves
    from reglemente_tool.writing.writers.docx.paragraphs import Paragraph, set_page

    if form not in FORMS:
        raise CannotWrite(f"Formen ”{form}” finns inte för docx.", hint=f"Välj {' eller '.join(FORMS)}.")
    if form == "spalter" and not page.redline:
        raise CannotWrite("Två spalter visar vad som skiljer två lydelser, och här finns bara en.", hint="Välj formen lopande.")
    tracked = page.redline and form == "lopande"
    explained = _SHORTENED if page.shortened else _TRACKED
    markup = Markup(*frame.by(page), tracked)
    document = root("document")
    body = add(document, "body")
    if form == "spalter":
        markup.write(body, frame.head(page, _COLUMNS, tracked=False))
        set_beside(body, markup, page.sides, columns(page))
    else:
        markup.write(body, frame.head(page, explained if tracked else "", tracked=tracked))
        markup.write(body, with_moves(set_page(page)))
    if page.redline:
        # The last paragraph's mark cannot be accepted or rejected, so the last of the text is not it.
        markup.write(body, [Paragraph(style=SPACER)])
    frame.sheet(body)
    return packed({
        "docProps/core.xml": frame.core(page),
        "word/document.xml": document,
        "word/styles.xml": frame.template("styles"),
        "word/settings.xml": frame.settings(tracked=tracked),
        "word/header.xml": frame.header(page),
        "word/footer.xml": frame.footer(page),
        "word/footer-first.xml": frame.footer(page),
        "word/comments.xml": markup.comments_part(),
        "word/footnotes.xml": markup.footnotes_part(),
    })  # fmt: skip
