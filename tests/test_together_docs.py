"""What is written about working together is true: its commands are there, and have the options that it names."""

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from obelos_tui.cli import COMMANDS

PAGE = (Path(__file__).parent.parent / "docs" / "together.md").read_text("utf-8")
CALLS = re.findall(r"obelos ([a-z]+)((?: [^`\n|]*)?)", PAGE)


@pytest.mark.parametrize("name", ["sync", "merge", "base", "orphans"])
def test_every_option_is_on_the_page(name: str) -> None:
    """An option that nobody can find is none."""
    command: click.Command = getattr(import_module(f"obelos_tui.commands.{COMMANDS[name][0]}"), name)
    options = {one for p in command.params if isinstance(p, click.Option) for one in p.opts if one.startswith("--")}

    assert set() == {option for option in options if option not in PAGE}


def test_the_page_names_no_command_or_option_that_there_is_not() -> None:
    """Each as it is called there."""
    assert len(CALLS) > 15
    for name, rest in CALLS:
        command: click.Command = getattr(import_module(f"obelos_tui.commands.{COMMANDS[name][0]}"), name)
        known = {one for p in command.params for one in p.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, (name, rest)
