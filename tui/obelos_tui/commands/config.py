"""``config``: a person's own settings."""

import json

import click

from ..keymap import shown, slug
from ..preferences import EXAMPLE, Preferences, preferences_file, read_preferences
from ..views import VIEWS
from ..workplace import say


@click.command()
@click.option("--example", is_flag=True, help="Print a file to begin with, and do nothing else.")
@click.option("--keys", "keys", is_flag=True, help="Also all commands with their keys.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
def config(example: bool, keys: bool, form: str) -> None:
    """Show where your own settings lie, what holds, and whether the file is sound. Nothing is changed.

    Theme and keys are yours, not the edition's. A file in which something is wrong is left aside as a whole, and the
    usual settings hold until it is mended.

    Exit codes: 0 fine · 2 something is wrong with the file; every problem is told with its line.

    \b
    Examples:
      obelos config
      obelos config --keys
      obelos config --example > my-config.yaml
    """
    if example:
        click.echo(EXAMPLE, nl=False)
        return
    file = preferences_file()
    preferences = read_preferences(file)
    if form == "json":
        click.echo(json.dumps(_as_data(preferences, str(file), file.exists()), ensure_ascii=True, indent=1))
        return
    say(f"{file}{'' if file.exists() else '  (not there; the usual settings hold)'}")
    say(f"theme: {preferences.theme}")
    say(f"preset: {preferences.preset}")
    say(f"animation: {str(preferences.animation).lower()}")
    for view, table in VIEWS.items():
        for command in preferences.keymap.commands(table):
            changed = (view, slug(command)) in preferences.keymap.changed
            if keys or changed:
                pressed = "1-9" if command.numbered else ", ".join(map(shown, command.keys)) or "no key"
                mark = "  (changed)" if keys and changed else ""
                say(f"{view}.{slug(command)}: {pressed}{mark}")


def _as_data(preferences: Preferences, file: str, there: bool) -> dict[str, object]:
    return {
        "format": "obelos-config/1",
        "file": file,
        "exists": there,
        "theme": preferences.theme,
        "preset": preferences.preset,
        "animation": preferences.animation,
        "keys": {
            f"{view}.{slug(command)}": list(command.keys)
            for view, table in VIEWS.items()
            for command in preferences.keymap.commands(table)
        },
    }
