"""``verify``: the proof, without the screen."""

import click

from obelos_history import vanished
from obelos_history import verify as verify_document

from ..proof import told
from ..workplace import edition_here, repository_of, say
from .forms import print_json

FORMATS = click.option(
    "--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", help="How to print it."
)


@click.command()
@click.argument("documents", nargs=-1)
@FORMATS
@click.pass_context
def verify(ctx: click.Context, documents: tuple[str, ...], form: str) -> int:
    """Prove that base text + decisions = text, byte for byte, on disk and in every commit.

    A word changed without a decision is named with its line, its commit and the person. Exit code 1 if the
    proof fails.
    """
    edition = edition_here()
    repository = repository_of(edition)
    verdicts = [verify_document(edition, repository, name) for name in documents or edition.names()]
    verdicts += [] if documents else vanished(edition, repository)
    if form == "text":
        for verdict in verdicts:
            for line in told(verdict):
                say(line)
        if not verdicts:
            say("The edition holds no document yet.")
    else:
        print_json(
            [
                {
                    "document": v.document,
                    "holds": v.holds,
                    "base": v.base_id,
                    "text": v.text_id,
                    "decisions": v.decisions,
                    "commits": v.commits,
                    "unexplained": [
                        {
                            "line": c.line,
                            "expected": c.expected,
                            "found": c.found,
                            "commit": c.commit.id if c.commit else None,
                            "person": str(c.commit.person) if c.commit else None,
                            "gone": c.gone.id if c.gone else None,
                        }
                        for c in v.unexplained
                    ],
                    "tampering": [
                        {"what": t.what, "commit": t.commit.id if t.commit else None, "settled": t.settled}
                        for t in v.tampering
                    ],
                }
                for v in verdicts
            ],
            form,
        )
    return 0 if all(v.holds for v in verdicts) else 1
