"""``blame``: who put each word there."""

from collections.abc import Iterator
from typing import Any

import click

from obelos_history import DocumentHistory
from obelos_transcripts import BadInput, Refused

from ..blamed import Row, blamed_at, blamed_now
from ..csv_sheet import written
from ..history_wording import change
from ..versions import parse
from ..workplace import document_name, edition_here, repository_of, say
from .forms import print_json

_COLUMNS = ("line", "text", "was", "disposition", "person", "when", "note", "decision", "commit")


@click.command()
@click.argument("document", required=False, metavar="[DOCUMENT[@REVISION]]")
@click.option("--word", help="Only the places where this word stands, now or in the base text, or ever stood.")
@click.option("--all", "every", is_flag=True, help="Every word, also those of the base text that nobody decided on.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "jsonl", "csv"]), default="text", help="How to print it."
)
def blame(document: str | None, word: str | None, every: bool, form: str) -> None:
    """Tell for each word that was decided on who put it there, when, why, and what stood there before.

    Words that are not listed are the base text's. Decisions not yet written count, except with a revision. What
    somebody changed by hand, without a decision, is not listed here: that is what “obelos verify” names.

    \b
    Examples:
      obelos blame chungking-456 --word base
      obelos blame chungking-456@v1.0 --format csv
    """
    edition = edition_here()
    named = parse(document, edition.names()) if document else None
    if named and (named.siglum not in ("", "text") or (named.document == "" and "@" in named.given)):
        raise BadInput.at(named.given, None, "only a working text can be blamed: DOCUMENT or DOCUMENT@REVISION")
    repository = repository_of(edition)
    name = document_name(edition, named.document or named.given if named else None)
    if named and named.revision:
        rows = blamed_at(edition, repository, name, named.revision)
    else:
        history = DocumentHistory(edition, repository, name)
        try:
            history.check_disk()
        except Refused as warning:
            say(f"obelos: {warning}", err=True)
        rows = blamed_now(history)
    shown = [row for row in rows if _wanted(row, word, every)]
    if form == "text":
        for row in shown:
            for line in _told(row):
                say(line)
        if not shown:
            say("No such word." if word else "Every word is the base text's.")
    elif form == "csv":
        data = map(_as_data, shown)
        click.echo(written([_COLUMNS, *([row[key] or "" for key in _COLUMNS] for row in data)]), nl=False)
    else:
        print_json(map(_as_data, shown), form)


def _wanted(row: Row, word: str | None, every: bool) -> bool:
    part = row.part
    if word is None:
        return every or bool(part.lineage)
    ever = [part.text, part.was, *(d.reading or "" for d in part.lineage), *(d.place.exact for d in part.lineage)]
    return any(word in text.split() or word == text for text in ever)


def _told(row: Row) -> Iterator[str]:
    part = row.part
    where = f"line {part.line}: "
    if part.decision is None:
        yield f"{where}“{part.text}”, base text"
    else:
        yield f"{where}“{part.text}” for “{part.was}”" if part.text else f"{where}“{part.was}” struck out"
    for decision in part.lineage:
        gone = "  superseded" if decision.id in row.superseded else ""
        note = f" — {decision.note}" if decision.note else ""
        what = f"{decision.disposition} [{change(decision.place.exact, decision.reading)}]"
        yield f"    {decision.when:%Y-%m-%d}  {what}, {decision.resp}{note}"
        yield f"                {decision.id} in {(row.commits.get(decision.id) or 'no commit yet')[:10]}{gone}"


def _as_data(row: Row) -> dict[str, Any]:
    part, decision = row.part, row.part.decision
    return {
        "line": part.line,
        "start": part.span.start,
        "end": part.span.end,
        "text": part.text,
        "was": part.was,
        "decision": decision.id if decision else None,
        "disposition": decision.disposition if decision else None,
        "person": decision.resp if decision else None,
        "when": decision.when.isoformat() if decision else None,
        "note": decision.note if decision else None,
        "commit": row.commits.get(decision.id) if decision else None,
        "lineage": [
            {
                "decision": one.id,
                "disposition": one.disposition,
                "before": one.place.exact,
                "after": one.reading,
                "person": one.resp,
                "when": one.when.isoformat(),
                "note": one.note,
                "commit": row.commits.get(one.id),
                "superseded": one.id in row.superseded,
            }
            for one in part.lineage
        ],
    }
