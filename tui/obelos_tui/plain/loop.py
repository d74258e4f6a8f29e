"""The loop of a plain review: a line read, a line answered.

Invariant: whatever a line does, it does through the functions that the screen calls; nothing is decided twice.
"""

from typing import TextIO

from obelos_transcripts import ObelosError, Refused

from ..review import Review
from . import deciding, going, looking, standing  # noqa: F401  (their verbs declare themselves)
from .session import Session
from .verbs import verb_for

PROMPT = "> "


def answer(session: Session, line: str) -> None:
    """Do what a line says; a refusal is told, and the session goes on."""
    if not line.strip():
        return
    try:
        one, rest = verb_for(line)
        one.act(session, rest)
    except ObelosError as error:
        session.failed = max(session.failed, 3 if isinstance(error, Refused) else 2)
        session.say(f"Not done: {error}")


def run(review: Review, lines: TextIO) -> int:
    """Review line by line until the lines end or somebody says ``quit``.

    Returns:
        0; from a pipe 2 where a line was not understood or could not be done, 3 where it was refused.
    """
    session = Session(review, lines)
    session.begin()
    try:
        while not session.over:
            line = session.hear(PROMPT)
            if line is None:
                break
            answer(session, line)
    finally:
        session.end()
    return 0 if lines.isatty() else session.failed
