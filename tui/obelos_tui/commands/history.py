"""``verify``: the proof, without the screen."""

import json

import click

from obelos_history import vanished
from obelos_history import verify as verify_document

from ..proof import as_data, told
from ..vetted import as_data as vetting_as_data
from ..vetted import told as told_vetting
from ..vetted import vetted
from ..workplace import edition_here, repository_of, say
from .forms import print_json

FORMATS = click.option(
    "--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", help="How to print it."
)


@click.command()
@click.argument("documents", nargs=-1)
@click.option("--policy", is_flag=True, help="Also: who read it, who verified whom, what is open; is the policy kept?")
@FORMATS
@click.pass_context
def verify(ctx: click.Context, documents: tuple[str, ...], policy: bool, form: str) -> int:
    """Prove that base text + decisions = text, byte for byte, on disk and in every commit.

    A word changed without a decision is named with its line, its commit and the person. Exit code 1 if the
    proof fails, or with --policy if the edition's policy is not kept.
    """
    edition = edition_here()
    repository = repository_of(edition)
    verdicts = [verify_document(edition, repository, name) for name in documents or edition.names()]
    verdicts += [] if documents else vanished(edition, repository)
    found = vetted(edition, repository, documents) if policy else None
    if form == "text":
        for verdict in verdicts:
            for line in told(verdict):
                say(line)
        if not verdicts:
            say("The edition holds no document yet.")
        for line in told_vetting(found) if found else ():
            say(line)
    else:
        rows = [as_data(verdict) for verdict in verdicts]
        if found and form == "json":
            click.echo(json.dumps({"version": 1, "proof": rows, "policy": vetting_as_data(found)}, indent=1))
        else:
            print_json([*rows, *([{"policy": vetting_as_data(found)}] if found else [])], form)
    return 0 if all(v.holds for v in verdicts) and (found is None or found.kept) else 1
