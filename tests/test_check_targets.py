"""What `check` looks at: documents, files, folders, patterns, standard input; and what it says where it cannot."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from check_world import World, world
from obelos_tui.targets import _fits

__all__ = ["world"]

TEXT = "teh end\n"


def names(world: World, *arguments: str) -> list[str]:
    """Names of the texts in which something was found, in the order of the output."""
    return [finding["file"] for finding in world.found(*arguments)]


@pytest.fixture
def letters(world: World) -> World:
    """A folder of letters beside the edition's documents."""
    for name in ("b.txt", "a.txt", "1946/c.md", "1946/march/d.txt", "1946/notes.rst", ".hidden/e.txt"):
        path = world.root / "letters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    return world


def test_a_folder_is_all_texts_in_it_in_order(letters: World) -> None:
    """By name within each folder; hidden folders and other files are left out."""
    assert ["letters/a.txt", "letters/b.txt", "letters/1946/c.md", "letters/1946/march/d.txt"] == names(
        letters, "letters"
    )


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("letters/*.txt", ["letters/a.txt", "letters/b.txt"]),
        ("letters/**/*.txt", ["letters/a.txt", "letters/b.txt", "letters/1946/march/d.txt"]),
        ("**/[cd].*", ["letters/1946/c.md", "letters/1946/march/d.txt"]),
        ("letters/19??", ["letters/1946/c.md", "letters/1946/march/d.txt"]),
        ("letters/**", ["letters/a.txt", "letters/b.txt", "letters/1946/c.md", "letters/1946/march/d.txt"]),
        ("letters/1946/*", ["letters/1946/c.md", "letters/1946/march/d.txt"]),
        ("letters/*/*.rst", ["letters/1946/notes.rst"]),
        ("letters/.h*/*", ["letters/.hidden/e.txt"]),
    ],
)
def test_a_quoted_pattern_is_all_texts_that_fit(letters: World, pattern: str, found: list[str]) -> None:
    """The same as a shell would find, and ** as well; other endings only where the pattern says them."""
    assert found == names(letters, pattern)


def test_a_pattern_may_be_of_names_of_documents(world: World) -> None:
    """Documents come by name."""
    for name in ("chungking-2", "chungking-1", "moscow-1"):
        world.holds(name, TEXT)

    assert ["transcripts/chungking-1/text.txt", "transcripts/chungking-2/text.txt"] == names(world, "chungking-*")


def test_in_a_folder_of_an_edition_the_working_text_stands_for_its_document(world: World) -> None:
    """Neither base texts nor witnesses nor lists of words are checked beside it, and decisions hold."""
    world.holds("letter", TEXT + "teh second\n")
    world.decides("letter", "teh", rule="ZZZ-PA101")
    (world.root / "transcripts/letter/B.txt").write_text(TEXT)
    (world.root / "rules/words.txt").write_text("teh\n")

    for folder in (".", "transcripts", "transcripts/letter"):
        assert [2] == [finding["line"] for finding in world.found(folder)]
    assert ["transcripts/letter/B.txt"] == names(world, "transcripts/letter/B.txt")


def test_a_working_text_named_as_a_file_has_its_decisions(world: World) -> None:
    """That is how pre-commit names it."""
    world.holds("letter", TEXT)
    world.decides("letter", "teh", rule="ZZZ-PA101")

    assert 0 == world.types("check", "transcripts/letter/text.txt")
    assert 0 == world.types("check", str(world.root / "transcripts/letter/text.txt"))
    assert 1 == world.types("check", "transcripts/letter/base.txt")


def test_a_document_without_a_working_text_is_checked_in_its_base_text(world: World) -> None:
    """As it was added."""
    world.holds("letter", TEXT)
    (world.root / "transcripts/letter/text.txt").unlink()

    assert ["transcripts/letter/base.txt"] == names(world, "letter")


