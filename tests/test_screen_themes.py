"""The colours can be read, in the dark and in the light, and by people who do not see red and green apart."""

from itertools import product

import pytest
from textual.color import Color
from textual.theme import Theme

from obelos_tui.themes import THEMES

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


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_text_stands_out_from_every_ground(theme: Theme) -> None:
    """Contrast is 4.5 or more, in the high-contrast themes 7, also where marks overlap and where they are reversed."""
    pairs = [*product(INKS, GROUNDS), *product(("foreground",), PLAIN_INK_ONLY), ("primary", "background")]
    ratios = {pair: round(contrast(*(colour(theme, name) for name in pair)), 2) for pair in pairs}
    enough = 7.0 if "contrast" in theme.name else 4.5
    assert {} == {pair: ratio for pair, ratio in ratios.items() if ratio < enough}


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_nothing_depends_on_telling_red_from_green(theme: Theme) -> None:
    """What is to be done is orange, what has been done is blue."""
    for name in ("certain", "likely"):
        red, _, blue = colour(theme, name).rgb
        assert red > 2 * blue or red - blue > 90
    for name in ("changed", "primary"):
        red, _, blue = colour(theme, name).rgb
        assert blue > red + 60


# Simulation of colour-blindness in linear light: Viénot, Brettel and Mollon, Color Research & Application 24 (1999) for
# the two red-green kinds; for the blue-yellow kind the matrix of the same form that Machado et al. (2009) give.
KINDS = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "tritanopia": ((1.25553, -0.07675, -0.17878), (-0.07841, 0.93081, 0.1476), (0.00473, 0.69137, 0.3039)),
}


def seen_by(kind: str, of: Color) -> Color:
    """A colour as somebody sees it who is colour-blind in that way."""
    parts = [part / 255 for part in of.rgb]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    mixed = [min(1.0, max(0.0, sum(w * p for w, p in zip(row, linear, strict=True)))) for row in KINDS[kind]]
    shown = [p * 12.92 if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in mixed]
    red, green, blue = (round(255 * p) for p in shown)
    return Color(red, green, blue)


def apart(one: Color, other: Color) -> float:
    """How far two colours lie apart in CIE L*a*b* (1976); 2.3 can just be told."""
    labs = [lab(colour) for colour in (one, other)]
    return float(sum((a - b) ** 2 for a, b in zip(*labs, strict=True)) ** 0.5)


def lab(of: Color) -> tuple[float, float, float]:
    """A colour in CIE L*a*b*, D65."""
    parts = [part / 255 for part in of.rgb]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_colour_blind_tell_what_is_to_be_done_from_what_has_been(theme: Theme, kind: str) -> None:
    """Orange and blue lie far apart for every kind of colour-blindness, in every theme."""
    enough = 80 if "colour-blind" in theme.name else 20
    for doing, done in product(("certain", "likely", "accent"), ("changed", "primary")):
        pair = [seen_by(kind, colour(theme, name)) for name in (doing, done)]
        assert enough <= apart(*pair), (doing, done, apart(*pair))
