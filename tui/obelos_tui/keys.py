"""Every command of the screens, declared once: its key, its name, what it does.

Bindings, footer, command palette and the list of keys are made from these tables.
"""

from .command import (
    ATTESTING,
    BACK,
    CHARACTERS,
    DIGITS,
    KEYS,
    QUIT,
    RULES_KEY,
    SYNC,
    THEME,
    WELCOME,
    Command,
    bindings,
    scrolling,
)
from .keys_beside import ALOUD, CONCORDANCE, FACSIMILE, HOUSE_RULE, RULE_PLACES, RULES

__all__ = [
    "ALOUD",
    "ATTESTING",
    "BACK",
    "CHARACTERS",
    "COLLATION",
    "CONCORDANCE",
    "DESK",
    "DIGITS",
    "EDITION_HISTORY",
    "FACSIMILE",
    "HISTORY",
    "HOUSE_RULE",
    "KEYS",
    "QUIT",
    "REVIEW",
    "RULES",
    "RULES_KEY",
    "RULE_PLACES",
    "SYNC",
    "THEME",
    "WAITING",
    "WELCOME",
    "Command",
    "bindings",
]

REVIEW = (
    Command(("n",), "n", "step(1)", "Next", "Go to the next finding; while a search is on, to its next match.", True),
    Command(("N",), "N", "step(-1)", "Previous", "Go to the previous finding, or match of the search."),
    Command(
        DIGITS,
        "1-9",
        "take",
        "Take",
        "Take the suggestion of that number: correct the passage, after a look.",
        footer=True,
        numbered=True,
    ),
    Command(("c",), "c", "judge('correct')", "Correct", "The transcription is wrong: put what the source reads.", True),
    Command(("e",), "e", "judge('emend')", "Emend", "The source itself is wrong: mend it, and say why."),
    Command(("t",), "t", "judge('stet')", "Stet", "The source reads so: keep it.", True),
    Command(("r",), "r", "judge('reject')", "Reject", "A false alarm: nothing is wrong here.", True),
    Command(("a",), "a", "judge('query')", "Ask", "Put a question to someone; the passage stays open."),
    Command(("z",), "z", "undo", "Undo", "Take back the last decision that is not yet written."),
    Command(("Z",), "Z", "redo", "Redo", "Take again the decision taken back last."),
    Command(("w",), "w", "write", "Write", "Write and commit the decisions taken, after a summary.", True),
    Command(
        ("right_square_bracket",),
        "]",
        "difference(1)",
        "Next difference",
        "Go to the next place where the two differ.",
    ),
    Command(
        ("left_square_bracket",),
        "[",
        "difference(-1)",
        "Previous difference",
        "Go to the previous place where the two versions differ.",
    ),
    Command(("v",), "v", "next_version", "Other version", "Put the next version in the right column."),
    Command(
        ("s",),
        "s",
        "substantives",
        "Hide accidentals",
        "Hide, or show again, differences of punctuation, spacing, capitals, spelling and word division.",
    ),
    Command(("f",), "f", "filter", "Filter", "Show only some findings: by rule, level, layer, state."),
    Command(("F",), "F", "filter_off", "Show all", "Show all findings again."),
    Command(("full_stop",), ".", "next_rule(1)", "Next rule", "Show only the findings of the next rule that has any."),
    Command(("comma",), ",", "next_rule(-1)", "Previous rule", "Show only the findings of the rule before."),
    Command(("m",), "m", "more", "More like this", "List all places like this one, keep or drop each, decide at once."),
    Command(("right",), "→", "word(1)", "Next word", "Take the next word in hand; while choosing, stretch the choice."),
    Command(("left",), "←", "word(-1)", "Previous word", "Take the word before in hand; while choosing, shrink."),
    Command(("shift+right",), "⇧→", "stretch(1)", "Stretch", "Choose one more word at the right."),
    Command(("shift+left",), "⇧←", "stretch(-1)", "Shrink", "Choose one word less, or one more at the left."),
    Command(("space",), "␣", "choose", "Choose words", "Choose words from the place at hand: → ← stretch it."),
    Command(("u",), "u", "open_only", "Open findings only", "Let n and N pass over findings already answered."),
    Command(
        ("o",),
        "o",
        "by_rank",
        "Order by rank",
        "Put the findings first whose rules were right most often here, or follow the text again.",
    ),
    Command(("slash",), "/", "search", "Search", "Search both versions; n and N step, esc ends it."),
    Command(("enter",), "⏎", "explain", "Explain", "Show all there is to say about the place at hand."),
    Command(("b",), "b", "blame", "Blame", "Say who put the word at hand there, when and why."),
    Command(("h",), "h", "history", "History", "Show the decisions and commits of this document."),
    Command(("C",), "C", "collation", "Collation", "Show all versions side by side, and where they differ."),
    Command(("i",), "i", "image", "Page image", "Show the page image of the passage, or say where it is."),
    Command(("p",), "p", "aloud", "Read aloud", "Read breath by breath, every sign spoken, for two to proofread."),
    Command(("colon",), ":", "go", "Go to", "Go to a finding, line, rule, document, decision or commit."),
    CHARACTERS,
    RULES_KEY,
    Command(("H",), "H", "house_rule", "House rule", "Begin a rule of your own from the words at hand."),
    Command(("V",), "V", "verify", "Verify", "Prove that base text and decisions give the working text."),
    *ATTESTING,
    Command(("at",), "@", "git_commands", "Git commands", "Show the git commands that ran."),
    *scrolling("the text"),
    SYNC,
    Command(("ctrl+r",), "^r", "reload", "Read again", "Read the document again from disk."),
    THEME,
    KEYS,
    BACK,
    QUIT,
)

