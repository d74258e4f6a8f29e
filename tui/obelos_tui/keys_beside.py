"""The commands of the views beside the review: places alike, rules, page images, reading aloud."""

from .command import CHARACTERS, KEYS, QUIT, THEME, Command

CONCORDANCE = (
    Command(("space", "x"), "␣", "keep", "Keep or drop", "Drop the place at hand, or keep it after all.", True),
    Command(("plus",), "+", "all(True)", "Keep all", "Keep all places."),
    Command(("minus",), "-", "all(False)", "Drop all", "Drop all places."),
    Command(("E",), "E", "everywhere", "Edition", "Look through the whole edition, or this document only.", True),
    Command(("W",), "W", "any_words", "Any words", "All findings of this rule, or only those on the same words."),
    Command(("c",), "c", "judge('correct')", "Correct", "Correct every place kept, with one note.", True),
    Command(("e",), "e", "judge('emend')", "Emend", "Emend every place kept, with one note."),
    Command(("t",), "t", "judge('stet')", "Stet", "Keep what the source reads at every place kept.", True),
    Command(("r",), "r", "judge('reject')", "Reject", "Reject the finding at every place kept.", True),
    Command(("a",), "a", "judge('query')", "Ask", "Put the same question at every place kept."),
    Command(("enter",), "⏎", "explain", "Explain", "Show the place at hand with what stands around it."),
    Command(("j", "down"), "j", "move(1)", "Next", "Go to the next place."),
    Command(("k", "up"), "k", "move(-1)", "Previous", "Go to the place before."),
    Command(("pagedown",), "pgdn", "page(1)", "Page down", "Go down a page."),
    Command(("pageup",), "pgup", "page(-1)", "Page up", "Go up a page."),
    Command(("g", "home"), "g", "top", "First", "Go to the first place."),
    Command(("G", "end"), "G", "bottom", "Last", "Go to the last place."),
    THEME,
    KEYS,
    Command(("escape",), "esc", "back", "Back", "End what is under way, or go back to the text.", True),
    QUIT,
)

RULES = (
    Command(("j", "down"), "j", "move(1)", "Next", "Go to the next rule."),
    Command(("k", "up"), "k", "move(-1)", "Previous", "Go to the rule before."),
    Command(("pagedown",), "pgdn", "page(1)", "Page down", "Go down a page."),
    Command(("pageup",), "pgup", "page(-1)", "Page up", "Go up a page."),
    Command(("g", "home"), "g", "top", "First", "Go to the first rule."),
    Command(("G", "end"), "G", "bottom", "Last", "Go to the last rule."),
    Command(("slash",), "/", "filter", "Filter", "Show only rules with these words; empty shows all.", True),
    Command(("enter",), "⏎", "places", "Places", "List what the rule flags in the whole edition.", True),
    Command(("x",), "x", "switch", "Off or on", "Switch the rule off, with a reason, or on again.", True),
    Command(("H",), "H", "house_rule", "House rule", "Write a rule of your own, and see at once what it flags.", True),
    Command(("ctrl+r",), "^r", "reload", "Read again", "Read rules and records again from disk."),
    THEME,
    KEYS,
    Command(("escape",), "esc", "back", "Back", "End what is under way, end a filter, or go back.", True),
    QUIT,
)

HOUSE_RULE = (
    Command(("tab",), "tab", "app.focus_next", "Next field", "Go to the next field.", True),
    Command(("shift+tab",), "⇧tab", "app.focus_previous", "Field before", "Go to the field before."),
    Command(("ctrl+s",), "^s", "write", "Write", "Put the rule into the file of house rules.", True),
    Command(("pagedown",), "pgdn", "page(1)", "Page down", "Go down a page of what it flags."),
    Command(("pageup",), "pgup", "page(-1)", "Page up", "Go up a page of what it flags."),
    CHARACTERS,
    THEME,
    Command(("f1",), "F1", "show_keys", "Keys", "Show the keys of this view.", True),
    Command(("escape",), "esc", "back", "Back", "Go back; nothing is written.", True),
    Command(("ctrl+q",), "^q", "app.quit", "Quit", QUIT.help),
)

FACSIMILE = (
    Command(("n", "right"), "n", "page(1)", "Next page", "Go to the next page.", True),
    Command(("N", "left"), "N", "page(-1)", "Page before", "Go to the page before.", True),
    Command(("z",), "z", "fit", "Fit", "Show the whole page, or as wide as the terminal.", True),
    Command(("o",), "o", "open", "Open outside", "Open the page in your viewer or browser.", True),
    Command(("j", "down"), "j", "scroll(3)", "Down", "Scroll down."),
    Command(("k", "up"), "k", "scroll(-3)", "Up", "Scroll up."),
    Command(("pagedown",), "pgdn", "scroll(15)", "Page down", "Scroll down a page."),
    Command(("pageup",), "pgup", "scroll(-15)", "Page up", "Scroll up a page."),
    THEME,
    KEYS,
    Command(("escape", "i"), "esc", "back", "Back", "Go back to the text.", True),
    QUIT,
)

ALOUD = (
    Command(("space", "n", "right", "j", "down"), "␣", "breath(1)", "Next", "Read the next breath-group.", True),
    Command(("N", "left", "k", "up"), "N", "breath(-1)", "Before", "Read the group before.", True),
    Command(("pagedown",), "pgdn", "breath(10)", "Ten on", "Go on by ten groups."),
    Command(("pageup",), "pgup", "breath(-10)", "Ten back", "Go back by ten groups."),
    Command(("g", "home"), "g", "top", "Start", "Go to the first group."),
    Command(("G", "end"), "G", "bottom", "End", "Go to the last group."),
    Command(("v",), "v", "next_version", "Other version", "Read from the next version.", True),
    Command(("enter",), "⏎", "take", "To the text", "Go back to the text with these words chosen.", True),
    THEME,
    KEYS,
    Command(("escape", "p"), "esc", "back", "Back", "Go back to the text.", True),
    QUIT,
)

RULE_PLACES = (
    Command(("j", "down"), "j", "move(1)", "Next", "Go to the next place.", True),
    Command(("k", "up"), "k", "move(-1)", "Previous", "Go to the place before.", True),
    Command(("pagedown",), "pgdn", "page(1)", "Page down", "Go down a page."),
    Command(("pageup",), "pgup", "page(-1)", "Page up", "Go up a page."),
    Command(("g", "home"), "g", "top", "First", "Go to the first place."),
    Command(("G", "end"), "G", "bottom", "Last", "Go to the last place."),
    THEME,
    KEYS,
    Command(("escape",), "esc", "back", "Back", "Go back to the rules.", True),
    QUIT,
)
