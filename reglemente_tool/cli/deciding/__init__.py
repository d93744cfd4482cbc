"""A decision by the council: read, tried, enacted, shown, and what happens to it afterwards."""
