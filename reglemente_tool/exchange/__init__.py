"""The forms in which other systems take a whole charter or decision: both ways, nothing lost. Pure: bytes in, bytes out."""
