"""``review``: the screens, loaded only here."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from obelos_transcripts import Edition, Refused, Settings, find_edition, read_text
from obelos_transcripts.edition import TRANSCRIPTS

from ..glimpse import Glimpse, glimpse, glimpse_of
from ..recipes import recipe_of
from ..workplace import edition_here, finished, person_named, say

# The first frame of the screen waits for none of it.
if TYPE_CHECKING:
    from ..desk import Desk

_WEB = "textual.drivers.web_driver:WebDriver"
"""What draws the screens for `serve`."""

_ASKED = "The edition was opened to be read only (--read-only). Nothing can be recorded."

_LOOSE = (
    "These are loose files: you can look at them, but nothing can be recorded. "
    "“obelos init” makes an edition of this folder, “obelos add” brings the files in."
)


@click.command()
@click.argument("what", nargs=-1, metavar="[DOCUMENT | FILE…]")
@click.option("--plain", is_flag=True, help="Line by line, without a screen: for screen readers and pipes.")
@click.option("--aloud", is_flag=True, help="Read aloud by two: breath by breath, every sign spoken.")
@click.option("--siglum", help="With --aloud: read this version instead of the working text.")
@click.option("--as", "person", metavar="'NAME <MAIL>'", help="Whose decisions they are, if not those of git's user.")
@click.option("--by-rank", is_flag=True, help="Findings of the rules first whose findings were accepted most here.")
@click.option("--read-only", is_flag=True, help="Look at everything, decide nothing.")
def review(
    what: tuple[str, ...],
    plain: bool,
    aloud: bool,
    siglum: str | None,
    person: str | None,
    by_rank: bool,
    read_only: bool,
) -> int | None:
    """Review a document on the screen: its versions side by side, its findings one by one.

    Without a name: the only document, or the list of all. With files: the first beside the others, to look at;
    nothing can be recorded until there is an edition.

    --plain reads commands from standard input, a line each, and answers on standard output: “help” lists them. They are
    the verbs of the screen. Its exit code from a pipe is 2 if a line was not understood, 3 if one was refused.

    \b
    Examples:
      obelos review chungking-456
      obelos review chungking-456 --plain
      obelos review chungking-456 --by-rank
      echo all | obelos review chungking-456 --aloud
      obelos review first-keying.txt second-keying.txt
    """
    if (plain or aloud) and (person or read_only):
        raise click.UsageError("--as and --read-only are for the screen")
    if plain or aloud:
        return _line_by_line(what, aloud, siglum, by_rank)
    edition = find_edition(Path.cwd())
    if what and not (edition and what[0] in edition.names()) and all(Path(name).is_file() for name in what):
        _look_at(tuple(map(Path, what)))
    elif len(what) > 1:
        raise click.UsageError("name one document, or files that are there")
    else:
        document = what[0] if what else None
        open_screen(document, person=person, read_only=_ASKED if read_only else "", by_rank=by_rank)
    return None


def _line_by_line(what: tuple[str, ...], aloud: bool, siglum: str | None, by_rank: bool) -> int:
    from .decide import reviewing

    if len(what) > 1:
        raise click.UsageError("name one document")
    with reviewing(what[0] if what else None, "likely") as review:
        if aloud:
            from ..plain.reading import read_aloud

            return read_aloud(review, siglum, sys.stdin)
        from ..plain import run

        if by_rank:
            review.order_by_rank(True)

        return run(review, sys.stdin)


def open_screen(document: str | None, *, person: str | None = None, read_only: str = "", by_rank: bool = False) -> None:
    """Open the screens on the edition here.

    Args:
        person: Who decides, if it is not git's user.
        by_rank: As `Review.order_by_rank` says, for every document opened.
    """
    edition = edition_here()
    if document:
        edition.document(document)
    whose = person_named(person) if person else None

    def open_desk() -> "Desk":
        from obelos_history import Repository

        from ..desk import Desk

        repository = Repository.open(edition.root)
        repository.person = whose
        recipe = recipe_of(edition)
        notices = finished(repository)
        return Desk(edition, repository, recipe.rules(), read_only, notices, recipe, by_rank)

    _open(open_desk, document, lambda: glimpse_of(edition, document))


def _open(open_desk: "Callable[[], Desk]", document: str | None, first: "Callable[[], Glimpse | None]") -> None:
    in_browser = os.environ.get("TEXTUAL_DRIVER") == _WEB
    if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "there is no terminal to open the screen on. The same work line by line: obelos review --plain; by plain "
            "commands: obelos check, obelos decide, obelos commit, obelos log, obelos verify"
        )
    from ..app import run

    farewell = run(open_desk, document, first)
    if farewell and not in_browser:
        say(farewell)


def _look_at(paths: tuple[Path, ...]) -> None:
    """Show loose files as if they were versions of a document, in an edition that lasts as long as the screen."""
    with TemporaryDirectory(prefix="obelos-") as passing:
        edition = Edition(Path(passing).resolve(), Settings())

        def open_desk() -> "Desk":
            from obelos_history import Repository

            from ..desk import Desk

            texts = [read_text(path) for path in paths]
            document = edition.root / TRANSCRIPTS / "loose"
            document.mkdir(parents=True)
            for stem, text in zip(("base", *"BCDEFGHIJKLMNOPQRSTUVWXYZ"), texts, strict=False):
                (document / f"{stem}.txt").write_bytes(text.encode())
            recipe = recipe_of(find_edition(Path.cwd()))
            return Desk(edition, Repository.create(edition.root), recipe.rules(), _LOOSE, (), recipe)

        heads = ("working text", "base text" if len(paths) < 2 else "B witness B")
        _open(open_desk, "loose", lambda: glimpse(heads, (paths[0], paths[-1 if len(paths) < 2 else 1])))
