"""From a decision's text, or a whole document, to proposed amendments. Nothing here changes a register."""
