"""HTML: one page that needs nothing else, no script, for the web, the printer and the screen reader."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reglemente_tool.model.notices import LEGEND
from reglemente_tool.writing.columns import Row, columns
from reglemente_tool.writing.flow import Line, Role, anchors, flow, headline
from reglemente_tool.writing.letters import harmless, unbroken
from reglemente_tool.writing.look import Look
from reglemente_tool.writing.page import Page, changed, plain
from reglemente_tool.writing.writers._carpentry import refuse_form, shortened
from reglemente_tool.writing.writers._elements import Elements

if TYPE_CHECKING:
    from jinja2 import Template

NAME = "html"
SUFFIX = ".html"

_CONTENTS = 4
"""From as many headings of the first level a clean page has a table of contents."""


def write(page: Page, *, form: str = "lopande", look: Look = Look()) -> bytes:  # noqa: B008
    """Return the page as UTF-8 HTML. Changes are ins and del; the words around them are there for those who do not see them.

    `form` is "lopande" (one text, changes marked in it) or "spalter" (a redline in two columns, old and new).
    Raises CannotWrite for another form, and for columns of a page that compares nothing.
    """
    refuse_form(form, page)
    first, *annexes = (_laid(one, form) for one in (page, *page.annexes))
    content = first.lines
    top = [line for line in content if line.role is Role.HEADING and line.level == 1 and line.anchor]
    every = anchors(line for one in (first, *annexes) for line in one.lines)
    html = _template().render(
        page=page,
        title=plain(page.title),
        first=first,
        parts=annexes,
        in_columns=form == "spalter",
        look=look,
        anchors=every,
        elements=Elements(every),
        contents=top if len(top) >= _CONTENTS and not page.redline else [],
    )
    return html.encode()


@dataclass(frozen=True, slots=True)
class _Part:
    """A page or an annex: the rows that it is set in, where it is set in columns, and all its lines."""

    page: Page
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]


def _laid(page: Page, form: str) -> _Part:
    if form != "spalter" or not page.redline:
        return _Part(page, (), flow(page))
    rows = columns(page)
    return _Part(page, rows, tuple(line for row in rows for line in (*row.left, *row.right)))


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.globals.update(LEGEND=LEGEND)
    environment.filters.update(
        calm=lambda text: unbroken(harmless(text)),
        changed=changed,
        css=lambda text: "".join(letter for letter in text if letter.isalnum() or letter in " ,.-"),
        data_uri=_data_uri,
        headline=headline,
        shortened=shortened,
    )
    return environment.from_string(files("reglemente_tool.writing").joinpath("templates/page.html.jinja").read_text(encoding="utf-8"))


def _data_uri(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"
