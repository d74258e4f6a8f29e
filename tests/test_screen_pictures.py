"""Pictures of the screen, each a state that a person would look over. Made anew with: pytest --snapshot-update."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from obelos_rules import load_rules
from obelos_tui.app import ObelosApp
from screen import HUGE, SMALL, Editor, desk_of, edition_of

SnapCompare = Callable[..., bool]

BASE = """\
SECRET
No. 12

1. The present lines are held as a bane for further operations, and the general staff has reported
that no change is to be looked for before the spring. [illegible]
2. I have spoken to the minister about it.  He would the consider the matter, he said.

\tTo be repeated to Nanking.
"""
WITNESS = BASE.replace("bane", "base").replace("the general", "the General").replace("would the", "would then")
RULES = """\
rules:
  - code: ZZ101
    name: bane-for-base
    kind: confusable
    level: likely
    layers: [body]
    message: "“{found}” where the sense may want “{suggest}”"
    why: The two words differ in one letter, and both are in the dictionary. The source will tell.
    authority: made up for the pictures
    words: {bane: [base]}
    examples:
      flag: [{text: "A bane for them.", at: bane}]
      pass: [A base for them.]
  - code: ZZ102
    name: the-for-then
    kind: confusable
    level: certain
    layers: [body]
    message: "“{found}” stands before a verb"
    why: An article has no place here.
    authority: made up for the pictures
    words: {the: [then]}
    left: [would]
    examples:
      flag: [{text: "He would the go.", at: the}]
      pass: [He would then go.]
"""
LETTER = {
    "base": BASE,
    "B": WITNESS,
    "C": BASE.replace("as a bane", "as the bane").replace("12", "21").replace("Nanking", "Chungking"),
    "print": WITNESS.replace("minister", "Minister").replace("The present lines are held", "They are held"),
}
STATES: dict[str, tuple[tuple[int, int], str | None, tuple[str, ...]]] = {
    "finding-at-hand": (SMALL, "note", ()),
    "decision-taken-light": (HUGE, "note", ("1", "enter", "ctrl+t")),
    "correction-to-be-recorded": (SMALL, "note", ("1",)),
    "note-missing": (SMALL, "note", ("e", "enter")),
    "difference-at-hand": (SMALL, "note", ("right_square_bracket",)),
    "keys": (HUGE, "note", ("question_mark",)),
    "desk": (SMALL, None, ()),
    "collation-small": (SMALL, "note", ("C", "n")),
    "collation-of-four-light": (HUGE, "letter", ("C", "n", "n", "l", "ctrl+t")),
}


@pytest.mark.parametrize("state", STATES)
def test_the_screen_looks_as_it_should(state: str, tmp_path: Path, snap_compare: SnapCompare) -> None:
    """The picture of a state is the one that was looked over."""
    size, document, keys = STATES[state]
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES, "utf-8")
    texts = {"note": {"base": BASE, "B": WITNESS}, "reply": {"base": "Nothing to add.\n"}}
    if document == "letter":
        texts = {"letter": LETTER}
    edition = edition_of(tmp_path / "edition", texts)

    async def come_to_it(pilot: Pilot[str]) -> None:
        app = pilot.app
        assert isinstance(app, ObelosApp)
        editor = Editor(app, pilot)
        await editor.waits()
        await editor.presses(*keys)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await editor.waits()

    app = ObelosApp(desk_of(edition, load_rules((), [rules])), document)
    assert snap_compare(app, terminal_size=size, run_before=come_to_it)
    if app.review:
        app.review.close()
