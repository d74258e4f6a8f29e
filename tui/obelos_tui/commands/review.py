"""``review``: the screens, loaded only here."""

import sys

import click

from obelos_transcripts import Refused

from ..desk import Desk
from ..workplace import edition_here, repository_of, rules_of, say


@click.command()
@click.argument("document", required=False)
def review(document: str | None) -> None:
    """Review a document on the screen: its versions side by side, its findings one by one.

    Without a name: the only document, or the list of all.
    """
    open_screen(document)


def open_screen(document: str | None) -> None:
    """Open the screens on the edition here."""
    edition = edition_here()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "there is no terminal to open the screen on. The same work by plain commands: obelos check, "
            "obelos decide, obelos commit, obelos log, obelos verify"
        )
    if document:
        edition.document(document)
    desk = Desk(edition, repository_of(edition), rules_of(edition))
    from ..app import run

    farewell = run(desk, document)
    if farewell:
        say(farewell)
