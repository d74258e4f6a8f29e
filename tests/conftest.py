"""Every test works in a made-up home: no setting of the machine reaches git, and nothing is written outside."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from editor import editor
from gitworld import EDITOR, World, draw

__all__ = ["editor"]

# The same examples on every run: who changes a line is not told of an old fault elsewhere. The soak looks for new ones.
# No deadline: how long a test takes says nothing on a machine that has other work.
settings.register_profile("suite", derandomize=not os.environ.get("OBELOS_SOAK"), deadline=None)
settings.load_profile("suite")

# Who starts the tests in the background has ctrl+c ignored, by them and by all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, with a git identity; packs that were read are kept for all of them."""
    folder = at_home(tmp_path_factory.mktemp("home"), monkeypatch)
    packs = tmp_path_factory.getbasetemp() / "packs"
    packs.mkdir(exist_ok=True)
    (folder / "cache" / "obelos").mkdir(parents=True)
    (folder / "cache" / "obelos" / "packs").symlink_to(packs)
    return folder


def at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """From here on this folder is the home, with a git identity."""
    for name in [n for n in os.environ if n.startswith(("GIT_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_TERMINAL_PROMPT", "0")
    (folder / ".gitconfig").write_text(f"[user]\n\tname = {EDITOR.name}\n\temail = {EDITOR.mail}\n")
    # Whoever works in a test has been welcomed on an earlier day.
    (folder / "state" / "obelos").mkdir(parents=True)
    (folder / "state" / "obelos" / "welcomed").touch()
    return folder


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A repository in the middle of other people's work."""
    return draw(tmp_path / "world")
