"""A small vocabulary: an editor at the sample edition, typing plain commands."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from obelos_tui.cli import run
from obelos_tui.demo import DOCUMENT
from sample import sample


@dataclass
class Editor:
    """Somebody who types commands in an edition; what was printed last is kept."""

    root: Path
    capture: pytest.CaptureFixture[str]
    out: str = ""
    err: str = ""

    def types(self, *arguments: str) -> int:
        """Run a command; its exit code."""
        self.capture.readouterr()
        code = run(list(arguments))
        self.out, self.err = self.capture.readouterr()
        return code

    def sees(self, *words: str) -> bool:
        """Whether all of the words stand in what was printed."""
        missing = [word for word in words if word not in self.out + self.err]
        assert not missing, f"{missing} not in:\n{self.out}{self.err}"
        return True

    def corrects(self, at: str, reading: str, note: str = "the other keying reads so") -> int:
        """Correct a passage."""
        return self.types("decide", DOCUMENT, "--at", at, "--correct", reading, "--note", note, "--source", "B")

    @property
    def text_file(self) -> Path:
        """The working text."""
        return self.root / "transcripts" / DOCUMENT / "text.txt"

    @property
    def base_file(self) -> Path:
        """The base text."""
        return self.root / "transcripts" / DOCUMENT / "base.txt"

    @property
    def decision_files(self) -> list[Path]:
        """The files of the decisions, the oldest first."""
        files = sorted((self.root / "history" / DOCUMENT).glob("*.yaml"))
        return [file for file in files if file.read_text("utf-8").startswith("format: obelos-decision/")]

    def git(self, *arguments: str) -> str:
        """What plain git says in the edition."""
        done = subprocess.run(["git", "-C", str(self.root), *arguments], check=True, capture_output=True, text=True)
        return done.stdout


@contextmanager
def editor_at_the_sample(
    folder: Path, capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Editor]:
    """An editor in a fresh sample edition."""
    edition = sample(folder / "sample")
    with monkeypatch.context() as here:
        here.chdir(edition.root)
        yield Editor(edition.root, capture)


@pytest.fixture
def editor(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Editor]:
    """An editor in a fresh sample edition."""
    with editor_at_the_sample(tmp_path, capsys, monkeypatch) as someone:
        yield someone
