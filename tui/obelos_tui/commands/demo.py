"""``demo``: the sample edition."""

import sys
from pathlib import Path

import click

from ..demo import DOCUMENT, how_to_open, make_sample, new_folder, run_by_commands
from ..workplace import say


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="Do the job by plain commands even where there is a terminal.")
def demo(folder: Path | None, plain: bool) -> int:
    """Make the sample edition, a telegram of 1946, as a real git repository, and open it.

    Without a terminal: do the whole job on it by plain commands, and show each. FOLDER must be new or empty;
    by default a new one is made here.
    """
    place = new_folder(folder)
    edition = make_sample(place)
    say(f"The sample edition is in {place}, a git repository of its own.")
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return run_by_commands(place)
    from contextlib import chdir

    from .review import open_screen

    with chdir(edition.root):
        open_screen(DOCUMENT)
    say(how_to_open(place))
    return 0
