"""Which keys run which command: the usual ones, another preset, and what a person has changed.

A command is named as on the screen that `?` shows, in small letters with hyphens: ``next-difference``; or for one view
alone ``review.next-difference``. No key runs two commands of a view.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from textual.keys import _character_to_key

from obelos_transcripts.schema import did_you_mean

from .keys import Command
from .views import VIEWS

_PLAIN: Mapping[str, tuple[str, ...]] = {
    "review.next": ("n", "f3"),
    "review.previous": ("N", "shift+f3"),
    "review.undo": ("ctrl+z", "z"),
    "review.redo": ("ctrl+y", "Z"),
    "review.write": ("ctrl+s", "w"),
    "review.search": ("ctrl+f", "/"),
    "review.down": ("down",),
    "review.up": ("up",),
    "review.page-down": ("pagedown",),
    "review.page-up": ("pageup",),
    "review.start": ("home",),
    "review.end": ("end",),
    "collation.next": ("n", "f3"),
    "collation.previous": ("N", "shift+f3"),
    "collation.undo": ("ctrl+z", "z"),
    "collation.redo": ("ctrl+y", "Z"),
    "collation.write": ("ctrl+s", "w"),
    "collation.search": ("ctrl+f", "/"),
    "collation.down": ("down",),
    "collation.up": ("up",),
    "collation.page-down": ("pagedown",),
    "collation.page-up": ("pageup",),
    "collation.start": ("home",),
    "collation.end": ("end",),
    "collation.column-left": ("left",),
    "collation.column": ("right",),
    "history.next": ("down",),
    "history.previous": ("up",),
    "history.first": ("home",),
    "history.last": ("end",),
    "history.filter": ("ctrl+f", "/"),
    "desk.next": ("down",),
    "desk.previous": ("up",),
    "desk.page-down": ("pagedown",),
    "desk.page-up": ("pageup",),
    "desk.first": ("home",),
    "desk.last": ("end",),
    "desk.find": ("ctrl+f", "/"),
}
PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"vim": {}, "plain": _PLAIN}
"""What each preset changes of the tables in `keys`."""

_ALWAYS = {"ctrl+q": "Quit", "ctrl+p": "All actions"}
"""Keys that work everywhere, whatever else does not."""

_NAMED = {
    "enter": "⏎",
    "space": "␣",
    "escape": "esc",
    "tab": "tab",
    "backspace": "⌫",
    "delete": "del",
    "insert": "ins",
    "home": "home",
    "end": "end",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}
_MODIFIER = re.compile(r"(ctrl|alt|shift)\+")
_SHOWN = {"ctrl": "^", "alt": "alt+", "shift": "shift+"}

Complain = Callable[[str, str], object]
"""Is told a key of the mapping and what is wrong with it."""


def slug(command: Command) -> str:
    """What a settings file calls a command."""
    return command.name.casefold().replace(" ", "-")


@dataclass(frozen=True)
class Keymap:
    """The keys of commands that have other keys than the usual ones, by view and command."""

    changed: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def commands(self, usual: tuple[Command, ...]) -> tuple[Command, ...]:
        """A table of `keys` with the keys that hold."""
        view = next((name for name, table in VIEWS.items() if table is usual), None)
        if view is None or not self.changed:
            return usual
        return tuple(_with_keys(command, self.changed.get((view, slug(command)))) for command in usual)


def made(preset: str, wanted: Mapping[str, tuple[str, ...]], complain: Complain) -> Keymap:
    """The key map of a preset and what a person wants besides; ``complain`` is told of what is wrong with that."""
    names = {f"{view}.{slug(command)}" for view, table in VIEWS.items() for command in table}
    names |= {slug(command) for table in VIEWS.values() for command in table}
    changed = {_split(name): _read(keys) for name, keys in PRESETS[preset].items()}
    for name, keys in sorted(wanted.items(), key=lambda entry: "." in entry[0]):  # what is said of one view weighs more
        if name not in names:
            hint = did_you_mean(name, names)
            complain(name, f"there is no command “{name}”{hint or '; the screen that ? shows lists them'}")
            continue
        bad = [key for key in keys if not _is_key(key)]
        for key in bad:
            complain(name, f"“{key}” is no key{did_you_mean(key, _NAMED)}")
        if not bad:
            views = [name.partition(".")[0]] if "." in name else list(VIEWS)
            for view in views:
                changed[view, name.rpartition(".")[2]] = _read(keys)
    keymap = Keymap(changed)
    for what, name in _clashes(keymap, wanted):
        complain(name, what)
    return keymap


def _clashes(keymap: Keymap, wanted: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Keys that would run two commands of a view, and the name under which one of them was asked for."""
    found = []
    for view, table in VIEWS.items():
        by_key: dict[str, Command] = {}
        for command in keymap.commands(table):
            if command.numbered and (view, slug(command)) in keymap.changed:
                name = _asked(view, command, wanted)
                found.append((f"“{command.name}” is run by the digits 1 to 9 and keeps them", name))
            for key in command.keys:
                other = by_key.setdefault(key, command)
                if other is not command:
                    name = _asked(view, command, wanted) or _asked(view, other, wanted)
                    what = f"the key {shown(key)} would run both “{other.name}” and “{command.name}” in the {view}"
                    found.append((f"{what}; give one of them another key", name))
                if key in _ALWAYS and slug(command) != slug_of(_ALWAYS[key]):
                    what = f"the key {shown(key)} always runs “{_ALWAYS[key]}”, and cannot run “{command.name}”"
                    found.append((what, _asked(view, command, wanted)))
    return list(dict.fromkeys(found))


def slug_of(name: str) -> str:
    """A command's name as a settings file has it."""
    return name.casefold().replace(" ", "-")


def _asked(view: str, command: Command, wanted: Mapping[str, tuple[str, ...]]) -> str:
    return next((name for name in (f"{view}.{slug(command)}", slug(command)) if name in wanted), "")


def _split(name: str) -> tuple[str, str]:
    view, _, command = name.partition(".")
    return view, command


def _with_keys(command: Command, keys: tuple[str, ...] | None) -> Command:
    if keys is None:
        return command
    return replace(command, keys=keys, shown=shown(keys[0]) if keys else "", footer=command.footer and bool(keys))


def _bare(key: str) -> str:
    while match := _MODIFIER.match(key):
        key = key[match.end() :]
    return key


def _is_key(key: str) -> bool:
    bare = _bare(key)
    return bare in _NAMED or (len(bare) == 1 and bare.isprintable() and not bare.isspace())


def _read(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Keys as Textual names them."""
    return tuple(key if len(_bare(key)) > 1 else key[:-1] + _character_to_key(key[-1]) for key in keys)


def shown(key: str) -> str:
    """A key, as Textual names it, as a person reads it."""
    from textual.keys import format_key

    bare = _bare(key)
    before = "".join(_SHOWN[one] for one in _MODIFIER.findall(key))
    return before + (_NAMED.get(bare) or format_key(bare))
