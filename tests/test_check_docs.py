"""What is written about `check` is true: its options, formats and exit codes, an example, the hooks."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest
import yaml
from pre_commit.clientlib import load_manifest

from check_world import World, world
from editor import Editor
from obelos_tui.commands.check import check
from obelos_tui.reports import FORMATS

__all__ = ["world"]

ROOT = Path(__file__).parent.parent
MANUAL = (ROOT / "docs" / "check.md").read_text("utf-8")
CONTRACT = (ROOT / "docs" / "formats.md").read_text("utf-8")


def test_every_option_and_format_is_in_the_manual() -> None:
    """An option that nobody can find is none."""
    options = [name for p in check.params if isinstance(p, click.Option) for name in p.opts if name.startswith("--")]

    assert not [name for name in (*options, *FORMATS) if f"`{name}" not in MANUAL and f" {name} " not in MANUAL]


def test_the_manual_names_no_option_that_there_is_not() -> None:
    """Of `obelos check` as it is called in the manual."""
    known = {name for parameter in check.params for name in parameter.opts}
    called: list[str] = re.findall(r"obelos check ([^`\n|>#]*)", MANUAL)
    named = {word for line in called for word in re.findall(r"--[a-z]+", line)}

    assert named <= known


def test_the_example_of_the_manual_is_what_is_printed(editor: Editor) -> None:
    """In a fresh sample edition."""
    (block,) = re.findall(r"```\n\$ obelos (check .*?)\n(.*?)```", MANUAL, re.DOTALL)
    editor.types(*shlex.split(block[0]))

    assert block[1] == editor.out


def test_every_key_of_the_contract_is_documented(world: World) -> None:
    """Findings, frame and stale decisions have the documented keys and no others."""
    world.holds("letter", "teh end of teh war, recieved\n")
    world.decides("letter", "teh", rule="ZZZ-PA101")
    world.decides("letter", "war", None, 2, rule="ZZZ-PA103")
    world.types("check", "--all", "--format", "json")
    told = json.loads(world.out)
    world.types("check", "--stale", "--format", "json")
    (stale,) = json.loads(world.out)["decisions"]
    answer = next(finding["answer"] for finding in told["findings"] if finding["answer"])

    keys = (*told, *told["findings"][0], *answer, *stale)

    assert not [key for key in keys if f"`{key}`" not in CONTRACT and f'"{key}": ' not in CONTRACT]


def test_the_hooks_are_valid_and_call_commands_that_there_are() -> None:
    """By pre-commit's own schema."""
    hooks = load_manifest(ROOT / ".pre-commit-hooks.yaml")

    assert {"obelos-check": "obelos check", "obelos-verify": "obelos verify"} == {h["id"]: h["entry"] for h in hooks}


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        ("transcripts/letter/text.txt", True),
        ("edition/transcripts/letter/text.md", True),
        ("transcripts/letter/base.txt", False),
        ("transcripts/letter/B.txt", False),
        ("notes/text.txt", False),
    ],
)
def test_the_hook_takes_working_texts(path: str, chosen: bool) -> None:
    """Base texts are never altered, so there is nothing to find in them that was not there before."""
    (files,) = [
        hook["files"] for hook in load_manifest(ROOT / ".pre-commit-hooks.yaml") if "obelos-check" == hook["id"]
    ]

    assert chosen == bool(re.search(files, path))


def test_the_yaml_of_the_manual_is_yaml() -> None:
    """Examples to copy can be read."""
    blocks = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)

    assert 3 == len([yaml.safe_load(block) for block in blocks])
