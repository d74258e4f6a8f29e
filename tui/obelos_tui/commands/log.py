"""``log`` and ``show``: what happened to the documents of an edition."""

from collections.abc import Iterator
from typing import Any

import click

from obelos_history import Entry, describe, dump_record, entries
from obelos_history.log_filter import KINDS, Wanted, check_value, day
from obelos_transcripts import BadInput
from obelos_transcripts.edition import DISPOSITIONS

from ..csv_sheet import written
from ..history_wording import difference, told_words
from ..workplace import edition_here, repository_of, say
from .forms import print_json

_COLUMNS = (
    "when",
    "kind",
    "document",
    "person",
    "title",
    "disposition",
    "rule",
    "note",
    "before",
    "after",
    "id",
    "commit",
)


@click.command()
@click.argument("documents", nargs=-1)
@click.option("--person", multiple=True, help="Part of a name or mail address.")
@click.option("--rule", multiple=True, metavar="CODE", help="Rule that was answered; “CF*” for all that begin so.")
@click.option("--disposition", multiple=True, type=click.Choice(DISPOSITIONS))
@click.option("--kind", multiple=True, type=click.Choice(KINDS), help="What happened.")
@click.option("--since", metavar="DATE", help="From this day on: 2026-11-23, 2026-11, 2026.")
@click.option("--until", metavar="DATE", help="Up to this day, inclusive.")
@click.option("--word", multiple=True, help="A word as it stood before or after the change; “a phrase” too.")
@click.option("--text", multiple=True, help="Words anywhere in the entry, for instance in the note.")
@click.option("-n", "--last", "most", type=click.IntRange(1), metavar="N", help="Only the newest N that match.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv"]),
    default="text",
    help="How to print it.",
)
def log(
    documents: tuple[str, ...], since: str | None, until: str | None, most: int | None, form: str, **asked: Any
) -> None:
    """Show what happened, newest first: commits, and the decisions that each recorded, with the words that changed.

    Without a document: the whole edition. Decisions not yet written come first, marked *. Several filters must all
    hold; several values of one mean any of them.

    \b
    Examples:
      obelos log chungking-456
      obelos log --word bane
      obelos log --person ada --disposition emend --since 2026-11
    """
    edition = edition_here()
    for name in documents:
        edition.document(name)
    wanted = Wanted(
        **{key: tuple(check_value(key, value) for value in values) for key, values in asked.items()},
        since=day(since, last=False) if since else None,
        until=day(until, last=True) if until else None,
    )
    found = _first(filter(wanted, entries(edition, repository_of(edition), documents)), most)
    if form == "text":
        several, nothing = len(documents) != 1, True
        for entry in found:
            nothing = False
            _say(entry, several=several)
        if nothing:
            say("Nothing in the history matches." if wanted else "Nothing has been recorded yet.")
        return
    rows = (_as_data(entry) for entry in found)
    if form == "csv":
        click.echo(written([_COLUMNS, *([row[key] or "" for key in _COLUMNS] for row in rows)]), nl=False)
    else:
        print_json(rows, form)


def _first(found: Iterator[Entry], most: int | None) -> Iterator[Entry]:
    for number, entry in enumerate(found, 1):
        yield entry
        if number == most:
            return


def _say(entry: Entry, *, several: bool) -> None:
    mark = "*" if entry.pending else "●" if entry.kind == "commit" else "·"
    indent = "" if entry.kind == "commit" or entry.pending else "    "
    ident = entry.id[:10] if entry.kind == "commit" else entry.id
    where = f"{entry.document}: " if several and entry.kind != "commit" else ""
    title = entry.title if entry.kind in ("commit", "decision") else f"{entry.kind}: {entry.title}"
    say(f"{indent}{mark} {ident}  {entry.when:%Y-%m-%d %H:%M}  {where}{title}")
    note = f": {entry.record.note}" if entry.record and entry.record.note else ""
    what = f"{entry.decision.disposition}, " if entry.decision else ""
    say(f"{indent}    {what}{entry.person}{note}")
    if entry.decision:
        say(f"{indent}    {difference(entry.decision)}")
    elif entry.words:
        say(f"{indent}    without a decision: {told_words(entry.words)}")
    if entry.superseded_by:
        say(f"{indent}    superseded by {entry.superseded_by}")


def _as_data(entry: Entry) -> dict[str, Any]:
    decision = entry.decision
    return {
        "kind": entry.kind,
        "id": entry.id,
        "document": entry.document,
        "when": entry.when.isoformat(),
        "person": entry.person,
        "title": entry.title,
        "commit": entry.commit,
        "pending": entry.pending,
        "disposition": decision.disposition if decision else None,
        "rule": decision.rule if decision else None,
        "note": entry.record.note if entry.record else None,
        "before": decision.place.exact if decision else None,
        "after": decision.reading if decision else None,
        "words": [list(pair) for pair in entry.words],
        "superseded_by": entry.superseded_by,
    }


@click.command()
@click.argument("ident", metavar="ID")
@click.option("--yaml", "as_yaml", is_flag=True, help="A record's file as it is.")
def show(ident: str, as_yaml: bool) -> None:
    """Show one decision, another record, or one commit, in full. The first characters of its id are enough."""
    edition = edition_here()
    found: dict[str, Entry] = {}
    for entry in entries(edition, repository_of(edition)):
        if entry.id.startswith(ident.lower() if entry.kind == "commit" else ident.upper()):
            found[entry.id] = entry
    if len(found) != 1:
        what = "is the beginning of several ids" if found else "is the id of no decision or commit"
        raise BadInput.at("show", None, f"“{ident}” {what}; “obelos log” lists them")
    (entry,) = found.values()
    if entry.record and (as_yaml or not entry.decision):
        say(dump_record(entry.record).decode().rstrip())
        return
    say(f"{entry.kind} {entry.id}")
    say(f"{entry.document}: {entry.title}" if entry.decision else entry.title)
    for line in describe(entry.decision, entry.superseded_by) if entry.decision else entry.message:
        say(f"  {line}")
    if entry.words and not entry.decision:
        say(f"  changed without a decision: {told_words(entry.words)}")
    if entry.decision:
        say(f"  commit     {entry.commit or 'not yet written'}")
