"""``log``, ``show``, ``blame``: the history, without the screen."""

import json
from typing import Any

import click

from obelos_history import DocumentHistory, Entry, dump, entries
from obelos_history import blame as blame_words
from obelos_transcripts import BadInput, Edition, Refused

from ..workplace import document_name, edition_here, repository_of, say

FORMATS = click.option(
    "--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", help="How to print it."
)


def _history(edition: Edition, name: str) -> DocumentHistory:
    return DocumentHistory(edition, repository_of(edition), name)


@click.command()
@click.argument("document", required=False)
@FORMATS
def log(document: str | None, form: str) -> None:
    """Show what happened to a document, newest first: commits, and the decisions that each recorded.

    Decisions not yet written come first, marked *.
    """
    edition = edition_here()
    found = entries(_history(edition, document_name(edition, document)))
    if form != "text":
        _print_json([_as_data(entry) for entry in found], form)
        return
    for entry in found:
        mark = "*" if entry.pending else "·" if entry.kind == "decision" else "●"
        indent = "    " if entry.kind == "decision" and not entry.pending else ""
        ident = entry.id if entry.kind == "decision" else entry.id[:10]
        say(f"{indent}{mark} {ident}  {entry.when:%Y-%m-%d %H:%M}  {entry.title}")
        if entry.kind == "decision" and entry.decision:
            note = f": {entry.decision.note}" if entry.decision.note else ""
            say(f"{indent}    {entry.decision.disposition}, {entry.person}{note}")
        else:
            say(f"    {entry.person}")
    if not found:
        say("Nothing has been recorded yet.")


def _as_data(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "document": entry.document,
        "when": entry.when.isoformat(),
        "person": entry.person,
        "title": entry.title,
        "commit": entry.commit,
        "pending": entry.pending,
        "disposition": entry.decision.disposition if entry.decision else None,
        "note": entry.decision.note if entry.decision else None,
    }


def _print_json(rows: list[dict[str, Any]], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=True, indent=1))
    else:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=True))


@click.command()
@click.argument("ident", metavar="ID")
@click.option("--yaml", "as_yaml", is_flag=True, help="A decision's file as it is.")
def show(ident: str, as_yaml: bool) -> None:
    """Show one decision, or one commit, in full. The first characters of its id are enough."""
    edition = edition_here()
    found: dict[str, Entry] = {}
    for name in edition.names():
        for entry in entries(_history(edition, name)):
            if entry.id.startswith(ident.upper() if entry.kind == "decision" else ident.lower()):
                found[entry.id] = entry
    if len(found) != 1:
        what = "is the beginning of several ids" if found else "is the id of no decision or commit"
        raise BadInput.at("show", None, f"“{ident}” {what}; “obelos log” lists them")
    (entry,) = found.values()
    if as_yaml and entry.decision:
        say(dump(entry.decision).decode().rstrip())
        return
    say(f"{entry.kind} {entry.id}")
    say(f"{entry.document}: {entry.title}" if entry.kind == "decision" else entry.title)
    for line in entry.detail:
        say(f"  {line}")
    if entry.kind == "decision":
        say(f"  commit     {entry.commit or 'not yet written'}")


@click.command()
@click.argument("document", required=False)
@click.option("--word", help="Only the places where this word stands, now or in the base text.")
@click.option("--all", "every", is_flag=True, help="Every word, also those of the base text.")
@FORMATS
def blame(document: str | None, word: str | None, every: bool, form: str) -> None:
    """Tell for each changed word who put it there, when, why, and what the base text has.

    Words that are not listed are the base text's. Decisions not yet written count. What somebody changed by hand,
    without a decision, is not listed here: that is what “obelos verify” names.
    """
    edition = edition_here()
    history = _history(edition, document_name(edition, document))
    try:
        history.check_disk()
    except Refused as warning:
        say(f"obelos: {warning}", err=True)
    commits = {e.id: e.commit for e in entries(history)}
    rows = []
    for part in blame_words(history.base, history.replayed()):
        decision = part.decision
        if word is not None and word not in part.text.split() and word not in part.was.split():
            continue
        if not (every or word is not None or decision):
            continue
        rows.append(
            {
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
                "commit": commits.get(decision.id) if decision else None,
            }
        )
    if form != "text":
        _print_json(rows, form)
        return
    for row in rows:
        if row["decision"]:
            note = f" — {row['note']}" if row["note"] else ""
            what = f"line {row['line']}: “{row['text']}” for “{row['was']}”"
            say(f"{what}, {row['disposition']}, {row['person']}, {str(row['when'])[:10]}{note}")
            say(f"    {row['decision']} in {str(row['commit'] or 'no commit yet')[:10]}")
        else:
            say(f"line {row['line']}: “{row['text']}”, base text")
    if not rows:
        say("No such word." if word else "Every word is the base text's.")
