"""The colours can be read, in the dark and in the light, and by people who do not see red and green apart."""

from itertools import product

import pytest
from textual.color import Color
from textual.theme import Theme

from obelos_tui.themes import DARK, LIGHT

GROUNDS = ("background", "surface", "panel", "difference", "accidental")
INKS = ("foreground", "certain", "likely", "possible", "changed", "decided", "faint")
PLAIN_INK_ONLY = ("match", "counterpart")


def colour(theme: Theme, name: str) -> Color:
    """A colour of a theme by its name."""
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


def luminance(of: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (part / 255 for part in of.rgb)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_text_stands_out_from_every_ground(theme: Theme) -> None:
    """Contrast is 4.5 or more, also where marks lie over one another and where they are reversed."""
    pairs = [*product(INKS, GROUNDS), *product(("foreground",), PLAIN_INK_ONLY), ("primary", "background")]
    ratios = {pair: round(contrast(*(colour(theme, name) for name in pair)), 2) for pair in pairs}
    assert {} == {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_nothing_depends_on_telling_red_from_green(theme: Theme) -> None:
    """What is to be done is orange, what has been done is blue."""
    for name in ("certain", "likely"):
        red, _, blue = colour(theme, name).rgb
        assert red > 2 * blue or red - blue > 90
    for name in ("changed", "primary"):
        red, _, blue = colour(theme, name).rgb
        assert blue > red + 60
