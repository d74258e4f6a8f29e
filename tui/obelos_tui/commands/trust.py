"""``trust``: accepting a repository's own git settings, and its hooks."""

from pathlib import Path

import click

from obelos_history import gate
from obelos_history.git_version import known_holes
from obelos_history.hooks import distrust_hooks, trust_hooks

from ..workplace import say


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--hooks/--no-hooks", default=None, help="Run its hooks pre-commit and commit-msg before each commit.")
def trust(yes: bool, hooks: bool | None) -> None:
    """Trust the git settings that this repository itself carries, or its hooks.

    Obelos refuses to work in a repository whose own settings could run programs. This lists them, asks, and
    remembers them as they are now; when they change, you are asked again.

    Hooks of a repository are not run. With --hooks you ask for them here, as they are now: a hook that says no
    stops a commit. When they change, nothing is committed until you have looked at them and say so again.
    """
    here = Path.cwd()
    settings = gate.suspicious(gate.find(here))
    if settings and not (hooks is not None and gate.is_trusted(gate.find(here))):
        for key, value in settings:
            say(f"  {key} = {value}")
        if holes := known_holes():
            say(holes)
        if not (yes or click.confirm("Trust these settings of the repository, which could run programs?")):
            say("Nothing was changed.")
            return
        gate.trust(here)
        say("Remembered. If they change, Obelos asks again.")
    elif hooks is None:
        say("This repository's settings need no trust.")
    if hooks:
        for hook in trust_hooks(here):
            say(f"Before each commit runs {hook}")
    elif hooks is not None:
        distrust_hooks(here)
        say("No hook runs before a commit.")
