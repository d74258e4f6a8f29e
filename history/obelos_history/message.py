"""The words of a commit: a subject that a person would write, the notes, and trailers for programs."""

from collections.abc import Sequence

from obelos_transcripts.visible import visible

from .decision import Decision

_SUBJECT = 72


def commit_message(document: str, decisions: Sequence[Decision]) -> str:
    """Message for a commit of decisions of one document; at least one decision."""
    ordered = sorted(decisions, key=lambda d: (not d.changes_text, d.place.start))
    first = _short(visible(ordered[0].summary()), _SUBJECT - len(document) - 16)
    more = f", and {len(ordered) - 1} more" if len(ordered) > 1 else ""
    lines = [f"{document}: {first}{more}", ""]
    for decision in ordered:
        note = f": {visible(decision.note)}" if decision.note else ""
        lines.append(f"- {visible(decision.summary())} ({decision.disposition}){note}")
    lines.append("")
    for decision in ordered:
        lines.append(f"Obelos-Decision: {decision.id}")
        lines.append(f"Disposition: {decision.disposition}")
        if decision.rule:
            lines.append(f"Rule: {decision.rule}")
    return "\n".join(lines) + "\n"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
