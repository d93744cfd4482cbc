"""DOCX, for Word: the clean text to send on, and the redline as tracked changes that can be accepted or rejected.

The words are the charter's, letter for letter: what is left when all is accepted is the new text, when all is rejected the
old, with its styles. Numbers and markers are text and never counted by Word.
"""

from __future__ import annotations

from reglemente_tool.model.notices import COLUMNS, SHORTENED, TRACKED
from reglemente_tool.writing.columns import columns
from reglemente_tool.writing.look import Look
from reglemente_tool.writing.page import CannotWrite, Page, compares

NAME = "docx"
SUFFIX = ".docx"

FORMS = ("lopande", "spalter")


def write(page: Page, *, form: str = "lopande", look: Look = Look()) -> bytes:  # noqa: B008
    """Return the page as DOCX; the same page gives the same bytes.

    `look` is the municipality's; what has changed is coloured by Word as its reader wants it, and the font is named, not carried.

    `form` "lopande" is running text, a redline with tracked changes; "spalter" sets the two wordings of a redline beside
    each other in a table. Raises CannotWrite for any other form, and for "spalter" where there is nothing to compare.
    """
    from reglemente_tool.writing.writers.docx import frame
    from reglemente_tool.writing.writers.docx.beside import set_beside
    from reglemente_tool.writing.writers.docx.container import packed
    from reglemente_tool.writing.writers.docx.dress import PICTURE, dressed, picture
    from reglemente_tool.writing.writers.docx.markup import SPACER, Markup, add, root
    from reglemente_tool.writing.writers.docx.moves import with_moves
    from reglemente_tool.writing.writers.docx.paragraphs import Paragraph, set_page

    if form not in FORMS:
        raise CannotWrite(f"Formen ”{form}” finns inte för docx.", hint=f"Välj {' eller '.join(FORMS)}.")
    if form == "spalter" and not compares(page):
        raise CannotWrite("Två spalter visar vad som skiljer två lydelser, och här finns bara en.", hint="Välj formen lopande.")
    tracked = compares(page) and form == "lopande"
    logotype = picture(look.logotype) if look.logotype else None
    markup = Markup(*frame.by(page), tracked)
    document = root("document")
    body = add(document, "body")
    if logotype:
        body.append(logotype.paragraph())
    for one in (page, *page.annexes):
        beside = one.redline and form == "spalter"
        explained = COLUMNS if beside else SHORTENED if one.shortened else TRACKED
        markup.write(body, frame.head(one, explained if one.redline else "", tracked=tracked, name=look.name))
        if beside:
            set_beside(body, markup, one.sides, columns(one))
        else:
            markup.write(body, with_moves(set_page(one)))
    if compares(page):
        # The last paragraph's mark cannot be accepted or rejected, so the last of the text is not it.
        markup.write(body, [Paragraph(style=SPACER)])
    frame.sheet(body)
    return packed({
        "docProps/core.xml": frame.core(page),
        "word/document.xml": document,
        "word/styles.xml": dressed(frame.template("styles"), look),
        "word/settings.xml": frame.settings(tracked=tracked),
        "word/header.xml": frame.header(page, name=look.name),
        "word/footer.xml": frame.footer(page),
        "word/footer-first.xml": frame.footer(page),
        "word/comments.xml": markup.comments_part(),
        "word/footnotes.xml": markup.footnotes_part(),
    }, {PICTURE: logotype.data} if logotype else {})  # fmt: skip
