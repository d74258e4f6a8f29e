"""What an editor is told on the first day, once: the five things to say to a finding, and how they are kept."""

from contextlib import suppress
from pathlib import Path

from textual.content import Content

from .keys import Command

_DECISIONS = ("correct", "emend", "stet", "reject", "query")


def welcome_lines(review: tuple[Command, ...]) -> list[Content]:
    """The welcome, with the keys of a review."""
    from .wording import TITLES  # here: who was welcomed long ago need not load it

    by_action = {command.action: command.shown for command in review}
    keys = {name: by_action.get(f"judge('{name}')", "") for name in _DECISIONS}
    lines = [Content("A rule points at a passage; you say what it is:"), Content("")]
    for name in _DECISIONS:
        title, what = TITLES[name]
        lines.append(Content.assemble((f"{keys[name]:>2} ", "bold $primary"), (f"{title:<8} ", "bold"), what))
    taken = {action: by_action.get(action, "") for action in ("step(1)", "undo", "write", "show_keys")}
    lines += [
        Content(""),
        Content("Correct and emend change the text, the others do not."),
        Content("A decision is on the disk the moment you take it."),
        Content("Only writing puts it into the text and into git."),
        Content("Everything can be taken back."),
        Content(""),
        Content.assemble(
            *_key(taken["step(1)"], "next"),
            *_key("1-9", "take a suggestion"),
            *_key(taken["undo"], "undo"),
            *_key(taken["write"], "write"),
        ),
        Content.assemble(*_key(taken["show_keys"], "the keys of every view"), *_key("^p", "all actions by name")),
    ]
    return lines


def _key(key: str, what: str) -> list[tuple[str, str]]:
    return [(key, "bold $primary"), (f" {what}   ", "")]


def was_welcomed() -> bool:
    """Whether this person has seen the welcome."""
    return _mark().exists()


def note_welcomed() -> None:
    """Remember that the welcome was seen."""
    with suppress(OSError):  # a home that cannot be written is greeted each time
        _mark().parent.mkdir(parents=True, exist_ok=True)
        _mark().touch()


def _mark() -> Path:
    from platformdirs import user_state_path  # here: what only reads the lines need not load it

    return user_state_path("obelos") / "welcomed"
