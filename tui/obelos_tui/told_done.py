"""What became of a concordance that was decided in one go, in words."""

from .alike import Done
from .wording import counted


def told_done(done: Done, wanted: int) -> list[str]:
    """How many decisions in how many documents, what was left out and why. ``wanted``: places that were kept."""
    documents = {decision.document for decision in done.taken}
    taken = counted(len(done.taken), "decision", "decisions")
    lines = [f"{taken} of {wanted} taken, in {counted(len(documents), 'document', 'documents')}. Each is on disk."]
    lines += [f"{name} was left out, wholly or in part: {why}" for name, why in done.left_out]
    if done.stopped:
        lines.append("It was ended before all were taken; the others are open as before.")
    if len(documents) > 1:
        lines.append("“obelos commit” writes them all; writing in a review writes those of its document.")
    return lines
