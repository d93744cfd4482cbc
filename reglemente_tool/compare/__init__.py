"""Two wordings of a charter side by side: word by word (`words`), as one text (`merge`), and as a list (`compare`)."""

from reglemente_tool.compare.difference import Difference, DifferenceKind
from reglemente_tool.compare.listing import compare
from reglemente_tool.compare.merging import Pair, Placed, alone, label, merge, placed
from reglemente_tool.compare.runs import ONLY_NEW, ONLY_OLD, Mark, Run, Runs, changed, plain, same, words

__all__ = [
    "ONLY_NEW", "ONLY_OLD", "Difference", "DifferenceKind", "Mark", "Pair", "Placed", "Run", "Runs",
    "alone", "changed", "compare", "label", "merge", "placed", "plain", "same", "words",
]  # fmt: skip
