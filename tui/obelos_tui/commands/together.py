"""``merge``, ``sync``, ``base``, ``orphans``: working together, and a better transcription."""

import sys
from pathlib import Path

import click

from obelos_history.better_base import put_base
from obelos_history.merge import merge as merge_branch
from obelos_history.merging import Choice
from obelos_history.orphans import orphans as list_orphans
from obelos_history.settling import settle_here
from obelos_history.sync import Step, Wanted
from obelos_history.sync import sync as sync_branch
from obelos_transcripts import BadInput
from obelos_transcripts.text import read_bytes

from ..clock import now
from ..together import merged_lines, orphan_lines, pending_lines, step_lines
from ..workplace import edition_here, repository_of, say

BASE = click.option(
    "--base", "choice", type=click.Choice(["ours", "theirs"]), help="Whose base text holds where both have a new one."
)


@click.command()
@click.argument("revision", metavar="BRANCH", required=False)
@BASE
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def merge(revision: str | None, choice: Choice | None, dry_run: bool) -> None:
    """Merge another editor's branch (or any commit) into yours: by decision, then by word.

    The decisions of both are kept, and the working text is made anew from all of them. Two words of one paragraph
    never conflict, and the same correction made twice counts once. Where two editors read one word differently the
    base text stands, and a question carries both readings until somebody decides.

    Without a branch: settle what a merge by plain git left.

    \b
    Examples:
      obelos merge origin/main
      obelos merge ben --dry-run
      obelos merge
    """
    edition = edition_here()
    repository = repository_of(edition)
    person = repository.identity()
    if revision is None:
        if choice:
            raise BadInput.at("merge", None, "--base goes with a branch; here the base text on disk holds")
        outcome = settle_here(edition, repository, person, now(), dry_run=dry_run)
    else:
        outcome = merge_branch(repository, revision, person, now(), choice=choice, dry_run=dry_run)
    for line in merged_lines(outcome, revision or "", dry_run=dry_run):
        say(line)
    for line in pending_lines(edition, repository):
        say(line)


@click.command()
@click.argument("remote", required=False)
@BASE
@click.option("--rewritten", is_flag=True, help="Merge although the history there was rewritten since.")
@click.option(
    "--timeout", type=click.IntRange(1, 86_400), default=300, show_default=True, help="Seconds a step may take."
)
def sync(remote: str | None, choice: Choice | None, rewritten: bool, timeout: int) -> None:
    """Fetch what others pushed, merge it, push yours. Each step is told, and it can be said again at any time.

    Nothing is ever forced. Decisions not yet written stay where they are. Without network nothing is lost: say it
    again later.

    \b
    Examples:
      obelos sync
      obelos sync origin
    """
    edition = edition_here()
    repository = repository_of(edition)
    wanted = Wanted(remote, choice, rewritten, timeout, terminal=sys.stdin.isatty())
    for line in pending_lines(edition, repository):
        say(line)

    def tell(step: Step) -> None:
        for line in step_lines(step):
            say(line)

    sync_branch(edition, repository, repository.identity(), now, wanted, tell)


@click.command()
@click.argument("document")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--note", default="", help="Why this text is better, or why the base text is affirmed.")
@click.option("--source", default="", help="Where it comes from.")
@click.option("--reaffirm", is_flag=True, help="Keep the base text, and record it anew after the last commit.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of the decisions.")
def base(document: str, file: Path | None, note: str, source: str, reaffirm: bool, dry_run: bool) -> None:
    """Put a better transcription in the place of a base text; every decision goes with its words.

    A decision whose words the new text does not have is kept, and listed by “obelos orphans”.

    \b
    Examples:
      obelos base chungking-456 better.txt --note "collated with the file copy" --source "FO 371/53563"
      obelos base chungking-456 --reaffirm --note "history rewritten to remove a large image"
    """
    if reaffirm == (file is not None):
        raise BadInput.at("base", None, "give a FILE, or --reaffirm")
    edition = edition_here()
    repository = repository_of(edition)
    data = read_bytes(file) if file else None
    found = put_base(
        edition, repository, document, data, repository.identity(), now(), note=note, source=source, dry_run=dry_run
    )
    say(f"{found.held} decisions stand where they stood, {found.moved} moved with their words.")
    if found.orphans:
        say(f"{len(found.orphans)} have no place in it. They are kept and change nothing until you decide:")
        for orphan in found.orphans:
            say(f"  {orphan.id}  {orphan.summary()} ({orphan.disposition})")
        say(f"“obelos orphans {document}” shows where they would have to stand.")
    say(f"Committed as {found.commit[:10]}." if found.commit else "Nothing was changed.")
    for line in pending_lines(edition, repository):
        say(line)


@click.command()
@click.argument("document", required=False)
def orphans(document: str | None) -> None:
    """List decisions that have lost their place to a better base text, with the line where they would have to stand.

    Give one a new place (obelos decide DOC --at TEXT --correct READING --for ID), or be done with it
    (obelos decide DOC --drop ID --note WHY).
    """
    from obelos_history import DocumentHistory

    edition = edition_here()
    repository = repository_of(edition)
    names = [edition.document(document).name] if document else edition.names()
    found = 0
    for name in names:
        history = DocumentHistory(edition, repository, name)
        some = list_orphans(history)
        found += len(some)
        for line in orphan_lines(name, some):
            say(line)
    if not found:
        say("Every decision has its place.")
