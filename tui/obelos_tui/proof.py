"""A verdict in words: what was proved, or which words nobody accounts for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from obelos_history import Commit, Unexplained, Verdict
from obelos_transcripts import visible


def told(verdict: Verdict) -> Iterator[str]:
    """The verdict on one document, line by line."""
    standing = [change for change in verdict.unexplained if not change.gone]
    settled = [change for change in verdict.unexplained if change.gone]
    if verdict.holds:
        yield (
            f"✓ {verdict.document}: base text + {_count(verdict.decisions, 'decision')} = working text, "
            f"byte for byte ({_count(verdict.commits, 'commit')})"
        )
    else:
        what = _count(len(standing), "change") + " without a decision" if standing else "its records were tampered with"
        yield f"✗ {verdict.document}: {what}"
    for change in standing:
        yield f"  line {change.line}: {_words(change)}, {_whence(change.commit)}"
    for wrong in verdict.tampering:
        past = "in the past: " if wrong.settled else ""
        yield f"  {past}{visible(wrong.what)}{', ' + _whence(wrong.commit) if wrong.commit else ''}"
    for change in settled:
        gone = change.gone.id[:10] if change.gone else ""
        yield f"  in the past, line {change.line}: {_words(change)}, {_whence(change.commit)}; settled in {gone}"
    if standing:
        yield (
            f"  What to do: “obelos adopt {verdict.document} --as correct --note …” makes decisions of these changes; "
            f"“obelos restore {verdict.document}” puts the text back."
        )
    if verdict.base_id:
        yield f"  base text {verdict.base_id}"
        yield f"  text      {verdict.text_id}"


def as_data(verdict: Verdict) -> dict[str, Any]:
    """The verdict on one document, for JSON."""
    return {
        "document": verdict.document,
        "holds": verdict.holds,
        "base": verdict.base_id,
        "text": verdict.text_id,
        "decisions": verdict.decisions,
        "commits": verdict.commits,
        "unexplained": [
            {
                "line": c.line,
                "expected": c.expected,
                "found": c.found,
                "commit": c.commit.id if c.commit else None,
                "person": str(c.commit.person) if c.commit else None,
                "gone": c.gone.id if c.gone else None,
            }
            for c in verdict.unexplained
        ],
        "tampering": [
            {"what": t.what, "commit": t.commit.id if t.commit else None, "settled": t.settled}
            for t in verdict.tampering
        ],
    }


def _words(change: Unexplained) -> str:
    change = replace(change, expected=visible(change.expected), found=visible(change.found))
    if not change.expected:
        return f"“{change.found}” was put in"
    if not change.found:
        return f"“{change.expected}” was taken out"
    return f"“{change.found}” stands where “{change.expected}” should"


def _whence(commit: Commit | None) -> str:
    if commit is None:
        return "on disk, not committed"
    person, subject = visible(str(commit.person)), visible(commit.subject)
    return f"changed in {commit.id[:10]} by {person} on {commit.when:%Y-%m-%d} (“{subject}”)"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
