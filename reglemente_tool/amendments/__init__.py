"""VERBS. A shelf: one amendment type in each file."""

from __future__ import annotations

from functools import cache

from reglemente_tool.model.amendment import Amendment
from reglemente_tool.shelf import modules


@cache
def types() -> dict[str, type[Amendment]]:
    """Return the amendment types by tag (their XML element). Raises ValueError when two share a tag."""
    found: dict[str, type[Amendment]] = {}
    for module in modules(__name__):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Amendment) and value.__module__ == module.__name__:
                if value.tag in found:
                    raise ValueError(f"two amendment types have the tag {value.tag}")
                found[value.tag] = value
    return found
