"""A shelf is a package whose every module is one thing: an amendment type, a format, a group of phrases.

To add one is to add a module; nothing else keeps a list.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Import and return every module that lies directly in `package`, in order of name.

    `package` is a dotted name. Modules whose names begin with an underscore are the shelf's own
    carpentry and are left out. Raises ImportError when the package or a module in it cannot be imported.
    """
    shelf = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(shelf.__path__) if not info.name.startswith("_"))
    return tuple(importlib.import_module(f"{package}.{name}") for name in names)
