"""Decisions made up for tests, and a computation that never ends."""

import signal
from datetime import UTC, datetime

from obelos_history import Decision
from obelos_transcripts import Span, place_of

BASE_ID = "5" * 40


def decision(text: str, span: tuple[int, int], reading: str | None, number: int = 0, **more: object) -> Decision:
    """A made-up decision on a span of a base text."""
    values: dict[str, object] = {
        "id": f"01JD{number:022d}",
        "document": "made-up",
        "base": BASE_ID,
        "disposition": "correct" if reading is not None else "stet",
        "fault": "transcription",
        "place": place_of(text, Span(*span), "body"),
        "reading": reading,
        "rule": None,
        "fingerprint": None,
        "note": "",
        "cert": "unknown",
        "evidence": None,
        "source": "",
        "resp": "A Person <a@example.org>",
        "when": datetime(2026, 11, 23, tzinfo=UTC),
        "supersedes": (),
    }
    return Decision(**(values | more))  # type: ignore[arg-type]


def never(*_: object) -> None:
    """A computation that ends only when it is ended."""
    while True:
        signal.pause()