def test_a_text_named_twice_is_checked_once(letters: World) -> None:
    """By whatever name, also through a link."""
    os.symlink("a.txt", letters.root / "letters" / "z.txt")

    assert ["letters/a.txt", "letters/b.txt"] == names(
        letters, "letters/a.txt", "letters/../letters/a.txt", "letters/*.txt", str(letters.root / "letters/b.txt")
    )


def test_no_link_leads_out_of_a_folder(letters: World, tmp_path: Path) -> None:
    """A link in somebody's edition must not make its reader's files part of a report; nor go round for ever."""
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "f.txt").write_text(TEXT)
    os.symlink(tmp_path / "secret.txt", letters.root / "letters" / "0.txt")
    os.symlink(tmp_path / "elsewhere", letters.root / "letters" / "00")
    os.symlink(letters.root / "letters", letters.root / "letters" / "round")
    expected = ["letters/a.txt", "letters/b.txt", "letters/1946/c.md", "letters/1946/march/d.txt"]

    assert expected == names(letters, "letters")
    assert expected == names(letters, "letters/**")
    assert ["letters/0.txt"] == names(letters, "letters/0.txt")


def test_files_that_a_system_hides_are_left_out_of_a_folder(letters: World) -> None:
    """macOS puts a `._a.txt`, which is no text, beside each `a.txt` on other people's disks."""
    (letters.root / "letters" / "._a.txt").write_bytes(b"\0\5\x16\7\xff")

    assert 1 == letters.types("check", "letters")
    assert 2 == letters.types("check", "letters/._a.txt")


def test_the_ending_of_a_text_may_be_in_capitals(letters: World) -> None:
    """Older systems wrote all names so."""
    (letters.root / "letters" / "C.TXT").write_text(TEXT)

    assert "letters/C.TXT" in names(letters, "letters")
    assert "letters/C.TXT" in names(letters, "letters/*")


def test_folders_may_lie_in_one_another_as_deep_as_the_system_lets_them(letters: World) -> None:
    """Deeper than Python calls functions, and deeper than a name of a file can say."""
    home, deep = os.getcwd(), 0
    try:
        os.chdir(letters.root / "letters")
        for deep in range(2100):  # noqa: B007, it is how many there are
            os.mkdir("n")
            os.chdir("n")
        Path("deep.txt").write_text(TEXT)
    finally:
        os.chdir(home)
    try:
        assert 2 == letters.types("check", "letters")
        letters.sees("n: cannot be read: File name too long", "letters/a.txt:1:1", "4 findings")
    finally:
        os.chdir(letters.root / "letters")
        for _ in range(deep + 1):  # a tree that no tool can name is taken down level by level from above
            os.rename("n", "m")
            if os.path.isdir("m/n"):
                os.rename("m/n", "n")
            for name in os.listdir("m"):
                os.remove(f"m/{name}")
            os.rmdir("m")
        os.chdir(home)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.txt"], ["nowhere.txt: there is no such file or document"]),
        (["leter"], ["leter: there is no such file or document", "did you mean “letter”"]),
        (["nothing-*"], ["nothing-*: matches no document and no text"]),
        (["no-such/**/*.txt", "nowhere.txt"], ["no-such/**/*.txt: matches", "nowhere.txt: there is"]),
        (["--name", "a.txt", "letter"], ["--name"]),
    ],
)
def test_what_matches_nothing_is_refused_before_anything_is_checked(
    world: World, arguments: list[str], told: list[str]
) -> None:
    """A misspelt name must not look like a clean text; all of them are told at once."""
    world.holds("letter", TEXT)

    assert 2 == world.types("check", "transcripts", *arguments)
    world.sees(*told)
    assert "" == world.out


