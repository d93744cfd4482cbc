"""Problems and errors: values about a user's text, and exceptions when work cannot go on.

    ReglementeError
    ├── NotPossible         what was asked for does not fit what the register holds
    ├── CannotRead          a file or a text could not be understood at all
    ├── CannotStore         the register's folder or repository could not be read or written
    └── CannotApply         an amendment does not fit the text that it would change
        ├── NoSuchProvision
        ├── AmbiguousAddress
        ├── WordingDiffers
        ├── NumberTaken
        ├── Collision
        └── NotInForce

A `Problem` is collected; an exception stops. Both carry a code, a sentence, a place and a hint,
all in Swedish, so that one function in the shell can render either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar


class Level(Enum):
    """How grave a problem is: FRAGA must be answered, FEL stops, VARNING does not."""

    FEL = "fel"
    FRAGA = "fråga"
    VARNING = "varning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: a document ("förslag/kf-2026-012.xml, att-sats 3"), the line, the marked span in it."""

    document: str = ""
    line: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the user's text that a person must know: code, sentence, place, level, hint."""

    code: str
    message: str
    place: Place = Place()
    level: Level = Level.FEL
    hint: str = ""


class ReglementeError(Exception):
    """Work cannot go on. `message`, `hint` are Swedish sentences; `code` is part of the interface."""

    code: ClassVar[str] = "STOPP"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, place: Place = Place(), hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        return self.message

    def problem(self) -> Problem:
        """Return the error as a Problem, for rendering and for collecting."""
        return Problem(self.code, self.message, self.place, Level.FEL, self.hint)

    def at(self, place: Place) -> ReglementeError:
        """Return the same error with `place` set, unless it already names one."""
        if self.place == Place():
            self.place = place
        return self


class NotPossible(ReglementeError):
    """What was asked for cannot be done here and now: a name, a date or an answer does not fit what the register holds."""

    code = "BEGARAN"


class CannotRead(ReglementeError):
    """A text or a file that is not what it should be."""

    code = "OLASLIG"


class CannotStore(ReglementeError):
    """The register could not be read or written; nothing was changed."""

    code = "REGISTER"
    exit_code = 3


class CannotApply(ReglementeError):
    """An amendment that does not fit the text; nothing was changed."""

    code = "TILLAMPNING"


class NoSuchProvision(CannotApply):
    """The provision that was pointed at does not exist."""

    code = "SAKNAS"


class AmbiguousAddress(CannotApply):
    """The address can mean more than one provision."""

    code = "TVETYDIG"


class WordingDiffers(CannotApply):
    """The text that stands there is not the text that the decision speaks of."""

    code = "LYDELSE-SKILJER"


class NumberTaken(CannotApply):
    """Two provisions would carry the same number."""

    code = "NUMMER"


class Collision(CannotApply):
    """Two amendments of one moment whose result would depend on which is made first."""

    code = "KROCK"


class NotInForce(CannotApply):
    """The charter had no wording in force on the date that was asked for."""

    code = "EJ-I-KRAFT"
