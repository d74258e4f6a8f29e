"""``init`` and ``add``: making an edition."""

from pathlib import Path
from shutil import rmtree

import click

from obelos_history import Repository
from obelos_history.founding import add_text, found
from obelos_transcripts import BadInput, ObelosError

from ..clock import now
from ..workplace import edition_here, repository_of, say


@click.command()
@click.option("--title", default="", help="Title of the edition.")
def init(title: str) -> None:
    """Make this folder an edition: settings, attributes, and a git repository if there is none.

    \b
    Example:
      obelos init --title "Letters of a consul, 1911-1914"
    """
    folder = Path.cwd()
    inside = any((place / ".git").exists() for place in (folder, *folder.parents))
    repository = Repository.open(folder) if inside else Repository.create(folder)
    try:
        edition = found(folder, title, repository.identity(), now(), repository)
    except ObelosError:
        if not inside:
            rmtree(folder / ".git")  # made a moment ago, with nothing in it
        raise
    say(f"{edition.root} is an edition now. Add a first text: obelos add FILE --as NAME")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "name", required=True, help="Name of the document, a folder under transcripts/.")
@click.option("--siglum", help="Add as a witness under this siglum; without it, as the base text.")
def add(files: tuple[Path, ...], name: str, siglum: str | None) -> None:
    """Add a file as the base text of a new document, or as a further witness of one.

    \b
    Examples:
      obelos add telegram.txt --as chungking-456
      obelos add second-keying.txt --as chungking-456 --siglum B
    """
    if len(files) > 1:
        raise BadInput.at("add", None, "one file at a time: each base text and each witness has a name of its own")
    edition = edition_here()
    repository = repository_of(edition)
    target = add_text(edition, repository, files[0], name, siglum, repository.identity(), now())
    say(f"{files[0]} is {target.relative_to(edition.root)} now, committed as it came, byte for byte.")
