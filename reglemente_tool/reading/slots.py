"""What stands in a skeleton where something that can be read on its own has been taken out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing taken out: its letter, what was written, and what it was read as.

    Q quotation (str) · B following block (str) · A place with an address (Place) · R charter (Place) · N committee (str)
    C number of the case (left out)
    T beginning (Moment) · U end (Moment) · D day (date) · S annex or proposal (str) · K an earlier decision (date, §) · L statute
    """

    letter: str
    said: str
    value: object
