"""What a command of the screens is, and the commands that many screens share."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Command:
    """One command of a screen.

    Attributes:
        keys: Keys that run it, as Textual names them; the first is the one shown.
        shown: The key as a person reads it.
        action: Name of the action, without ``action_``.
        name: The command in a word or two, for footer and palette.
        help: What it does, as a sentence.
        footer: Whether it stands in the footer; at most seven of a screen do.
        numbered: The action takes the digit pressed as its argument.
    """

    keys: tuple[str, ...]
    shown: str
    action: str
    name: str
    help: str
    footer: bool = False
    numbered: bool = False


def bindings(commands: tuple[Command, ...]) -> list[BindingType]:
    """Textual's bindings for a table of commands."""
    made: list[BindingType] = []
    for command in commands:
        for number, key in enumerate(command.keys):
            action = f"{command.action}({key})" if command.numbered else command.action
            show = command.footer and number == 0
            made.append(Binding(key, action, command.name, show=show, key_display=command.shown, priority=False))
    return made


KEYS = Command(("question_mark", "f1"), "?", "show_keys", "Keys", "Show the keys of this view.", footer=True)
BACK = Command(("escape",), "esc", "back", "Back", "Go back; end a search.")
QUIT = Command(
    ("q", "ctrl+q"),
    "q",
    "app.quit",
    "Quit",
    "Leave Obelos. Decisions that are not yet written are kept and are there next time.",
)
THEME = Command(("ctrl+t",), "^t", "app.toggle_theme", "Light or dark", "Change between the light and the dark theme.")
WELCOME = Command((), "", "welcome", "Welcome", "Show again what there is to decide, and how it is kept.")

CHARACTERS = Command(
    ("f2",), "F2", "app.compose", "Characters", "In any text field: write a character that the keyboard lacks."
)

RULES_KEY = Command(
    ("L",), "L", "rules", "Rules", "Show the rules: why, on whose authority, their record; switch one off, write one."
)

SYNC = Command(
    ("S",),
    "S",
    "sync",
    "Sync",
    "Share with the others: fetch what they pushed, merge it, push yours; each step is told.",
)

ATTESTING = (
    Command(("A",), "A", "state", "State", "Say how far the document has come: draft, proofread, verified, published."),
    Command(("W",), "W", "waiting", "Waiting", "Show the decisions that wait for a second reader, and confirm them."),
)

DIGITS = tuple("123456789")


def scrolling(what: str) -> tuple[Command, ...]:
    """Going about in texts, the same on every screen that shows some."""
    return (
        Command(("j", "down"), "j", "scroll(1)", "Down", "Scroll down a row; arrow and page keys do as well."),
        Command(("k", "up"), "k", "scroll(-1)", "Up", "Scroll up a row."),
        Command(("pagedown", "ctrl+f"), "pgdn", "page(1)", "Page down", "Scroll down a page."),
        Command(("pageup", "ctrl+b"), "pgup", "page(-1)", "Page up", "Scroll up a page."),
        Command(("g", "home"), "g", "top", "Start", f"Go to the start of {what}."),
        Command(("G", "end"), "G", "bottom", "End", f"Go to the end of {what}."),
    )
