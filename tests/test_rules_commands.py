"""The catalogue for its users: list, show, test, kinds and new, in an edition made up for these tests."""

import json
from pathlib import Path

import pytest

from editor import Editor
from made_up import decision
from obelos_history import dump

LETTERS = {
    "alpha": "Alpha Office, 3 May.\n\nThe ship lay there for sail, and the captain knew it. Nothing was for\nsail.\n",
    "beta": "We shall sail at noon; the house is for sail.\n[footnoteRef:1] [1:  It was for sail in May.]\n",
    "gamma": "He went tot he sea. The café-owner wrote “résumé sent”. See Nos. 5, 6 and 5.\n",
}
HOUSE = """\
# Rules of the house, made up.  Every byte of this stays.
rules:
    - code: ABC-CF107   # the seventh
      name: rite-for-right
      kind: confusable
      level: possible
      message: "“{found}” where the sense may want “{suggest}”"
      why: The two words sound alike in dictation.
      authority: the house
      words: {rite: right}
      left: [all]
      aliases: [ABC-CF112]
      examples:
        flag: [{text: all rite, at: rite, suggest: right}]
        pass: [a rite of spring]
"""


@pytest.fixture
def editor(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Editor:
    """An editor in an edition of three letters."""
    root = tmp_path / "made-up"
    for name, text in LETTERS.items():
        (root / "transcripts" / name).mkdir(parents=True)
        (root / "transcripts" / name / "base.txt").write_text(text, encoding="utf-8")
    (root / "edition.yaml").write_text("title: Letters, made up\n", encoding="utf-8")
    monkeypatch.chdir(root)
    return Editor(root, capsys)


def house(editor: Editor, text: str = HOUSE, name: str = "house") -> Path:
    """A file of house rules."""
    path = editor.root / "rules" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def decided(editor: Editor, document: str, number: int, rule: str, disposition: str, **more: object) -> None:
    """A decision in the history of a document."""
    reading = "x" if disposition in ("correct", "emend") else None
    text = (editor.root / "transcripts" / document / "base.txt").read_text(encoding="utf-8")
    made = decision(text, (0, 5), reading, number, document=document, disposition=disposition, rule=rule, **more)
    folder = editor.root / "history" / document
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{made.id}.yaml").write_bytes(dump(made))


# list


def test_the_rules_that_hold_here_are_listed_in_columns(editor: Editor) -> None:
    """Each column begins at one place; nothing is said of a record where nothing was decided."""
    house(editor)
    assert 0 == editor.types("rules", "list")
    lines = editor.out.splitlines()
    assert f"{len(lines) - 1} rules" == lines[-1]
    assert 1 == len({line.index(line.split()[1]) for line in lines[:-1]})
    assert 1 == len({line.index(f" {line.split()[-1]}") for line in lines[:-1]})
    assert ["ABC-CF107", "possible", "confusable", "house", "rite-for-right"] == lines[-2].split()
    assert "accepted" not in editor.out


@pytest.mark.parametrize(
    ("option", "place", "wanted"),
    [
        (["--pack", "house"], 3, {"house"}),
        (["--pack", "house", "--pack", "core"], 3, {"house", "core"}),
        (["--kind", "date"], 2, {"date"}),
        (["--level", "possible", "--level", "certain"], 1, {"possible", "certain"}),
        (["--kind", "confusable", "--level", "possible", "--pack", "house"], 0, {"ABC-CF107"}),
    ],
)
def test_the_list_is_filtered_by_pack_kind_and_level(
    editor: Editor, option: list[str], place: int, wanted: set[str]
) -> None:
    """Filters narrow one another; one given twice takes either."""
    house(editor)
    assert 0 == editor.types("rules", "list", *option)
    assert wanted == {line.split()[place] for line in editor.out.splitlines()[:-1]}


def test_a_pack_that_is_not_in_use_can_be_listed(editor: Editor) -> None:
    """An editor looks at a pack before taking it."""
    (editor.root / "edition.yaml").write_text("packs: [core]\n", encoding="utf-8")
    assert 0 == editor.types("rules", "list", "--pack", "typescript")
    assert {"typescript"} == {line.split()[3] for line in editor.out.splitlines()[:-1]}
    assert 0 == editor.types("rules", "list", "--all")
    assert {"core", "typescript"} <= {line.split()[3] for line in editor.out.splitlines()[:-1]}


def test_an_unknown_filter_is_refused_with_what_was_meant(editor: Editor) -> None:
    """A filter that nothing fits is a slip of the pen."""
    assert 2 == editor.types("rules", "list", "--pack", "typscript")
    editor.sees("there is no pack “typscript”; did you mean “typescript”?")
    assert 2 == editor.types("rules", "list", "--kind", "dates")
    editor.sees("no rule is of kind “dates”; did you mean “date”?")


def test_the_record_of_a_rule_counts_the_decisions_that_stand(editor: Editor) -> None:
    """Accepted, rejected, kept, asked: over all documents, older codes with the new, what was superseded left out."""
    house(editor)
    decided(editor, "alpha", 1, "ABC-CF107", "correct")
    decided(editor, "beta", 2, "ABC-CF112", "emend")
    decided(editor, "beta", 3, "ABC-CF107", "reject")
    decided(editor, "gamma", 4, "ABC-CF107", "reject")
    decided(editor, "gamma", 5, "ABC-CF107", "stet", supersedes=(f"01JD{4:022d}",))
    decided(editor, "gamma", 6, "CF101", "query", note="made up")
    assert 0 == editor.types("rules", "list")
    (line,) = (line for line in editor.out.splitlines() if line.startswith("ABC-CF107"))
    assert ["rite-for-right", "2", "accepted,", "1", "rejected,", "1", "kept", "·", "rank", "0.50"] == line.split()[4:]
    assert 0 == editor.types("rules", "show", "CF101")
    assert editor.out.rstrip().endswith("record     1 asked · rank 0.50")
    assert 0 == editor.types("rules", "list", "--pack", "house", "--format", "json")
    (rule,) = json.loads(editor.out)["rules"]
    assert {"accepted": 2, "rejected": 1, "kept": 1, "asked": 0, "rank": 0.5} == rule["record"]


def test_the_list_as_json_says_all_that_a_rule_is(editor: Editor) -> None:
    """The contract for scripts."""
    house(editor)
    assert 0 == editor.types("rules", "list", "--pack", "house", "--format", "json")
    data = json.loads(editor.out)
    assert 1 == data["version"]
    assert [
        {
            "code": "ABC-CF107",
            "name": "rite-for-right",
            "kind": "confusable",
            "level": "possible",
            "pack": "house",
            "line": 3,
            "aliases": ["ABC-CF112"],
            "layers": ["body", "note"],
            "message": "“{found}” where the sense may want “{suggest}”",
            "why": "The two words sound alike in dictation.",
            "authority": "the house",
            "examples": {
                "flag": [{"text": "all rite", "at": "rite", "suggest": "right"}],
                "pass": [{"text": "a rite of spring"}],
            },
        }
    ] == data["rules"]


# show


def test_a_rule_is_shown_whole_by_code_alias_or_name(editor: Editor) -> None:
    """Whatever name a note quotes, the rule is found."""
    house(editor)
    for name in ("ABC-CF107", "abc-cf107", "ABC-CF112", "rite-for-right"):
        assert 0 == editor.types("rules", "show", name)
        editor.sees("ABC-CF107 rite-for-right · confusable · possible · pack house")
        editor.sees("once       ABC-CF112", "layers     body, note", "why        The two words", "authority  the house")
        editor.sees("flags      all rite   [rite] → right", "passes     a rite of spring")
    assert 2 == editor.types("rules", "show", "ABC-CF108")
    editor.sees("there is no rule “ABC-CF108”; did you mean “ABC-CF1")


def test_a_rule_of_a_pack_that_is_not_in_use_is_shown_as_such(editor: Editor) -> None:
    """A code met in a committed note can be looked up in any edition."""
    (editor.root / "edition.yaml").write_text("packs: [core]\n", encoding="utf-8")
    assert 0 == editor.types("rules", "show", "CF101")
    editor.sees("pack typescript (not in use here)")


def test_g05_control_characters_of_a_rule_never_reach_the_terminal(editor: Editor) -> None:
    """A message may spell an escape sequence in YAML; it is shown as a sign, and as escapes in JSON."""
    path = house(editor, HOUSE.replace("where the sense may", r"\e]0;owned\a\x9b2J\u202e"))
    for command in (["list"], ["show", "ABC-CF107"], ["test", str(path)], ["list", "--format", "json"], ["kinds"]):
        assert 0 == editor.types("rules", *command)
        assert not set(editor.out + editor.err) & {"\x1b", "\x07", "\x9b", "\u202e"}
    house(editor, HOUSE.replace("kind: confusable", r'kind: "\e[2J"'))
    assert 2 == editor.types("rules", "test")
    assert not set(editor.out + editor.err) & {"\x1b", "\x07"}


# test


def test_every_shipped_pack_and_the_house_rules_are_proved(editor: Editor) -> None:
    """Without a file: all that could hold here."""
    house(editor, HOUSE.replace("all rite, at", "all write, at").replace("at: rite", "at: write"))
    assert 1 == editor.types("rules", "test")
    path = editor.root / "rules" / "house.yaml"
    assert f"{path}:14: ABC-CF107: “write” is not flagged: all write" in editor.out.splitlines()


def test_a_failure_names_file_line_of_the_example_and_code(editor: Editor) -> None:
    """An author goes to the example that fails, in whichever of the files it stands."""
    spread = HOUSE.replace("pass: [a rite of spring]", "pass:\n          - a rite\n          - all rite now")
    first = house(editor)
    second = house(editor, spread.replace("ABC-CF107", "ABC-CF108").replace("      aliases: [ABC-CF112]\n", ""), "more")
    assert 1 == editor.types("rules", "test", str(first), str(second))
    assert [
        f"{second}:16: ABC-CF108: flagged though it should pass (flagged: “rite”): all rite now",
        "2 rules, 5 examples, 1 failure",
    ] == editor.out.splitlines()


def test_a_pack_that_cannot_be_read_is_refused_with_all_that_is_wrong(editor: Editor) -> None:
    """All problems of all files, exit code 2."""
    first = house(editor, HOUSE.replace("level: possible", "level: maybe").replace("kind: conf", "kind: kunf"))
    second = house(editor, "rules: 5\n", "more")
    assert 2 == editor.types("rules", "test", str(first), str(second))
    editor.sees(f"{first}:6: one of certain", f"{first}:5: there is no kind", f"{second}:1: “rules” must be a list")


def test_g07_codes_that_clash_are_told_wherever_they_stand(editor: Editor) -> None:
    """Two files of the house refuse one another; the code of a shipped pack is a warning, for it may not be in use."""
    first, second = house(editor), house(editor, HOUSE.replace("ABC-CF112", "ABC-CF113"), "more")
    assert 2 == editor.types("rules", "test", str(first), str(second))
    editor.sees("code ABC-CF107 stands already in house, line 3; codes are never used twice")
    second.unlink()
    borrowed = house(editor, HOUSE.replace("ABC-CF107", "CF101"))
    assert 0 == editor.types("rules", "test", str(borrowed))
    editor.sees(f"warning: {borrowed}:3: CF101 is the code of bane-for-base in the shipped pack typescript")
    assert 2 == editor.types("rules", "list")
    editor.sees("code CF101 stands already in typescript")


def test_h05_a_doubtful_pattern_and_a_name_used_twice_are_warnings(editor: Editor) -> None:
    """What is allowed is proved and taken; what is odd about it is said."""
    rules = (
        HOUSE
        + """\
    - code: ABC-PA101
      name: rite-for-right
      kind: pattern
      level: possible
      message: "{found}"
      why: TODO
      authority: the house
      pattern: '(a+)+x$'
      examples:
        flag: [{text: an aax, at: aax}]
        pass: [an axe]
"""
    )
    path = house(editor, rules)
    assert 0 == editor.types("rules", "test", str(path))
    assert [
        f"warning: {path}:23: ABC-PA101: the pattern is allowed, but a repeat stands within a repeat, as in (a+)+; "
        "one of them says all",
        f"warning: {path}:23: ABC-PA101: the pattern is allowed, but ^ and $ mean the beginning and the end of the "
        "whole text; (?m) makes them those of a line",
        f"warning: {path}:21: ABC-PA101: “why” is still to be written",
        f"warning: {path}:17: ABC-PA101: the name rite-for-right stands already on line 4",
        "2 rules, 4 examples, 0 failures",
    ] == editor.out.splitlines()


# new


def test_a_house_rule_begins_with_a_passage_and_is_found_by_check(editor: Editor) -> None:
    """Drafted, proved, shown on the whole edition, written; from then on it is a rule like any other."""
    code = editor.types("rules", "new", "alpha", "--at", "sail#1", "--reading", "sale", "--left", "for")
    assert 0 == code
    editor.sees("- code: HOUSE-CF101", "name: sail-for-sale", "words: {sail: sale}", "left: [for]")
    editor.sees(
        '- {text: "The ship lay there for sail, and the captain knew it", at: sail, suggest: sale}',
        '- "The ship lay there for sale, and the captain knew it"',
    )
    editor.sees("alpha:3", "lay there for [sail], and the captain", "alpha:4", "beta:1", "beta:2")
    editor.sees("4 findings in 2 documents of 3", "HOUSE-CF101 was written to rules/house.yaml")
    assert 0 == editor.types("rules", "test", "rules/house.yaml")
    assert 1 == editor.types("check", "--rules", "HOUSE-CF101", "--format", "json")
    assert ["alpha", "alpha", "beta", "beta"] == [
        Path(finding["file"]).parent.name for finding in json.loads(editor.out)["findings"]
    ]


def test_a_dry_run_shows_all_and_writes_nothing(editor: Editor) -> None:
    """An editor narrows a rule until it flags what it should."""
    assert 0 == editor.types("rules", "new", "beta", "--at", "sail#1", "--reading", "sale", "--dry-run")
    editor.sees(
        "5 findings in 2 documents of 3", "HOUSE-CF101 was not written", "narrow it by --left shall or --right at"
    )
    assert not (editor.root / "rules").exists()


def test_a_rule_that_exists_already_is_told(editor: Editor) -> None:
    """Nobody writes a rule that is there."""
    assert 0 == editor.types("rules", "new", "gamma", "--at", "5, 6 and 5", "--reading", "5, 6 and 7", "--dry-run")
    editor.sees("EN101 (", "flags this passage already: ")


def test_the_same_rule_is_not_written_twice(editor: Editor) -> None:
    """Somebody repeats the last command; a rule that the house has already would be told twice at each place."""
    same = ("rules", "new", "gamma", "--at", "5, 6 and 5", "--reading", "5, 6 and 7")
    assert 0 == editor.types(*same)
    written = (editor.root / "rules" / "house.yaml").read_bytes()

    assert 2 == editor.types(*same)
    editor.sees("a house rule flags this passage already with the same reading: HOUSE-")
    assert written == (editor.root / "rules" / "house.yaml").read_bytes()


def test_one_of_a_thing_is_told_in_the_singular(editor: Editor) -> None:
    """As people count."""
    assert 0 == editor.types("rules", "new", "gamma", "--at", "5, 6 and 5", "--reading", "5, 6 and 7")
    assert 0 == editor.types("rules", "test", "rules/house.yaml")
    editor.sees("1 rule, 2 examples, 0 failures")


def test_an_entry_is_added_at_the_end_and_every_byte_before_it_stays(editor: Editor) -> None:
    """Comments, indentation and line ends are those of the file; the code is the next that was never used."""
    before = HOUSE.replace("\n", "\r\n").removesuffix("\r\n")
    path = house(editor, before)
    decided(editor, "alpha", 1, "ABC-CF120", "reject")
    assert 0 == editor.types("rules", "new", "gamma", "--at", "tot he", "--reading", "to the", "--why", "A slip.")
    after = path.read_bytes().decode()
    assert after.startswith(before + "\r\n    - code: ABC-CF121\r\n      name: tot-he-for-to-the\r\n")
    assert "\n" not in after.replace("\r\n", "")
    assert "      phrases: {tot he: to the}\r\n" in after
    assert 'why: "A slip."\r\n' in after
    assert 0 == editor.types("rules", "test", str(path))


def test_rules_can_go_into_another_file_of_the_house(editor: Editor) -> None:
    """A file by its name; one that would lie elsewhere, or be a link, is refused."""
    house(editor)
    wanted = ["rules", "new", "gamma", "--at", "tot he", "--reading", "to the", "--into"]
    assert 0 == editor.types(*wanted, "slips")
    assert (
        (editor.root / "rules" / "slips.yaml").read_text(encoding="utf-8").startswith("rules:\n  - code: ABC-CF113\n")
    )
    for elsewhere in ("../house.yaml", "/etc/house.yaml", "other/house.yaml", ".hidden", "rules/a/b", "house.txt/x"):
        assert 2 == editor.types(*wanted, elsewhere)
        editor.sees("is not a file such as rules/house.yaml")
    (editor.root / "rules" / "link.yaml").symlink_to(editor.root / "edition.yaml")
    assert 2 == editor.types(*wanted, "link")
    editor.sees("is a link")


@pytest.mark.parametrize(
    "text",
    ["rules: [{code: X}]\n", "rules: []\n", "rules:\n", HOUSE + "...\n", HOUSE.replace("kind: c", "kind: k"), "x: y\n"],
)
def test_a_file_that_an_entry_cannot_join_is_left_as_it_is(editor: Editor, text: str) -> None:
    """What would not load is not written."""
    path = house(editor, text)
    assert 2 == editor.types("rules", "new", "gamma", "--at", "tot he", "--reading", "to the")
    assert text == path.read_text(encoding="utf-8")
    assert [path] == list(path.parent.iterdir())


@pytest.mark.parametrize(
    ("kind", "at", "reading", "expected"),
    [
        ("substitution", "tot he", "to the", "words: {tot he: to the}"),
        ("pattern", "tot he", "to the", r'pattern: "\\btot\\s+he\\b"'),
        ("pattern", "résumé", "resumé", r'pattern: "(?:^|[^\\pL\\pN])(résumé)(?:[^\\pL\\pN]|$)"'),
        ("pattern", "café-owner", "café owner", r'pattern: "\\bcafé\\-owner\\b"'),
        ("pattern", "Nos. 5", "No. 5", r'pattern: "\\bNos\\.\\s+5\\b"'),
        (None, "“résumé sent”", "‘résumé sent’", r'pattern: "“résumé\\s+sent”"'),
        (None, "tot ", "", 'suggest: ""'),
        ("consistency", "sea", "Sea", "forms: [[sea, Sea]]"),
        ("confusable", "sea", "sea side", "unless: [sea side]"),
        (None, "he#1", "she", "words: {he: she}"),
    ],
)
def test_a_rule_of_each_kind_can_be_begun(
    editor: Editor, kind: str | None, at: str, reading: str, expected: str
) -> None:
    """Words are a confusable, all else a pattern, unless told; each proves itself before it is written."""
    asked = ["rules", "new", "gamma", "--at", at, "--reading", reading]
    assert 0 == editor.types(*asked, *(["--kind", kind] if kind else [])), editor.err
    editor.sees(expected)
    assert 0 == editor.types("rules", "test", "rules/house.yaml")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--at", "to", "--reading", "x"], "is a part of a word; give whole words"),
        (["--at", "nowhere", "--reading", "x"], "“nowhere” stands nowhere"),
        (["--at", "e", "--reading", "x"], "say which"),
        (["--at", " #1", "--reading", "x"], "there are no words in it"),
        (["--at", "sea", "--reading", "x{1}"], "name parts of what was found"),
        (["--at", "Nos. 5", "--reading", "x", "--kind", "confusable"], "only a pattern can flag it"),
        (["--at", "sea", "--reading", "", "--kind", "substitution"], "only a pattern can propose none"),
        (["--at", "sea", "--reading", "seas", "--left", "an"], "“sea” is not flagged"),
        (["--at", "sea", "--reading", "sea"], "“sea” stands there already"),
        (["--at", "sea", "--reading", "seas", "--code", "CF101"], "CF101 is, or was, the code of another rule"),
        (["--at", "sea", "--reading", "seas", "--code", "sea"], "a code such as CF101"),
        (["--at", "sea", "--reading", "seas", "--name", "A Name"], "a name such as bane-for-base was expected"),
        (["--at", "sea", "--reading", "seas", "--left", "<artikel>"], "there is no class <artikel>"),
        (["--at", "sea", "--reading", "seas", "--message", "{x}"], "the message names {x}"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_in_words(editor: Editor, options: list[str], said: str) -> None:
    """Exit code 2, and nothing is written."""
    assert 2 == editor.types("rules", "new", "gamma", *options)
    editor.sees(said)
    assert not (editor.root / "rules").exists()


def test_a_passage_over_two_layers_is_refused_and_one_in_a_note_is_not(editor: Editor) -> None:
    """A rule reads one layer at a time."""
    assert 2 == editor.types("rules", "new", "beta", "--at", "[1:  It was", "--reading", "x")
    assert 0 == editor.types("rules", "new", "beta", "--at", "It was", "--reading", "They were", "--dry-run")
    editor.sees("layer: note", "1 finding in 1 document of 3")


def test_without_an_edition_the_entry_is_printed(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file outside any edition: the entry as a rule file, and what it flags there."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_text(LETTERS["gamma"], encoding="utf-8")
    monkeypatch.chdir(outside)
    assert 0 == editor.types("rules", "new", "letter.txt", "--at", "tot he", "--reading", "to the")
    entry = editor.out.split("\n\n")[0] + "\n"
    assert entry.startswith("rules:\n  - code: HOUSE-CF101\n")
    editor.sees("1 finding in 1 document of 1")
    assert ["letter.txt"] == [path.name for path in outside.iterdir()]
    (outside / "kept.yaml").write_text(entry, encoding="utf-8")
    assert 0 == editor.types("rules", "test", "kept.yaml")
