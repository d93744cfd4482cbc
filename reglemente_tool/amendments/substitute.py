"""ny-lydelse: a provision, a sentence or a heading gets a new wording."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from reglemente_tool.model import led
from reglemente_tool.model.address import Kind, Part
from reglemente_tool.model.amendment import Amendment, Phase, said
from reglemente_tool.model.charter import Charter, DecisionId, Provision, Wid, edit, flat
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import counted_in, span
from reglemente_tool.model.identity import carry, name_all
from reglemente_tool.model.listmarks import retail
from reglemente_tool.model.wording import clauses, ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute(Amendment):
    """The target reads as `wording` says. Number, marker and identity stay; parts that are the same keep theirs too."""

    tag: ClassVar[str] = "ny-lydelse"
    phase: ClassVar[Phase] = Phase.REWRITE

    wording: Provision

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the charter with the new wording; see Amendment.apply."""
        assert at is not None
        return edit(charter, at, lambda old: self._reworded(old, charter, by))

    def _reworded(self, old: Provision, charter: Charter, by: DecisionId) -> Provision:
        if self.target.part is Part.RUBRIK:
            return replace(old, heading=self.wording.heading or self.wording.text)
        last = self.target.last
        if last is not None and last.kind.virtual:
            start, end = span(old, self.target)
            if last.kind is Kind.LED:
                return replace(old, text=self._led(old, start), source=by)
            return replace(old, text=old.text[:start] + ended(self.wording.text, old.text[end:]) + old.text[end:], source=by)
        text = retail(old.text, self.wording.text) if old.kind.item else self.wording.text
        named = name_all(
            Provision(kind=old.kind, wid=old.wid, children=carry(old.children, self.wording.children)), by, charter.id, self.target
        )
        return replace(
            old, text=text, heading=self.wording.heading or old.heading, children=named.children, closing=self.wording.closing, source=by
        )

    def _led(self, old: Provision, at: int) -> str:
        start, end = counted_in(old, self.target)
        mening = old.text[start:end]
        index = [one for one, _ in clauses(mening)].index(at - start)
        return old.text[:start] + led.reworded(mening, index, self.wording.text) + old.text[end:]

    def describe(self) -> str:
        """See Amendment.describe."""
        return f"{cite(self.target)} ska ha följande lydelse: {said(self.wording.heading or flat(self.wording), 10_000)}"
