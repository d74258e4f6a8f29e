"""``demo``: the sample edition."""

import sys
from pathlib import Path

import click

from obelos_transcripts.edition import SETTINGS

from ..demo import DOCUMENT, how_to_open, make_sample, new_folder, run_by_commands
from ..workplace import edition_here, say


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="Do the job by plain commands even where there is a terminal.")
def demo(folder: Path | None, plain: bool) -> int:
    """Make the sample edition, a telegram of 1946, as a real git repository, and open it.

    Without a terminal: do the whole job on it by plain commands, and show each. FOLDER must be new or empty, or a
    sample made before, which is opened again; by default a new one is made in your home.
    """
    on_screen = not plain and sys.stdin.isatty() and sys.stdout.isatty()
    if on_screen and folder is not None and (folder / SETTINGS).is_file():
        place, edition = folder, edition_here(folder)
    else:
        place = new_folder(folder)
        edition = make_sample(place)
        say(f"The sample edition is in {place}, a git repository of its own.")
    if not on_screen:
        return run_by_commands(place)
    from contextlib import chdir

    from .review import open_screen

    with chdir(edition.root):
        open_screen(DOCUMENT if DOCUMENT in edition.names() else None)
    say(how_to_open(place))
    return 0
