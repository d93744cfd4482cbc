"""upphavs: a charter as a whole is no longer in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from reglemente_tool.model.address import Address
from reglemente_tool.model.amendment import Amendment, Phase
from reglemente_tool.model.charter import Charter, DecisionId, Wid


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissolve(Amendment):
    """The whole charter goes. A type of its own, so that no misread citation can take more than it names."""

    tag: ClassVar[str] = "upphavs"
    phase: ClassVar[Phase] = Phase.REPEAL
    locates: ClassVar[bool] = False

    target: Address = Address()

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the charter without any text, marked as repealed; see Amendment.apply."""
        return replace(charter, body=(), repealed=True)

    def describe(self) -> str:
        """See Amendment.describe."""
        return "reglementet upphör att gälla i sin helhet"
