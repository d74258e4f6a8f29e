"""Packs kept after reading: the same rules again without reading YAML; what is damaged or foreign is read anew."""

import json
import os
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from obelos_rules import Rule, check, load_rules, prove, shipped_packs
from obelos_rules import kept_packs as kept_packs_module
from obelos_rules import loader as loader_module
from obelos_rules.kept_packs import kept_pack
from obelos_transcripts import BadInput

HOUSE = """\
rules:
  - code: ABC-CF101
    name: sail-for-sale
    kind: confusable
    level: likely
    message: "“{found}”?"
    why: One letter was taken for another in a made-up house rule.
    authority: this test
    words: {sail: sale}
    examples:
      flag: [{text: "a sail", at: sail, suggest: sale}]
      pass: ["a sale"]
"""
TEXT = "He saw a sail; it it was agreed. Your telegrams Nos. 5, 6, and 5.\n"


def told(rules: tuple[Rule, ...]) -> list[object]:
    """All that a rule says of itself, its examples included."""
    return [
        [getattr(rule, key) for key in ("code", "name", "aliases", "kind", "level", "layers", "message", "why")]
        + [rule.authority, rule.pack, rule.line, rule.flag, rule.passing]
        for rule in rules
    ]


def test_kept_packs_hold_the_same_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time no YAML is read, and the rules say, find and prove the same."""
    plain = load_rules(shipped_packs())
    assert told(plain) == told(load_rules(shipped_packs(), read=partial(kept_pack, tmp_path)))

    monkeypatch.setattr(loader_module, "load", lambda *_: pytest.fail("YAML was read again"))
    again = load_rules(shipped_packs(), read=partial(kept_pack, tmp_path))

    assert told(plain) == told(again)
    assert check(TEXT, plain, level="possible") == check(TEXT, again, level="possible")
    assert [] == prove([rule for rule in again if rule.pack == "core"])


def test_a_changed_house_rule_is_read_anew(tmp_path: Path) -> None:
    """Packs are told apart by their bytes, not by name or time."""
    house = tmp_path / "house.yaml"
    for word in ("sale", "soil"):
        house.write_text(HOUSE.replace("sale", word))
        (finding,) = check("a sail", load_rules((), [house], read=partial(kept_pack, tmp_path / "kept")))
        assert (word,) == finding.suggestions


def test_what_is_refused_is_refused_every_time(tmp_path: Path) -> None:
    """A bad pack is never kept."""
    house = tmp_path / "house.yaml"
    house.write_text(HOUSE.replace("kind: confusable", "kind: confusible"))
    for _ in range(2):
        with pytest.raises(BadInput, match="confusible"):
            load_rules((), [house], read=partial(kept_pack, tmp_path / "kept"))
    assert not (tmp_path / "kept").exists()


def test_another_version_of_the_program_reads_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older Obelos kept is not used."""
    load_rules(("core",), read=partial(kept_pack, tmp_path))
    (kept,) = tmp_path.iterdir()
    monkeypatch.setattr(kept_packs_module, "program", lambda: b"another")

    load_rules(("core",), read=partial(kept_pack, tmp_path))

    assert 2 == len(list(tmp_path.iterdir()))
    assert kept.exists()


@pytest.mark.parametrize("damage", ["", "[1]", "{}", '[{"code": 1}]', "\0\xff", "[" * 100_000])
def test_a_damaged_record_is_read_anew(damage: str, tmp_path: Path) -> None:
    """The rules come from the pack itself."""
    house = tmp_path / "house.yaml"
    house.write_text(HOUSE)
    first = load_rules((), [house], read=partial(kept_pack, tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_text(damage, encoding="latin-1")

    assert told(first) == told(load_rules((), [house], read=partial(kept_pack, tmp_path / "kept")))


def test_a_damaged_entry_is_made_of_the_pack_itself(tmp_path: Path) -> None:
    """The damage shows only when the rule is needed."""
    house = tmp_path / "house.yaml"
    house.write_text(HOUSE)
    first = load_rules((), [house], read=partial(kept_pack, tmp_path / "kept"))
    (kept,) = (tmp_path / "kept").iterdir()
    data = json.loads(kept.read_text().partition("\n")[2])
    data[0]["entry"] = [{"code": [1, ["CF"]]}, 2]
    body = json.dumps(data)
    kept.write_text(f"{sha256(body.encode()).hexdigest()}\n{body}")

    assert told(first) == told(load_rules((), [house], read=partial(kept_pack, tmp_path / "kept")))


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "kept").write_text("")
    assert load_rules(("core",), read=partial(kept_pack, tmp_path / "kept"))


def test_packs_that_nobody_asks_for_any_more_are_forgotten(tmp_path: Path) -> None:
    """Each edit of a house rule and each new version of the program leaves one behind."""
    kept = tmp_path / "kept"
    kept.mkdir()
    for number in range(300):
        old = kept / f"{number:040x}.json"
        old.write_text("made up")
        os.utime(old, (number, number))
    (tmp_path / "house.yaml").write_text(HOUSE)
    load_rules((), [tmp_path / "house.yaml"], read=partial(kept_pack, kept))

    files = sorted(kept.iterdir(), key=lambda file: file.stat().st_mtime)
    assert 200 == len(files)
    assert f"{101:040x}.json" == files[0].name
    assert "made up" != files[-1].read_text()
