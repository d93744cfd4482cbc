"""Word files made by hand for the tests, so that each says one thing."""

from __future__ import annotations

import io
import zipfile

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def run(text: str, props: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, *, style: str = "", num: int = 0, ilvl: int = 0) -> str:
    """A paragraph: words, or runs that are made already."""
    props = f'<w:pStyle w:val="{style}"/>' if style else ""
    props += f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    return f"<w:p><w:pPr>{props}</w:pPr>{content if content.startswith('<') or not content else run(content)}</w:p>"


def level(ilvl: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """One level of a list definition."""
    return f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def word(*body: str, numbering: str = "", parts: dict[str, str | bytes] | None = None) -> bytes:
    """A Word file with this body and these list definitions."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2, 3)
    ) + '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'  # fmt: skip
    return zipped(
        {
            "word/document.xml": f"<w:document {NS}><w:body>{''.join(body)}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {NS}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {NS}>{numbering}</w:numbering>",
            **(parts or {}),
        }
    )
