"""How readings and figures are put into words, the same in all formats for people."""

import re
from collections.abc import Mapping, Sequence

from obelos_transcripts import VariantClass, visible
from obelos_transcripts.agreement import character_errors, word_errors

from ..version import Version

NOTHING = "‸"
"""Stands where a version has nothing."""

_SPACES = {" ": "␣", "\n": "↵", "\r\n": "↵", "\r": "␍", "\t": "→", "\u00a0": "°"}
# What a terminal, a spreadsheet or a page would act on or not show at all; line feeds and tabs they show.
_COMMANDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_QUICK = 200_000
"""Code points of two versions up to which the characters that differ are counted for a report to read."""

_LONG = 160
_KEPT = 60


def told(readings: Sequence[str]) -> list[str]:
    """Readings of one place as they are told beside each other: spaces only where they make the difference."""
    bare = [reading.strip() for reading in readings]
    if len(set(bare)) < len(set(readings)):
        bare = [spaces_shown(reading) for reading in readings]
    return [_cut(reading) or NOTHING for reading in bare]


def spaces_shown(text: str) -> str:
    """Spaces and line ends as signs."""
    return re.sub(r"\r\n|[ \n\r\t\u00a0]", lambda match: _SPACES[match[0]], text)


def harmless(text: str) -> str:
    """The text with signs for control, bidi and invisible characters; line feeds and tabs are left alone."""
    return _COMMANDS.sub(lambda match: visible(match[0]), text)


def _cut(reading: str) -> str:
    """A long passage by its beginning and end."""
    if len(reading) <= _LONG:
        return reading
    first, last = reading[:_KEPT], reading[-_KEPT:]
    # At a word, unless it is one word that is so long.
    first = first[: first.rfind(" ")] if " " in first else first
    last = last[last.find(" ") + 1 :] if " " in last else last
    left_out = len(reading[len(first) : len(reading) - len(last)].split())
    return f"{first} … ({left_out} word{'' if left_out == 1 else 's'}) … {last}"


def before(text: str, position: int, most: int) -> str:
    """What stands before a position on its line, from the beginning of a word; at most so many code points."""
    first = max(0, position - most)
    # Not further back than is shown: a line may be as long as the text.
    line = text.rfind("\n", max(0, first - 1), position)
    if line >= 0 or first == 0:
        return text[line + 1 if line >= 0 else 0 : position].lstrip()
    space = text.find(" ", first, position)
    return "…" + text[space + 1 if space >= 0 else first : position]


def after(text: str, position: int, most: int) -> str:
    """What stands after a position on its line, to the end of a word; at most so many code points."""
    last = position + most
    line = text.find("\n", position, last + 1)
    if line >= 0 or last >= len(text):
        return text[position : line if line >= 0 else len(text)].rstrip("\r")
    space = text.rfind(" ", position, last)
    return text[position : space if space > position else last] + "…"


def summary(counts: Mapping[VariantClass, int], what: str = "difference") -> str:
    """``3 differences: 2 substantive, 1 spelling``."""
    number = sum(counts.values())
    classes = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    return f"{number} {what}{'' if number == 1 else 's'}{f': {classes}' if classes else ''}"


def agreed(base: Version, other: Version) -> str:
    """How far a version agrees with the base, by words; by characters too where they are not too many."""
    rates = [(word_errors(base.text, other.text).rate, "words")]
    if len(base.text) + len(other.text) <= _QUICK:
        rates.append((character_errors(base.text, other.text).rate, "characters"))
    told_rates = [f"{rate * 100:.2f} % of {what}" for rate, what in rates if rate is not None]
    return f"{other.siglum} against {base.siglum}: {', '.join(told_rates)} changed" if told_rates else ""
