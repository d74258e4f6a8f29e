"""Switching rules off: the settings keep every other byte, the history says why, and nobody asks the rule any more."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor import Editor
from obelos_history import Judgement
from obelos_rules import load_rules
from obelos_transcripts import BadInput, Refused
from obelos_transcripts.edition import Off, settings_of
from obelos_tui.clock import now
from obelos_tui.recipes import rules_of
from obelos_tui.rule_switch import switch_off
from obelos_tui.settings_file import with_rule_off, with_rule_on
from screen import desk_of, edition_of
from small_edition import small_desk

WHERE = Path("edition.yaml")
FILES = {
    "empty": b"",
    "without line end": b"title: A made-up edition",
    "comments": b"# mine\ntitle: x  # why\n\n# end\n",
    "carriage returns": b"title: x\r\npolicy:\r\n  note: [emend]\r\n",
    "off already": b'rules:\n  off:\n    - code: AB101\n      why: "a: b"\n\n# end\n',
    "another indent": b"rules:\n    off:\n    -   code: AB101\n        why: no\ntitle: x\n",
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_off_and_on_again_leaves_the_file_as_it_was(data: bytes) -> None:
    """What was written stays, byte for byte, whatever stands in the file; a line end that was missing may be there."""
    off = with_rule_off(data, Off("CF101", "we: know “it”\u2028"), WHERE)
    assert "CF101" in [one.code for one in settings_of(off, WHERE).off]
    assert set(data.splitlines()) <= set(off.splitlines())
    assert with_rule_on(off, "CF101", WHERE).rstrip(b"\r\n") == data.rstrip(b"\r\n")


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.integers(0, 3))
def test_any_reason_is_read_back_as_it_was_given(why: str, others: int) -> None:
    """A reason is text: nothing in it becomes YAML."""
    data = b"title: x\n"
    for number in range(others):
        data = with_rule_off(data, Off(f"AB10{number}", "no"), WHERE)
    found = settings_of(with_rule_off(data, Off("CF101", why), WHERE), WHERE)
    assert Off("CF101", why) == found.off[-1]
    assert ("x", others + 1) == (found.title, len(found.off))


@pytest.mark.parametrize("data", [b"rules: {off: [{code: AB101, why: x}]}\n", b"rules:\n  off: [{code: AB101}]\n"])
def test_a_file_in_a_style_of_its_own_is_left_to_its_author(data: bytes) -> None:
    """It is honoured as it stands, and how an entry is put in by hand is said."""
    assert "AB101" == settings_of(data, WHERE).off[0].code
    with pytest.raises(BadInput, match="put it in by hand"):
        with_rule_off(data, Off("CF101", "x"), WHERE)


def test_a_rule_is_off_everywhere_and_the_history_says_why(editor: Editor) -> None:
    """check, review and desk ask it no more; git log has the reason; on again, and all is as before."""
    assert 1 == editor.types("check", "--rules", "CF101")
    assert 0 == editor.types("rules", "off", "bane-for-base", "--why", "the word is ours")
    assert 2 == editor.types("check", "--rules", "CF101")
    editor.sees("CF101 is switched off: the word is ours", "obelos rules on CF101")
    editor.types("check")
    assert "CF101" not in editor.out
    editor.types("rules", "list", "--kind", "confusable")
    editor.sees("off: the word is ours", "1 switched off")
    assert 0 == editor.types("rules", "show", "CF101", "--format", "json")
    editor.sees('"off"', "the word is ours")
    message = editor.git("log", "-1", "--format=%B")
    assert "Switch CF101 off (bane-for-base)" in message
    assert "the word is ours" in message
    assert "edition.yaml" == editor.git("show", "--format=", "--name-only").strip()
    assert "" == editor.git("status", "--short")
    assert 0 == editor.types("rules", "on", "CF101")
    assert 1 == editor.types("check", "--rules", "CF101")
    assert 0 == editor.types("verify")


def test_a_reason_is_asked_for_and_a_rule_must_be_there(editor: Editor) -> None:
    """Nothing is committed otherwise."""
    before = editor.git("rev-parse", "HEAD")
    assert 2 == editor.types("rules", "off", "CF101", "--why", "  ")
    assert 2 == editor.types("rules", "off", "CF1O1", "--why", "x")
    editor.sees("did you mean")
    assert 2 == editor.types("rules", "on", "CF101")
    assert before == editor.git("rev-parse", "HEAD")


def test_what_was_decided_on_a_rule_that_is_off_is_not_stale(tmp_path: Path) -> None:
    """The decision stays in the history and in the review; only its rule is asked no more."""
    desk = small_desk(tmp_path, {"note": {"base": "A bane for them.\n"}})
    review = desk.open("note")
    try:
        review.decide(next(i for i in review.state.items if i.finding), Judgement("reject"))
        rule = next(rule for rule in review.rules if rule.code == "ZZ101")
        after, made = switch_off(desk.edition, desk.repository, rule, "ours", now())
        assert made
        review.ask_by(after, rules_of(after))
        (item,) = review.state.items
        assert (None, None) == (item.finding, item.stale)
        assert item.decision
        assert "reject" == item.decision.disposition
    finally:
        review.close()


def test_settings_that_are_not_committed_are_not_committed_with_it(tmp_path: Path) -> None:
    """Somebody is at work on edition.yaml: nothing is written, and what to do is said."""
    edition = edition_of(tmp_path, {"note": {"base": "alpha\n"}})
    desk = desk_of(edition, ())
    (rule,) = load_rules(("core",))[:1]
    changed = b"title: Changed by hand\n"
    (edition.root / "edition.yaml").write_bytes(changed)
    with pytest.raises(Refused):
        switch_off(edition, desk.repository, rule, "x", now())
    assert changed == (edition.root / "edition.yaml").read_bytes()
