"""Who answers for what, on a date: computed from the charters' own text, never from a register kept by hand.

duties      a charter's sentences: what each lays on the committee, leaves out, or says of another
language, stems, compounds, spelling, statutes      Swedish words and statutes as they are compared
tagging, profile     the catalogue's tasks in a text; a duty made ready for searching
question, finding, judging      what is asked; how well a provision answers; who therefore answers
lines, following, search        the task in time; beyond its identity; a whole register asked
entrusted, succession   what the council has asked of somebody in single decisions; committees that are no more, and their heirs
"""

from __future__ import annotations

from reglemente_tool.ownership.answers import Answer, Certainty, Holding, Tenure, Waiting, Wording
from reglemente_tool.ownership.entrusted import Entrusted, entrusted
from reglemente_tool.ownership.finding import Ground
from reglemente_tool.ownership.lines import committee_name, holder_name, names_over_time, tenures
from reglemente_tool.ownership.search import Search, who

__all__ = [
    "Answer",
    "Certainty",
    "Entrusted",
    "Ground",
    "Holding",
    "Search",
    "Tenure",
    "Waiting",
    "Wording",
    "committee_name",
    "entrusted",
    "holder_name",
    "names_over_time",
    "tenures",
    "who",
]
