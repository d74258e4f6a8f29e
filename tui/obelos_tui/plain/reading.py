"""Reading aloud without a screen: a breath-group a line, as one person reads it to another, or a program does."""

import sys
from typing import TextIO

import click

from obelos_transcripts import BadInput, visible

from ..aloud import Breath, breath_at, breaths
from ..review import Review

_HELP = (
    "enter or next: the next group. back: the one before. again: this one. text: as it is written. go N: group N. "
    "line N: the group of a line. all: all from here on. quit: end."
)


def read_aloud(review: Review, siglum: str | None, lines: TextIO) -> int:
    """Say the groups of the working text, or of a version, one for each line that is read; 0, or from a pipe 2 where a
    line was not understood.

    Raises:
        BadInput: There is no such version.
    """
    groups = breaths(_text(review, siglum))
    if not groups:
        _say("There is nothing to read.")
        return 0
    failed = 0
    at = -1
    while True:
        line = _hear(lines, f"{at + 1}/{len(groups)}> ")
        if line is None or line in ("quit", "q"):
            return 0 if lines.isatty() else failed
        if line == "all":
            for group in groups[at + 1 :]:
                _say(group.spoken)
            at = len(groups) - 1
            continue
        wanted = _wanted(line, at, groups)
        if line == "text" and at >= 0:
            _say(groups[at].text.strip("\r\n"))
        elif wanted is None:
            failed = 2
            _say(_HELP)
        elif not 0 <= wanted < len(groups):
            _say("That is the end." if wanted > 0 else "That is the beginning.")
        else:
            at = wanted
            _say(groups[at].spoken)


def _wanted(line: str, at: int, groups: tuple[Breath, ...]) -> int | None:
    verb, _, rest = line.partition(" ")
    if verb in ("", "next", "n"):
        return at + 1
    if verb in ("back", "previous", "N"):
        return at - 1
    if verb in ("again", "text"):
        return max(0, at)
    if verb == "go" and rest.isdigit():
        return int(rest) - 1
    if verb == "line" and rest.isdigit():
        start = next((group.span.start for group in groups if group.line >= int(rest)), groups[-1].span.start)
        return breath_at(groups, start)
    return None


def _text(review: Review, siglum: str | None) -> str:
    if siglum is None:
        return review.state.text
    versions = {version.siglum: version.text for version in review.state.versions}
    if siglum not in versions:
        raise BadInput.at("--siglum", None, f"there is no version “{siglum}”; there are {', '.join(versions)}")
    return versions[siglum]


def _say(text: str) -> None:
    click.echo(visible(text, keep_lines=True))


def _hear(lines: TextIO, prompt: str) -> str | None:
    """The prompt is for a person; a pipe gets what is read and nothing else."""
    if lines.isatty():
        click.echo(prompt, nl=False)
        sys.stdout.flush()
    line = lines.readline()
    return line.strip() if line else None
