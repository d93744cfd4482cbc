"""betecknas: a provision gets another number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Address, Step
from reglemente_tool.model.amendment import Amendment, Phase, capital
from reglemente_tool.model.charter import Charter, DecisionId, Wid, edit, renumbered, with_wid
from reglemente_tool.model.citation import cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumber(Amendment):
    """The target is to have `number`. All renumberings of a decision are made at once, so two may change places."""

    tag: ClassVar[str] = "betecknas"
    phase: ClassVar[Phase] = Phase.RENUMBER

    number: str

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the charter with the new number, not yet moved to its place; see Amendment.apply.

        Raises CannotApply for what has no number but its place ("tredje punkten" may be said of a strecksats).
        """
        assert at is not None
        if (found := with_wid(charter, at)) is not None and found.kind.positional:
            raise CannotApply(
                f"{capital(cite(self.target))} har ingen beteckning, så den kan inte få en annan.",
                hint="Ska den stå på en annan plats, så låt den utgå där den står och införas där den ska stå.",
            )
        return edit(charter, at, lambda p: renumbered(p, self.number))

    @property
    def becomes(self) -> Address:
        """The address that the target will have."""
        return Address((*self.target.steps[:-1], Step(self.target.steps[-1].kind, self.number)))

    def describe(self) -> str:
        """See Amendment.describe."""
        return f"{cite(self.target)} ska betecknas {cite(Address(self.becomes.steps[-1:]))}"
