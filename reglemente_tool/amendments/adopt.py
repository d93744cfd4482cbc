"""antas: a whole charter, new or anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Address
from reglemente_tool.model.amendment import Amendment, Phase
from reglemente_tool.model.charter import Charter, CommitteeId, DecisionId, Provision, Wid
from reglemente_tool.model.identity import carry, name_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt(Amendment):
    """The charter gets this title, these header facts and this body, faults and all.

    Provisions that continue earlier ones keep their identities: those named by `wid` in the body, and those that
    `model.identity.carry` finds to be the same.
    """

    tag: ClassVar[str] = "antas"
    phase: ClassVar[Phase] = Phase.ADOPT
    locates: ClassVar[bool] = False

    target: Address = Address()
    title: str
    committee: CommitteeId
    facts: tuple[tuple[str, str], ...] = ()
    body: tuple[Provision, ...] = ()

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the adopted charter; see Amendment.apply. Raises CannotApply without a title: what has none is no charter."""
        if not self.title.strip():
            raise CannotApply("Reglementet saknar titel, så det går inte att anta.", hint="Skriv titeln på första raden i dokumentet.")
        adopted = replace(
            charter,
            title=self.title,
            committee=self.committee,
            facts=self.facts,
            body=carry(charter.body, self.body) if charter.body else self.body,
            repealed=False,
        )
        return name_body(adopted, by)

    def describe(self) -> str:
        """See Amendment.describe."""
        return f"{self.title[:1].lower()}{self.title[1:]} antas"
