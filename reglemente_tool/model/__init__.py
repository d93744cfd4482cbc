"""NOUNS: frozen values and pure functions on them. Standard library only."""
