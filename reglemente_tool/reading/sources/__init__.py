"""The file formats that a document can be read from. A shelf: one module for each, with SUFFIX and read(bytes).

`SUFFIX` is the ending, or a tuple of endings, in small letters with the dot: ".txt". `read` gives a Document, or for plain text
the text itself, and raises CannotRead. It is a pure function of the bytes: nothing is unpacked to disk, nothing is fetched.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

from reglemente_tool.errors import CannotRead
from reglemente_tool.shelf import modules

_SAVE_AS = (".doc", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".pages")


@cache
def sources() -> dict[str, ModuleType]:
    """Return the shelf's modules by file ending. Raises ValueError when two claim the same one."""
    found: dict[str, ModuleType] = {}
    for module in modules(__name__):
        suffixes = (module.SUFFIX,) if isinstance(module.SUFFIX, str) else tuple(module.SUFFIX)
        for suffix in suffixes:
            if suffix in found:
                raise ValueError(f"two sources read {suffix}")
            found[suffix] = module
    return found


def source_for(suffix: str) -> ModuleType:
    """Return the module that reads files that end in `suffix` (".txt", in any case). Raises CannotRead when there is none."""
    known = sources()
    if suffix.lower() not in known:
        what = f"Filer som slutar på {suffix} kan inte läsas." if suffix else "Filen saknar filändelse och kan inte läsas."
        if suffix.lower() in _SAVE_AS:
            raise CannotRead(what, hint="Öppna filen i Word (eller LibreOffice), spara den som .docx och försök igen.")
        raise CannotRead(what, hint=f"Det som kan läsas är {', '.join(sorted(known))}.")
    return known[suffix.lower()]
