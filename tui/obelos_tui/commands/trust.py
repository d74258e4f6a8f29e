"""``trust``: accepting a repository's own git settings."""

from pathlib import Path

import click
from obelos_history.gate import trust as remember

from ..workplace import say


@click.command()
def trust() -> None:
    """Trust the git settings that this repository itself carries.

    Obelos refuses to work in a repository whose own settings could run programs, and lists them. When you know
    them to be yours, this remembers them as they are now; when they change, you are asked again.
    """
    remember(Path.cwd())
    say("Remembered. If these settings change, Obelos will ask again.")
