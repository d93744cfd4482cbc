"""From an edited charter to the decision that makes it so: typed amendments, and the att-satser that say them."""

from reglemente_tool.drafting.amending import Draft, draft
from reglemente_tool.drafting.wording import Form, decision_text

__all__ = ["Draft", "Form", "decision_text", "draft"]