COLLATION = (
    Command(("n",), "n", "step(1)", "Next", "Go to the next variant; while a search is on, to its next match.", True),
    Command(("N",), "N", "step(-1)", "Previous", "Go to the previous variant, or match of the search."),
    Command(
        DIGITS,
        "1-9",
        "take",
        "Take",
        "Take the reading of that number: correct the working text by it, after a look.",
        footer=True,
        numbered=True,
    ),
    Command(("enter",), "⏎", "take_column", "Take this column's", "Take the reading of the column at hand."),
    Command(("h", "left"), "h", "column(-1)", "Column left", "Go to the column at the left."),
    Command(("l", "right"), "l", "column(1)", "Column", "Go to the next column at the right.", True),
    Command(
        ("s",), "s", "substantives", "Substantives", "Hide all variants but those of substance, or show all.", True
    ),
    Command(("f",), "f", "classes", "Classes", "Choose the classes of variants that are shown."),
    Command(
        ("b", "tab"), "b", "base", "Base", "Make the next version the base that the others are compared with.", True
    ),
    Command(("v",), "v", "versions", "Versions", "Choose which versions stand side by side.", True),
    Command(("i",), "i", "figures", "Figures", "Show how far the versions agree, and what is known of their errors."),
    Command(("m",), "m", "moved", "Moved", "Go to the other place of a passage that was moved, or to the next one."),
    Command(("c",), "c", "judge('correct')", "Correct", "The transcription is wrong: put what the source reads."),
    Command(("e",), "e", "judge('emend')", "Emend", "The source itself is wrong: mend it, and say why."),
    Command(("t",), "t", "judge('stet')", "Stet", "The source reads as the working text does: keep it."),
    Command(("a",), "a", "judge('query')", "Ask", "Put a question to someone; the passage stays open."),
    Command(("z",), "z", "undo", "Undo", "Take back the last decision that is not yet written."),
    Command(("Z",), "Z", "redo", "Redo", "Take again the decision taken back last."),
    Command(("w",), "w", "write", "Write", "Write and commit the decisions taken, after a summary."),
    Command(("space",), "␣", "explain", "Explain", "Show the readings of all versions in full."),
    Command(("slash",), "/", "search", "Search", "Search the versions; n and N step, esc ends it."),
    Command(("at",), "@", "git_commands", "Git commands", "Show the git commands that ran."),
    RULES_KEY,
    *scrolling("the texts"),
    Command(("ctrl+r",), "^r", "reload", "Read again", "Read the document again from disk, and collate it again."),
    THEME,
    KEYS,
    Command(("escape",), "esc", "back", "Back", "End a search, or go back to the review."),
    QUIT,
)

_FILTER = (
    "Show only some entries: by words, or as in person:ada rule:CF* disposition:emend kind:state word:bane "
    "since:2026-11; empty shows all."
)
_ENTRIES = (
    Command(("j", "down"), "j", "move(1)", "Next", "Go to the next entry.", True),
    Command(("k", "up"), "k", "move(-1)", "Previous", "Go to the previous entry.", True),
    Command(("pagedown",), "pgdn", "page(1)", "Page down", "Go down a page."),
    Command(("pageup",), "pgup", "page(-1)", "Page up", "Go up a page."),
    Command(("g", "home"), "g", "top", "First", "Go to the newest entry."),
    Command(("G", "end"), "G", "bottom", "Last", "Go to the oldest entry."),
)

