"""One small plot as SVG: a line over a logarithmic axis, readable in light and in dark."""

import math
from collections.abc import Sequence

WIDTH, HEIGHT = 480, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 34, 36
INK = "#6b7280"
LINE = "#2f6fb3"


def line_plot(title: str, across: str, points: Sequence[tuple[float, float]]) -> str:
    """`points` are (x, y), x above zero and growing; y starts at zero, so that flat looks flat."""
    highest = max(y for _, y in points) * 1.15 or 1.0
    low, high = math.log10(points[0][0]), math.log10(points[-1][0])

    def at(x: float, y: float) -> tuple[float, float]:
        right = LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(x) - low) / ((high - low) or 1.0)
        return right, HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / highest

    places = [at(x, y) for x, y in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{LINE}"/>'
        f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{value:.0f}</text>'
        f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{count:.0f}</text>'
        for (x, y), (count, value) in zip(places, points, strict=True)
    )
    floor = HEIGHT - BOTTOM
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}" '
        f'font-family="sans-serif" font-size="11" fill="{INK}">'
        f'<text x="{LEFT}" y="16" font-size="13">{title}</text>'
        f'<path d="M{LEFT} {floor}H{WIDTH - RIGHT}" stroke="{INK}" fill="none"/>'
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 4}" text-anchor="end">{across}</text>'
        f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/>{marks}</svg>\n'
    )
