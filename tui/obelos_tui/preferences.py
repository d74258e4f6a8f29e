"""What a person likes: theme, keys, movement; one YAML file in the user's own configuration folder.

The file is taken whole or not at all. Where something is wrong with it the usual settings hold, and every problem is
told with its line: a slip in a file about colours keeps nobody from work.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from obelos_transcripts import BadInput
from obelos_transcripts.schema import Field, Problems, choice, flag, record, several, table, text
from obelos_transcripts.strict_yaml import Mapping as Node
from obelos_transcripts.strict_yaml import load
from obelos_transcripts.text import read_bytes

from .keymap import PRESETS, Keymap, made

THEMES = ("dark", "light", "contrast-dark", "contrast-light", "colour-blind-dark", "colour-blind-light")
"""Names of the themes; `themes` has their colours."""

ANIMATION: dict[bool, Literal["none", "full"]] = {False: "none", True: "full"}

EXAMPLE = """\
# Settings of Obelos for you alone. Every key may be left out; an empty file is valid.

theme: dark              # dark, light, contrast-dark, contrast-light, colour-blind-dark, colour-blind-light
preset: vim              # vim (j, k, g, G beside the arrows), or plain (arrows, ctrl+z, ctrl+s, ctrl+f, F3)
animation: false         # whether lists glide when they scroll

# Other keys: the name of a command, as the screen that ? shows has it, and the keys for it. In every view, or in one:
# review, collation, history, desk. The messages and the manual go on naming the usual keys.
# An empty list takes the keys away; the command stays in the palette (ctrl+p).
keys: {}
#  correct: f8                  in every view that has the command
#  review.next: [n, f3]         in the review alone
#  desk.sort: o
"""


@dataclass(frozen=True)
class Preferences:
    """What holds; the defaults are the usual settings."""

    theme: str = "dark"
    preset: str = "vim"
    animation: bool = False
    keymap: Keymap = field(default_factory=Keymap)


def preferences_file() -> Path:
    """Where the settings of this person lie, whether there are any or not."""
    from platformdirs import user_config_path  # here: plain commands need not load it

    return user_config_path("obelos") / "config.yaml"


def read_preferences(file: Path) -> Preferences:
    """The settings in a file; the usual ones where there is none.

    Raises:
        BadInput: With every problem of the file.
    """
    if not file.exists():
        return Preferences()
    node = load(read_bytes(file), file)
    if node is None:
        return Preferences()
    problems = Problems(str(file))
    fields = {
        "theme": Field(choice(*THEMES), default="dark"),
        "preset": Field(choice(*PRESETS), default="vim"),
        "animation": Field(flag, default=False),
        "keys": Field(table(several(text)), default={}),
    }
    values: dict[str, Any] = record(node, fields, problems, "the settings")
    wanted: Mapping[str, tuple[str, ...]] = values.pop("keys") or {}
    preset = values["preset"] or "vim"
    keys = node.items.get("keys") if isinstance(node, Node) else None
    lines = keys.keys if isinstance(keys, Node) else {}
    keymap = made(preset, wanted, lambda name, what: problems.add(lines.get(name), what))
    problems.found.sort(key=lambda problem: problem.line or 0)
    problems.raise_if_any()
    return Preferences(**values, keymap=keymap)


def preferences_here() -> tuple[Preferences, BadInput | None]:
    """The settings that hold for this person, and what is wrong with their file, if anything."""
    try:
        return read_preferences(preferences_file()), None
    except BadInput as problem:
        return Preferences(), problem
