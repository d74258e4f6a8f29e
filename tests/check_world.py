"""A small vocabulary for tests of `check`: a made-up edition with rules of its own, decisions, and someone who types.

All texts, rules and names are made up. No git is needed: `check` reads files only.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from editor import Editor
from made_up import decision
from obelos_history import dump
from obelos_history.trees import object_id

_RULE = """\
  - code: {code}
    name: {name}
    {aliases}kind: pattern
    level: {level}
    message: “{{found}}” where “{{suggest}}” may be meant
    why: A made-up rule of a test.
    authority: made up for a test
    pattern: '{pattern}'
    suggest: {suggest}
    examples:
      flag: [{{text: {flag}, at: {flag}, suggest: {suggest}}}]
      pass: [quiet]
"""


def rule(code: str, name: str, pattern: str, suggest: str, flag: str, *, level: str = "likely", old: str = "") -> str:
    """A made-up rule of kind pattern."""
    aliases = f"aliases: [{old}]\n    " if old else ""
    return _RULE.format(code=code, name=name, pattern=pattern, suggest=suggest, flag=flag, level=level, aliases=aliases)


TEH = rule("ZZZ-PA101", "teh-for-the", r"\bteh\b", "the", "teh")
RECIEVE = rule("ZZZ-PA102", "ie-for-ei", r"\brecie\pL+", "receipt", "recieved", old="ZZZ-PA002")
PEICE = rule("ZZZ-PA103", "peice-for-piece", r"\bpeice\b", "piece", "peice", level="possible")
ALOT = rule("ZZZ-PA104", "alot-for-a-lot", r"\balot\b", "a lot", "alot", level="certain")
RULES = (TEH, RECIEVE, PEICE, ALOT)


@dataclass
class World(Editor):
    """An edition without shipped packs, and someone who types commands in it."""

    def holds(self, name: str, text: str, working: str | None = None) -> None:
        """A document with this base text; its working text is the same unless given."""
        folder = self.root / "transcripts" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "base.txt").write_bytes(text.encode())
        (folder / "text.txt").write_bytes((text if working is None else working).encode())

    def decides(self, name: str, quote: str, reading: str | None = None, number: int = 1, **more: object) -> str:
        """A written decision on the first place of these words in the base text; its id."""
        data = (self.root / "transcripts" / name / "base.txt").read_bytes()
        text = data.decode()
        start = text.index(quote)
        when = datetime(2026, 5, 3, tzinfo=UTC)
        values: dict[str, object] = {
            "document": name,
            "base": object_id("blob", data, "sha1"),
            "disposition": "correct" if reading is not None else "reject",
            "when": when,
            "resp": "N. N. <nn@example.org>",
        }
        made = decision(text, (start, start + len(quote)), reading, number, **(values | more))
        folder = self.root / "history" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{made.id}.yaml").write_bytes(dump(made))
        return made.id

    def rules(self, *rules: str) -> None:
        """These house rules and no others."""
        folder = self.root / "rules"
        folder.mkdir(exist_ok=True)
        (folder / "house.yaml").write_text("rules:\n" + "".join(rules))

    def found(self, *options: str) -> list[dict[str, Any]]:
        """Findings of `check` with these options."""
        self.types("check", "--format", "json", *options)
        findings: list[dict[str, Any]] = json.loads(self.out)["findings"]
        return findings

    def words(self, *options: str) -> list[str]:
        """The words that are flagged."""
        return [finding["found"] for finding in self.found(*options)]


@pytest.fixture
def world(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> World:
    """An edition with one document and a few made-up rules."""
    root = tmp_path / "edition"
    root.mkdir()
    (root / "edition.yaml").write_text("packs: []\n")
    drawn = World(root, capsys)
    drawn.rules(*RULES)
    monkeypatch.chdir(root)
    return drawn