EDITION_HISTORY = (
    *_ENTRIES,
    Command(("space",), "␣", "explain", "Explain", "Show the entry at hand in full."),
    Command(("enter",), "⏎", "open", "Open", "Review the document of the entry at hand.", True),
    Command(("slash",), "/", "filter", "Filter", _FILTER, True),
    Command(("at",), "@", "git_commands", "Git commands", "Show the git commands that ran."),
    THEME,
    KEYS,
    Command(("escape",), "esc", "back", "Back", "Go back; end a filter.", True),
    QUIT,
)

HISTORY = (
    *_ENTRIES,
    Command(("enter", "space"), "⏎", "explain", "Explain", "Show the entry at hand in full."),
    Command(("R",), "R", "revert", "Take back", "Take the decision at hand back; later ones stay.", True),
    Command(("slash",), "/", "filter", "Filter", _FILTER, True),
    Command(("V",), "V", "verify", "Verify", "Prove that base text and decisions give the working text.", True),
    Command(("at",), "@", "git_commands", "Git commands", "Show the git commands that ran."),
    RULES_KEY,
    THEME,
    KEYS,
    Command(("escape",), "esc", "back", "Back", "Go back to the text; end a filter.", True),
    QUIT,
)

DESK = (
    Command(("j", "down"), "j", "move(1)", "Next", "Go to the next document."),
    Command(("k", "up"), "k", "move(-1)", "Previous", "Go to the previous document."),
    Command(("pagedown", "ctrl+f"), "pgdn", "page(1)", "Page down", "Go down a page."),
    Command(("pageup", "ctrl+b"), "pgup", "page(-1)", "Page up", "Go up a page."),
    Command(("g", "home"), "g", "top", "First", "Go to the first document."),
    Command(("G", "end"), "G", "bottom", "Last", "Go to the last document."),
    Command(("enter",), "⏎", "open", "Open", "Review the document.", True),
    Command(
        ("slash",), "/", "find", "Find", "Find documents by words, also misspelt ones, or conditions (is:open).", True
    ),
    Command(
        ("f",), "f", "show", "Filter", "Show those with open findings, with questions, unwritten, unreadable.", True
    ),
    Command(("s",), "s", "sort", "Sort", "Sort by the next column; a click on its head does as well.", True),
    Command(("o",), "o", "turn", "Turn round", "Turn the order round."),
    Command(("C",), "C", "collation", "Collation", "Show all versions of the document side by side."),
    Command(("h",), "h", "history", "History", "Show the decisions and commits of the whole edition.", True),
    *ATTESTING,
    Command(("ctrl+r",), "^r", "reload", "Look again", "Look for documents that changed."),
    SYNC,
    RULES_KEY,
    Command(("escape",), "esc", "back", "Back", "Stop looking; show all documents again."),
    THEME,
    KEYS,
    Command(("q", "ctrl+q"), "q", "app.quit", "Quit", QUIT.help, True),
)

WAITING = (
    Command(("j", "down"), "j", "move(1)", "Next", "Go to the next decision.", True),
    Command(("k", "up"), "k", "move(-1)", "Previous", "Go to the previous decision.", True),
    Command(("pagedown",), "pgdn", "page(1)", "Page down", "Go down a page."),
    Command(("pageup",), "pgup", "page(-1)", "Page up", "Go up a page."),
    Command(("g", "home"), "g", "top", "First", "Go to the first decision."),
    Command(("G", "end"), "G", "bottom", "Last", "Go to the last decision."),
    Command(("y",), "y", "approve", "Confirm", "Confirm the decision at hand, as its second reader.", True),
    Command(
        ("Y",), "Y", "approve_all", "Confirm all", "Confirm all that waits on the document at hand, with one note."
    ),
    Command(("enter",), "⏎", "open", "Open", "Go to the passage in the review of its document.", True),
    Command(("a",), "a", "query", "Ask", "Go to the passage and put a question to someone.", True),
    Command(("space",), "␣", "explain", "Explain", "Show the decision at hand in full."),
    Command(("ctrl+r",), "^r", "reload", "Read again", "Look again what waits."),
    THEME,
    KEYS,
    Command(("escape",), "esc", "back", "Back", "Go back.", True),
    QUIT,
)
