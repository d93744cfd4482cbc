"""Who answers for what: by the charters' own text, and by what the council has asked of somebody in single decisions."""

from __future__ import annotations

from reglemente_tool.ownership.entrusted import Entrusted, entrusted
from reglemente_tool.ownership.tasks import Answer, Holding, Tenure, committee_name, tenures, who

__all__ = ["Answer", "Entrusted", "Holding", "Tenure", "committee_name", "entrusted", "tenures", "who"]
