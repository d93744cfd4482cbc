"""Municipal charters (reglementen) as data: decisions in, consolidated texts, redlines and answers out."""

__version__ = "0.1.0"
