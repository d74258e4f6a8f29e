"""The documents keep up with the program: every command and key is told, and what is shown works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from obelos_rules import prove, read_pack
from obelos_tui.cli import COMMANDS
from obelos_tui.keys import REVIEW

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    """No command is left out of the README."""
    assert re.search(rf"`(obelos )?([\w \[\]…,`-]*`, `)?{command}\b", README)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_account_of_itself(command: str) -> None:
    """--help of every command says what it does and ends with exit code 0."""
    program = "from obelos_tui.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, command, "--help"], capture_output=True, text=True, check=False
    )

    assert 0 == done.returncode
    assert "Usage: obelos" in done.stdout
    assert len(done.stdout.splitlines()) > 4


@pytest.mark.parametrize(
    "key", ["n", "N", "]", "[", "c", "e", "t", "r", "a", "z", "Z", "w", "v", "s", "h", "V", "@", "/"]
)
def test_every_key_of_the_readme_is_a_key_of_the_review(key: str) -> None:
    """The keys that the README tells are those of the screen."""
    assert key in {command.shown for command in REVIEW}
    assert f"`{key}`" in README


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/formats.md"])
def test_every_link_leads_somewhere(document: str) -> None:
    """Links between the documents, and pictures, exist."""
    text = (ROOT / document).read_text("utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    missing = [link for link in links if not ((ROOT / document).parent / link).exists()]

    assert not missing


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "rules/README.md"])
def test_every_rule_shown_loads_and_is_proved(document: str) -> None:
    """The rules in the documents are rules: they load, and their examples hold."""
    shown = re.findall(r"```yaml\n(rules:\n.*?)```", (ROOT / document).read_text("utf-8"), re.DOTALL)

    assert shown
    for pack in shown:
        assert not prove(read_pack(pack.encode(), document, "shown"))
