"""From the history to the text: one decision applied as one moment, and the wording of a charter at any date."""

from __future__ import annotations

from reglemente_tool.consolidate.moment import apply_together, empty
from reglemente_tool.consolidate.tracing import Trace, trace
from reglemente_tool.consolidate.wordings import (
    Entry,
    Version,
    charters,
    entries,
    latest,
    pending,
    repealed_on,
    timeline,
    version_at,
    version_on,
    versions,
)

__all__ = [
    "Entry",
    "Trace",
    "Version",
    "apply_together",
    "charters",
    "empty",
    "entries",
    "latest",
    "pending",
    "repealed_on",
    "timeline",
    "trace",
    "version_at",
    "version_on",
    "versions",
]
