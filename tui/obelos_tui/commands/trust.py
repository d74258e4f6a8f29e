"""``trust``: accepting a repository's own git settings."""

from pathlib import Path

import click

from obelos_history.gate import find, suspicious
from obelos_history.gate import trust as remember

from ..workplace import say


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def trust(yes: bool) -> None:
    """Trust the git settings that this repository itself carries.

    Obelos refuses to work in a repository whose own settings could run programs. This lists them, asks, and
    remembers them as they are now; when they change, you are asked again.
    """
    settings = suspicious(find(Path.cwd()))
    if not settings:
        say("This repository's settings need no trust.")
        return
    for key, value in settings:
        say(f"  {key} = {value}")
    if yes or click.confirm("Trust these settings of the repository, which could run programs?"):
        remember(Path.cwd())
        say("Remembered. If they change, Obelos asks again.")
    else:
        say("Nothing was changed.")
