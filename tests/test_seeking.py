"""Findings of long texts come while the editor is at work, and are in the end those that `check` gives."""

from dataclasses import replace
from pathlib import Path

import pytest

import obelos_tui.reviewed
from obelos_rules import check
from obelos_rules.recipe import Recipe
from obelos_transcripts.variants import variants
from obelos_tui.recipes import recipe_of
from obelos_tui.seeking import Asked, Seeker, carried, seek
from screen import on_screen, opened
from small_edition import small_desk

RECIPE = Recipe(("typescript",))
LINES = [f"{n} The talks were taken up again when both sides had heard from home.\n" for n in range(900)]
LINES[5::300] = [f"{n} It may serve as a bane for extension of teh talks.\n" for n in range(3)]
TEXT = "".join(LINES)
OTHER = TEXT.replace("both sides had heard", "both sides have heard", 2)


def asked(text: str = TEXT) -> Asked:
    """What a review of that text asks for."""
    return Asked(text, "likely", "letter", witnesses={"B": OTHER})


def test_the_last_result_is_what_check_gives() -> None:
    """Whatever came before; and what came first lies around the place that was looked at."""
    wanted = asked()
    results = list(seek(RECIPE, wanted, {"B": variants(TEXT, OTHER)}, TEXT.rindex("bane")))
    whole = check(TEXT, RECIPE.rules(), name="letter", witnesses=wanted.witnesses)
    assert whole == list(results[-1].findings)
    assert whole
    assert results[0].findings
    assert all(results[0].span.start <= finding.start for finding in results[0].findings)
    assert results[0].span.start > 0
    assert results[-1].asked == results[-1].of > 0


def test_what_is_known_stays_known_when_another_passage_changes() -> None:
    """At its new place; what touches the change is looked for again."""
    seeker = Seeker(RECIPE)
    assert ((), (0, 0)) == seeker.known(asked())
    for sought in seek(RECIPE, asked(), {}, 0):
        seeker.take_in(sought)
    findings, progress = seeker.known(asked())
    assert progress is None
    banes = [one for one in findings if one.found == "bane"]
    assert 3 == len(banes)
    place = banes[1]
    changed = TEXT[: place.start] + "foundation" + TEXT[place.end :]
    left, progress = seeker.known(asked(changed))
    assert progress == (0, 0)
    assert all(changed[one.start : one.end] == one.found for one in left)
    assert {banes[0].fingerprint, banes[2].fingerprint} == {one.fingerprint for one in left if one.found == "bane"}


def test_findings_are_carried_over_any_change() -> None:
    """Put in, left out, at the start, at the end, all of it, nothing."""
    one = next(iter(check(TEXT, RECIPE.rules())))
    finding = replace(one, start=10, end=14)
    assert [finding] == carried([finding], TEXT, TEXT)
    assert [replace(finding, start=12, end=16)] == carried([finding], "b" * 20, "aa" + "b" * 20)
    assert [finding] == carried([finding], TEXT, TEXT + "more")
    assert [replace(finding, start=8, end=12)] == carried([finding], TEXT, TEXT[2:])
    assert [] == carried([finding], TEXT, "")


@on_screen
async def test_the_editor_works_while_findings_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They come by themselves; a decision that changes the text keeps what is known, and looks again; esc ends it."""
    monkeypatch.setattr(obelos_tui.reviewed, "LONG", 10)
    desk = small_desk(tmp_path)
    async with opened(replace(desk, recipe=recipe_of(desk.edition)), "letter") as editor:
        editor.sees("5 of 5 open", "a bane for")
        editor.sees_no("asked")
        await editor.presses("1", "enter")
        assert 1 == len(editor.pending)
        editor.sees("4 of 5 open")
        editor.sees_no("asked")

        await editor.pilot.press("z", "escape")
        await editor.waits()
        assert not editor.pending
        editor.sees("^r asks the others")
