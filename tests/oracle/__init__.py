"""A second, naive reckoning of what decisions make of charters, to hold the first against.

Nothing here but `bridge` imports the package. `words` cuts text, `text` is a charter as plain mutable nodes and what one decision
does to it, `times` is what holds on a day as known on a day, `draw` and `wider` make histories up, `bridge` puts both answers side by
side, `shrink` makes the smallest history on which they still differ.
"""
