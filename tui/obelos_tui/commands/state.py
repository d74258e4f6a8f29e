"""``state``, ``waiting``, ``approve``: how far documents have come, and the second reader."""

import json
from collections.abc import Sequence
from typing import Any

import click

from obelos_history import STATES, State
from obelos_transcripts import BadInput, Edition, ObelosError
from obelos_transcripts.schema import did_you_mean

from ..attesting import Attesting
from ..states import as_data, owner, place_as_data, told
from ..wording_plain import counted
from ..workplace import document_name, edition_here, repository_of, say

FORMATS = click.option(
    "--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", help="How to print it."
)


@click.command()
@click.argument("words", nargs=-1, metavar="[DOCUMENT…] [STATE]")
@click.option("--note", default="", help="Why; asked for where a state is skipped, or taken back.")
@FORMATS
def state(words: tuple[str, ...], note: str, form: str) -> int:
    """Show how far documents have come; with a STATE as the last word, record it, one commit a document.

    States are draft, proofread, verified, published. A state is said of the text as it is written: it names the text
    and the decisions in it. What is changed later is listed as a reopened passage; the state stays.

    \b
    Examples:
      obelos state
      obelos state chungking-456 proofread
      obelos state chungking-456 draft --note "the file copy has turned up"
    """
    edition = edition_here()
    documents, wanted = _sorted_out(edition, words)
    if wanted:
        for name in documents or (document_name(edition, None),):
            _set(edition, name, wanted, note)
        return 0
    if note:
        raise BadInput.at("--note", None, f"goes with a state that is set: one of {', '.join(STATES)}")
    attesting = _attesting(edition)
    found, troubled = [], 0
    for name in documents or edition.names():
        try:
            found.append(attesting.standing(name))
        except ObelosError as error:
            troubled = 2
            say(f"obelos: {name}: {error}", err=True)
    if form == "text":
        for standing in found:
            for line in told(standing):
                say(line)
        if not (found or troubled):
            say("The edition holds no document yet.")
    else:
        _print_json([as_data(standing) for standing in found], form)
    return troubled


def _sorted_out(edition: Edition, words: tuple[str, ...]) -> tuple[tuple[str, ...], State | None]:
    """The documents, and the state where the last word is one; a document of that name is meant before."""
    names = edition.names()
    unknown = [word for word in words if word not in names]
    if words and unknown == [words[-1]]:
        (word,) = unknown
        if word not in STATES:
            raise BadInput.at(
                "state", None, f"“{word}” is no document and no state{did_you_mean(word, [*STATES, *names])}"
            )
        return words[:-1], word
    for word in unknown:
        edition.document(word)
    return words, None


def _attesting(edition: Edition) -> Attesting:
    return Attesting(edition, repository_of(edition), notice=lambda notice: say(notice, err=True))


def _set(edition: Edition, name: str, wanted: State, note: str) -> None:
    made = _attesting(edition).set_state(name, wanted, note)
    if made is None:
        say(f"{name}: {wanted} already, said by you of this very text. Nothing to do.")
        return
    record, commit = made
    say(f"{name}: {record.state}, with {counted(len(record.covers), 'decision')} in it; commit {commit[:10]}")


@click.command()
@click.argument("documents", nargs=-1)
@FORMATS
def waiting(documents: tuple[str, ...], form: str) -> None:
    """List the decisions that wait for a second reader, in these documents or in the whole edition.

    Which dispositions need one is said by the edition: policy: second_reader: in edition.yaml. Another person confirms
    a decision by “obelos approve”, or by reading the document and setting its state to proofread or verified.
    """
    edition = edition_here()
    queue = _attesting(edition).waiting(documents or edition.names())
    found = queue.places
    for trouble in queue.troubles:
        say(f"obelos: {trouble}", err=True)
    if form != "text":
        _print_json([place_as_data(place) for place in found], form)
        return
    for place in found:
        decision = place.decision
        say(f"{place.document}:{place.line}  {decision.summary()} ({decision.disposition}, {decision.resp})")
        say(f"    …{place.before}[{place.now}]{place.after}…".replace("\n", "↵"))
        if decision.note:
            say(f"    {decision.note}".replace("\n", " "))
        say(f"    {decision.id}")
    if not found and not edition.settings.policy.second_reader:
        say("This edition asks for no second reader: policy: second_reader: in edition.yaml names the dispositions.")
    elif not found:
        say("Nothing waits for a second reader.")


@click.command()
@click.argument("idents", nargs=-1, metavar="[ID…]")
@click.option("--all", "whole", multiple=True, metavar="DOC", help="All that waits on this document, but your own.")
@click.option("--note", default="", help="What you looked at, or why you agree.")
def approve(idents: tuple[str, ...], whole: tuple[str, ...], note: str) -> None:
    """Confirm decisions of another person, as their second reader: one commit a document.

    The first characters of an id are enough. Nobody confirms a decision of their own. Who does not agree takes a
    decision instead. “obelos waiting DOC” shows what --all would confirm.

    \b
    Examples:
      obelos approve 01JD7Z --note "seen in the file copy"
      obelos approve --all chungking-456 --note "read against the file copy"
    """
    if not idents and not whole:
        raise click.UsageError("name decisions, or a document with --all")
    edition = edition_here()
    wanted: dict[str, list[str]] = {}
    for name in dict.fromkeys(whole):
        edition.document(name)
        attesting = _attesting(edition)
        waits = attesting.to_confirm(attesting.waiting([name]).places, name)
        wanted[name] = [place.decision.id for place in waits]
        if not waits:
            say(f"{name}: nothing waits for you as a second reader.")
    for ident in idents:
        name, decision = owner(edition, ident)
        wanted.setdefault(name, []).append(decision)
    for name, ids in wanted.items():
        if not ids:
            continue
        made, commit = _attesting(edition).approve(name, ids, note)
        say(f"{name}: {counted(len(made), 'decision')} confirmed; commit {commit[:10]}")


def _print_json(rows: Sequence[dict[str, Any]], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=True, indent=1))
    else:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=True))
