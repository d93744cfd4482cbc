"""What a register begins with: charters read from documents, gone through, and entered."""
