"""python -m reglemente_tool: the same as the command reglemente."""

from reglemente_tool.cli import main

main()
