"""``init`` and ``add``: making an edition."""

from pathlib import Path
from shutil import rmtree

import click

from obelos_history import Repository
from obelos_history.founding import add_texts, found, name_after
from obelos_transcripts import BadInput, ObelosError

from ..clock import now
from ..progress import Progress
from ..workplace import edition_here, repository_of, say


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="", help="Title of the edition.")
def init(folder: Path | None, title: str) -> None:
    """Make a folder, without one this folder, an edition: settings, attributes, and a git repository if there is none.

    \b
    Examples:
      obelos init --title "Letters of a consul, 1911-1914"
      obelos init letters
    """
    root = Path.cwd() / (folder or "")
    made = _made(root)
    inside = any((place / ".git").exists() for place in (root, *root.parents))
    try:
        repository = Repository.open(root) if inside else Repository.create(root)
        edition = found(root, title, repository.identity(), now(), repository)
    except ObelosError:
        if not inside:
            rmtree(root / ".git", ignore_errors=True)  # made a moment ago, with nothing in it
        for place in made:
            place.rmdir()
        raise
    where = f"In {folder}, add" if folder else "Add"
    say(f"{edition.root} is an edition now. {where} a first text: obelos add FILE --as NAME")


def _made(folder: Path) -> list[Path]:
    """Make a folder and those it lies in; what was not there before, the innermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput.at(folder, None, f"cannot be a folder: {error.strerror}; nothing was changed") from error
    return missing


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "name",
    help="Name of the document, a folder under transcripts/; without it, documents are named after files.",
)
@click.option("--siglum", help="Add as a witness under this siglum; without it, as the base text.")
def add(files: tuple[Path, ...], name: str | None, siglum: str | None) -> None:
    """Add files as the base texts of new documents, or as further witnesses of documents. Several files are one
    commit: all are added, or none.

    \b
    Examples:
      obelos add telegram.txt --as chungking-456
      obelos add second-keying.txt --as chungking-456 --siglum B
      obelos add letters/*.txt
      obelos add second/*.txt --siglum B
    """
    if name and len(files) > 1:
        raise BadInput.at("--as", None, "is for one file; without it each document is named after its file")
    edition = edition_here()
    repository = repository_of(edition)
    sources = [(name or name_after(file), file) for file in files]
    with Progress(len(sources)) as progress:

        def read(at_hand: str) -> None:
            progress.step()
            progress.at(at_hand if progress.done < len(sources) else "all are read; now they are committed")

        places = add_texts(edition, repository, sources, siglum, repository.identity(), now(), read)
    if len(files) == 1:
        say(f"{files[0]} is {places[0].relative_to(edition.root)} now, committed as it came, byte for byte.")
    else:
        shown = ", ".join(document for document, _ in sources[:3])
        say(f"{len(files)} files are in the edition now ({shown} …), committed as they came, byte for byte.")
