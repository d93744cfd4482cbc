"""The catalogue that a command uses: the package's own, with the register's katalog.toml laid over it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reglemente_tool.errors import CannotRead, Place
from reglemente_tool.model.catalogue import Catalogue
from reglemente_tool.storage.catalogue import read_catalogue

OWN = "katalog.toml"
"""The file in a register's folder in which a municipality adds its own tasks, words and statutes."""

_PACKAGED = Path(__file__).resolve().parent.parent / "catalogue"


@cache
def packaged() -> Catalogue:
    """Return the catalogue that ships with the tool. Statutes first, as tasks speak of them."""
    catalogue = Catalogue()
    for name in ("lagar.toml", "upphavda.toml", "begrepp.toml", "namnder.toml", "andra.toml", "uppgifter.toml"):
        catalogue = read_catalogue((_PACKAGED / name).read_text(encoding="utf-8"), name, over=catalogue)
    return catalogue


def catalogue_for(folder: Path) -> Catalogue:
    """Return the catalogue for the register in `folder`. Raises CannotRead when its katalog.toml has a fault."""
    place = folder / OWN
    if not place.is_file():
        return packaged()
    try:
        text = place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRead(
            f"{OWN} är inte sparad som UTF-8.", place=Place(document=OWN), hint="Spara filen på nytt med kodningen UTF-8."
        ) from error
    return read_catalogue(text, OWN, over=packaged())
