"""The curve of docs/quality.md as SVG: share found over false alarms, a line for each tool that gives figures."""

from html import escape

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 200, 20, 50
_COLOURS = ("#1b6ca8", "#b3541e", "#3a7d44", "#7a4988", "#a63446", "#5f6b6d")
_MOST_ALARMS = 10.0


def drawn(curves: dict[str, list[tuple[float, float]]]) -> str:
    """The picture. Tools with one point are a dot; a dot beyond the right edge stands on it."""
    most = max([0.05, *(share for curve in curves.values() for _, share in curve)]) * 1.1
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def place(alarms: float, share: float) -> tuple[float, float]:
        return _LEFT + min(alarms, _MOST_ALARMS) / _MOST_ALARMS * wide, _TOP + high * (1 - share / most)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for alarms in range(0, 11, 2):
        x, y = place(alarms, 0)
        parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{y:.1f}" stroke="#e5e5e5"/>')
        parts.append(f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{alarms}</text>')
    step = 0.05
    for number in range(int(most / step) + 1):
        x, y = place(0, number * step)
        parts.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{_LEFT + wide}" y2="{y:.1f}" stroke="#e5e5e5"/>')
        parts.append(f'<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{number * step:.0%}</text>')
    for number, (name, curve) in enumerate(curves.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        points = [place(*point) for point in curve]
        if len(points) > 1:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        beyond = f" ({curve[0][0]:.0f} alarms)" if len(curve) == 1 and curve[0][0] > _MOST_ALARMS else ""
        y = _TOP + 16 + 20 * number
        parts.append(f'<rect x="{_WIDTH - _RIGHT + 14}" y="{y - 9}" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{_WIDTH - _RIGHT + 30}" y="{y}">{escape(name + beyond)}</text>')
    middle = _LEFT + wide / 2
    parts.append(f'<text x="{middle:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">findings in 1,000 clean words</text>')
    parts.append(
        f'<text x="16" y="{_TOP + high / 2:.0f}" text-anchor="middle" '
        f'transform="rotate(-90 16 {_TOP + high / 2:.0f})">wrong and left-out words found</text>'
    )
    return "\n".join([*parts, "</svg>", ""])
