"""byter-namn: a committee gets a new name, in every charter that speaks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from reglemente_tool.model.address import Address
from reglemente_tool.model.amendment import Amendment, Phase
from reglemente_tool.model.charter import Charter, CommitteeId, DecisionId, Provision, Wid, every
from reglemente_tool.model.wording import whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(Amendment):
    """The committee `committee`, called `old`, is called `new`. Genitives and capitals follow. A charter that does not
    speak of it stays as it is. `old` and `new` are definite forms in small letters ("socialnämnden").
    """

    tag: ClassVar[str] = "byter-namn"
    phase: ClassVar[Phase] = Phase.REWRITE
    locates: ClassVar[bool] = False

    target: Address = Address()
    committee: CommitteeId
    old: str
    new: str

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the charter with the new name; see Amendment.apply."""
        return replace(charter, title=self.renamed(charter.title), body=every(charter.body, lambda p: self._in_provision(p, by)))

    def renamed(self, text: str) -> str:
        """Return `text` with the new name for the old, in all four spellings that occur."""
        for old, new in ((self.old, self.new), (_capital(self.old), _capital(self.new))):
            for ending in ("s", ""):
                text = _alone(old + ending).sub(lambda _, to=new + ending: to, text)  # type: ignore[misc]
        return text

    def _in_provision(self, p: Provision, by: DecisionId) -> Provision:
        heading, text, closing = self.renamed(p.heading), self.renamed(p.text), self.renamed(p.closing)
        if (text, closing) != (p.text, p.closing):
            return replace(p, heading=heading, text=text, closing=closing, source=by)
        return p if heading == p.heading else replace(p, heading=heading)

    def describe(self) -> str:
        """See Amendment.describe."""
        return f"{self.old} byter namn till {self.new}"


def _alone(name: str) -> re.Pattern[str]:
    """Find the name, but not where it is the end of a longer one ("vård- och omsorgsnämnden")."""
    return re.compile(r"(?<!- och )" + whole(name).pattern)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
