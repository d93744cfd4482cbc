"""A plot as SVG: points on straight axes from nought, with the straight line that fits each row of them best."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Points = Sequence[tuple[float, float]]
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 680, 340, 64, 48, 34, 170
COLOURS = ("#1b5e9c", "#b3541e", "#2f7d4f")


def plot(title: str, across: str, up: str, rows: dict[str, Points]) -> str:
    """Return the plot of `rows` (name -> points) as an SVG file. Numbers on the axes are those of the points."""
    most_x = max(x for points in rows.values() for x, _ in points)
    most_y = max(y for points in rows.values() for _, y in points) * 1.05

    def at(x: float, y: float) -> tuple[float, float]:
        return LEFT + (WIDTH - LEFT - RIGHT) * x / most_x, HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * y / most_y

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>',
        _line(at(0, 0), at(most_x, 0), "#555555"),
        _line(at(0, 0), at(0, most_y), "#555555"),
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>',
        f'<text x="14" y="{HEIGHT / 2:.0f}" text-anchor="middle" transform="rotate(-90 14 {HEIGHT / 2:.0f})">{escape(up)}</text>',
    ]
    for x in sorted({x for points in rows.values() for x, _ in points if x >= most_x / 8}):
        out.append(f'<text x="{at(x, 0)[0]:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{x:g}</text>')
    for part in (0.25, 0.5, 0.75, 1.0):
        y = most_y * part
        out.append(_line(at(0, y), at(most_x, y), "#dddddd"))
        out.append(f'<text x="{LEFT - 6}" y="{at(0, y)[1] + 4:.1f}" text-anchor="end">{y:.3g}</text>')
    for number, (name, points) in enumerate(rows.items()):
        colour = COLOURS[number % len(COLOURS)]
        slope, start = fitted(points)
        out.append(_line(at(0, max(start, 0)), at(most_x, min(slope * most_x + start, most_y)), colour, dashed=True))
        out += [f'<circle cx="{at(x, y)[0]:.1f}" cy="{at(x, y)[1]:.1f}" r="3.5" fill="{colour}"/>' for x, y in points]
        below = TOP + 14 + number * 34
        out.append(f'<circle cx="{WIDTH - RIGHT + 14}" cy="{below - 4}" r="3.5" fill="{colour}"/>')
        out.append(f'<text x="{WIDTH - RIGHT + 24}" y="{below}">{escape(name)}</text>')
    return "\n".join([*out, "</svg>", ""])


def fitted(points: Points) -> tuple[float, float]:
    """Return (slope, value at nought) of the straight line with the least squares."""
    count = len(points)
    middle_x, middle_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    across = sum((x - middle_x) ** 2 for x, _ in points)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / across
    return slope, middle_y - slope * middle_x


def _line(start: tuple[float, float], end: tuple[float, float], colour: str, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" stroke="{colour}"{dash}/>'
