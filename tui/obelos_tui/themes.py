"""The colours: a dark and a light theme, each also with high contrast, and with orange and blue further apart.

What is to be done is orange, what has been done is blue, which colour-blind readers of every kind can tell apart. No
meaning rests on colour alone: every mark has a sign or a style of its own besides. Text stands at a contrast of 4.5 or
more against what lies behind it (WCAG 2, level AA), in the high-contrast themes of 7 or more (AAA); tests measure it.
"""

from dataclasses import replace

from textual.theme import Theme


def _of(theme: Theme, *, name: str, **colours: str) -> Theme:
    """A theme with other colours; what follows from them follows."""
    own = {key: colours.pop(key) for key in list(colours) if key in theme.variables}
    ink, ground, faint, line = colours["primary"], colours["background"], own["faint"], own["hairline"]
    own |= {"decided": faint, "footer-key-foreground": ink, "footer-description-foreground": faint}
    own |= {key: ground for key in theme.variables if key.startswith("footer-") and key.endswith("background")}
    own |= {key: ground for key in theme.variables if key.startswith("scrollbar-") and "background" in key}
    own |= {"scrollbar": line, "scrollbar-hover": faint, "scrollbar-active": ink, "scrollbar-corner-color": ground}
    alike = {"warning": colours["accent"], "error": colours["accent"], "success": ink}
    return replace(theme, name=name, variables={**theme.variables, **own}, **alike, **colours)  # type: ignore[arg-type]


DARK = Theme(
    name="obelos-dark",
    primary="#7fb2e5",
    secondary="#9aa7b4",
    accent="#f0a35e",
    warning="#f0a35e",
    error="#f0a35e",
    success="#7fb2e5",
    foreground="#dcd8cf",
    background="#15171b",
    surface="#1b1e24",
    panel="#22262d",
    dark=True,
    variables={
        "faint": "#a0a7b1",
        "hairline": "#3a404a",
        "certain": "#ffab61",
        "likely": "#f0a35e",
        "possible": "#c9b28d",
        "decided": "#a0a7b1",
        "changed": "#9cc9f5",
        "difference": "#233a56",
        "accidental": "#262b34",
        "match": "#5a4a1d",
        "counterpart": "#2d4f78",
        "footer-key-foreground": "#7fb2e5",
        "footer-description-foreground": "#a0a7b1",
        "footer-background": "#15171b",
        "footer-item-background": "#15171b",
        "footer-key-background": "#15171b",
        "footer-description-background": "#15171b",
        "scrollbar": "#3a404a",
        "scrollbar-background": "#15171b",
        "scrollbar-hover": "#55606e",
        "scrollbar-active": "#7fb2e5",
        "scrollbar-background-hover": "#15171b",
        "scrollbar-background-active": "#15171b",
        "scrollbar-corner-color": "#15171b",
    },
)

LIGHT = Theme(
    name="obelos-light",
    primary="#0f569c",
    secondary="#58626d",
    accent="#8f4400",
    warning="#8f4400",
    error="#8f4400",
    success="#0f569c",
    foreground="#26241f",
    background="#faf8f2",
    surface="#f2efe6",
    panel="#e9e5d9",
    dark=False,
    variables={
        "faint": "#66635b",
        "hairline": "#c9c4b6",
        "certain": "#8a3c00",
        "likely": "#8f4400",
        "possible": "#6f5a2e",
        "decided": "#66635b",
        "changed": "#0f569c",
        "difference": "#d5e4f4",
        "accidental": "#ece8dd",
        "match": "#f5e3a4",
        "counterpart": "#b9d5f2",
        "footer-key-foreground": "#0f569c",
        "footer-description-foreground": "#66635b",
        "footer-background": "#faf8f2",
        "footer-item-background": "#faf8f2",
        "footer-key-background": "#faf8f2",
        "footer-description-background": "#faf8f2",
        "scrollbar": "#c9c4b6",
        "scrollbar-background": "#faf8f2",
        "scrollbar-hover": "#a9a496",
        "scrollbar-active": "#0f569c",
        "scrollbar-background-hover": "#faf8f2",
        "scrollbar-background-active": "#faf8f2",
        "scrollbar-corner-color": "#faf8f2",
    },
)

CONTRAST_DARK = _of(
    DARK,
    name="obelos-contrast-dark",
    primary="#8fd0ff",
    secondary="#d8dee6",
    accent="#ffb84d",
    foreground="#ffffff",
    background="#000000",
    surface="#0a0a0a",
    panel="#161616",
    faint="#d0d4da",
    hairline="#8a929c",
    certain="#ffc266",
    likely="#ffb84d",
    possible="#e8cf9e",
    changed="#a8dcff",
    difference="#0b2f55",
    accidental="#1c1f24",
    match="#4a3a00",
    counterpart="#143c66",
)

CONTRAST_LIGHT = _of(
    LIGHT,
    name="obelos-contrast-light",
    primary="#003a75",
    secondary="#2b323a",
    accent="#6b2f00",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#f2f2f2",
    faint="#33373d",
    hairline="#6a6f76",
    certain="#662a00",
    likely="#6b2f00",
    possible="#4f3d17",
    changed="#003a75",
    difference="#dcecfb",
    accidental="#f2f0ea",
    match="#ffe98a",
    counterpart="#c9e2fb",
)

# Orange and blue after Okabe and Ito, "Color Universal Design" (2008): for every kind of colour-blindness they lie as
# far apart as two colours can that are both to be read on the same ground.
COLOUR_BLIND_DARK = _of(
    DARK,
    name="obelos-colour-blind-dark",
    primary="#56b4e9",
    secondary="#a9b4bf",
    accent="#e69f00",
    foreground="#e6e2d9",
    background="#101215",
    surface="#16191e",
    panel="#1d2127",
    faint="#aab1bb",
    hairline="#3a404a",
    certain="#f0a800",
    likely="#e69f00",
    possible="#d8c08a",
    changed="#6ec1f2",
    difference="#1a3350",
    accidental="#22262e",
    match="#4f4210",
    counterpart="#24466e",
)

COLOUR_BLIND_LIGHT = _of(
    LIGHT,
    name="obelos-colour-blind-light",
    primary="#0055b0",
    secondary="#4c555f",
    accent="#a03c00",
    foreground="#1f1d19",
    background="#fbf9f4",
    surface="#f4f1e9",
    panel="#eae6db",
    faint="#5f5c55",
    hairline="#bdb8aa",
    certain="#a03c00",
    likely="#a03c00",
    possible="#66522a",
    changed="#0055b0",
    difference="#d5e6f8",
    accidental="#eeeae0",
    match="#f7e6a8",
    counterpart="#bcd8f5",
)

THEMES = {
    "dark": DARK,
    "light": LIGHT,
    "contrast-dark": CONTRAST_DARK,
    "contrast-light": CONTRAST_LIGHT,
    "colour-blind-dark": COLOUR_BLIND_DARK,
    "colour-blind-light": COLOUR_BLIND_LIGHT,
}
"""The themes by the name that a settings file has."""

OTHER = {
    f"{kind}{one}": f"{kind}{other}"
    for kind in ("", "contrast-", "colour-blind-")
    for one, other in (("dark", "light"), ("light", "dark"))
}
"""For each theme the one that it is exchanged for by a key."""