def test_a_text_that_cannot_be_read_stops_no_other(letters: World) -> None:
    """It is told with file, line and offset; the exit code says that not all was checked."""
    (letters.root / "letters" / "a.txt").write_bytes(b"one\nt\xe9h\n")

    assert 2 == letters.types("check", "letters")
    letters.sees("letters/a.txt:2: byte 5 (0xe9) is not UTF-8", "letters/b.txt:1:1", "3 findings in 3 of 4 texts")


def test_a_text_that_is_too_large_is_told(world: World) -> None:
    """It is refused by its size, without being read."""
    with (world.root / "large.txt").open("wb") as file:
        file.truncate(65 * 1024 * 1024)

    assert 2 == world.types("check", "large.txt")
    world.sees("large.txt: is larger than 64 MiB")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_is_told(letters: World) -> None:
    """The rest is checked."""
    (letters.root / "letters" / "1946").chmod(0)
    try:
        code = letters.types("check", "letters")
    finally:
        (letters.root / "letters" / "1946").chmod(0o755)

    assert 2 == code
    letters.sees("1946: cannot be read", "letters/a.txt:1:1")


def test_standard_input_is_checked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the name -, or the one that is given."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert ["-"] == names(world, "-")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert ["draft.txt"] == names(world, "-", "--name", "draft.txt")


def test_standard_input_may_be_a_working_text_not_yet_saved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor gives the name of the file that it holds: the decisions on it count."""
    world.holds("letter", TEXT)
    world.decides("letter", "teh", rule="ZZZ-PA101")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Dear Sir,\nteh end of teh war\n")))
    (finding,) = world.found("-", "--name", "transcripts/letter/text.txt")

    assert (2, 12, "letter") == (finding["line"], finding["column"], finding["document"])


@pytest.mark.parametrize("named", ["edition/transcripts/letter/text.txt", "edition", "edition/**/text.txt"])
def test_from_outside_an_edition_its_rules_and_decisions_hold(
    world: World, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """An edition may lie in a folder of a larger repository, where hooks run."""
    world.holds("letter", TEXT + "teh second\n")
    world.decides("letter", "teh", rule="ZZZ-PA101")
    monkeypatch.chdir(world.root.parent)

    assert [("edition/transcripts/letter/text.txt", 2)] == [(f["file"], f["line"]) for f in world.found(named)]


def test_texts_of_two_editions_are_not_checked_by_the_rules_of_one(world: World) -> None:
    """Which rules and decisions hold would be a guess."""
    for name in ("one", "two"):
        (world.root / name).mkdir()
        (world.root / name / "edition.yaml").write_text("packs: []\n")
        (world.root / name / "a.txt").write_text(TEXT)
    (world.root / "edition.yaml").unlink()

    assert 2 == world.types("check", "one/a.txt", "two/a.txt")
    world.sees("are two editions")
    assert 0 == world.types("check", "one/a.txt")


def test_without_an_edition_there_must_be_something_to_check(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is taken for everything."""
    monkeypatch.chdir(tmp_path)

    assert 3 == world.types("check")
    world.sees("name files to check")


@given(
    st.lists(st.sampled_from(["a", "b", "ab", ".a"]), max_size=6),
    st.lists(st.sampled_from(["**", "*", "a", "?b", ".*"]), max_size=6),
)
def test_a_pattern_fits_as_the_shell_would_have_it(parts: list[str], pattern: list[str]) -> None:
    """Against a definition that tries everything."""

    def fits(parts: list[str], pattern: list[str]) -> bool:
        if not pattern:
            return not parts
        if pattern[0] == "**":
            return fits(parts, pattern[1:]) or (
                bool(parts) and not parts[0].startswith(".") and fits(parts[1:], pattern)
            )
        one = {
            "*": lambda p: p[0] != ".",
            "a": lambda p: p == "a",
            "?b": lambda p: p == "ab",
            ".*": lambda p: p[0] == ".",
        }
        return bool(parts) and one[pattern[0]](parts[0]) and fits(parts[1:], pattern[1:])

    assert fits(parts, pattern) == _fits(parts, pattern)
