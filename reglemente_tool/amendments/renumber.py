"""betecknas: a provision gets another number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reglemente_tool.model.address import Address, Step
from reglemente_tool.model.amendment import Amendment, Phase
from reglemente_tool.model.charter import Charter, DecisionId, Wid, edit, renumbered
from reglemente_tool.model.citation import cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumber(Amendment):
    """The target is to have `number`. All renumberings of a decision are made at once, so two may change places."""

    tag: ClassVar[str] = "betecknas"
    phase: ClassVar[Phase] = Phase.RENUMBER

    number: str

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the charter with the new number, not yet moved to its place; see Amendment.apply."""
        assert at is not None
        return edit(charter, at, lambda p: renumbered(p, self.number))

    @property
    def becomes(self) -> Address:
        """The address that the target will have."""
        return Address((*self.target.steps[:-1], Step(self.target.steps[-1].kind, self.number)))

    def describe(self) -> str:
        """See Amendment.describe."""
        return f"{cite(self.target)} ska betecknas {cite(Address(self.becomes.steps[-1:]))}"
