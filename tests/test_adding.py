"""Bringing texts into an edition: one, or a whole folder of them at once."""

from pathlib import Path

import pytest

from editor import Editor


@pytest.fixture
def someone(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Somebody in a new edition, with files of their own beside it."""
    beside = tmp_path / "files"
    beside.mkdir()
    for number in (1, 2, 3):
        (beside / f"Letter {number} (copy).txt").write_bytes(b"\xef\xbb\xbfLetter %d.\r\nNo end of line" % number)
    monkeypatch.chdir(tmp_path)
    made = Editor(tmp_path / "letters", capsys)
    assert 0 == made.types("init", "letters", "--title", "Letters")
    monkeypatch.chdir(made.root)
    return made


def files(someone: Editor) -> list[str]:
    """The files beside the edition, as somebody would type them."""
    return [str(path) for path in sorted((someone.root.parent / "files").iterdir())]


def test_a_folder_of_files_becomes_documents_named_after_them_in_one_commit(someone: Editor) -> None:
    """Spaces and what no folder can be called become hyphens; every byte stays, and verify proves it."""
    assert 0 == someone.types("add", *files(someone))
    someone.sees("3 files", "byte for byte")

    names = sorted(path.name for path in (someone.root / "transcripts").iterdir())
    assert ["Letter-1-copy", "Letter-2-copy", "Letter-3-copy"] == names
    for source, name in zip(files(someone), names, strict=True):
        assert Path(source).read_bytes() == (someone.root / "transcripts" / name / "base.txt").read_bytes()
    assert "Add 3 base texts" == someone.git("log", "-1", "--format=%s").strip()
    assert 0 == someone.types("verify")
    assert "" == someone.git("status", "--porcelain")


def test_a_second_keying_of_them_all_is_added_with_one_siglum(someone: Editor) -> None:
    """Each file is a witness of the document that has its name."""
    someone.types("add", *files(someone))

    assert 0 == someone.types("add", *files(someone), "--siglum", "B")
    assert (someone.root / "transcripts" / "Letter-2-copy" / "B.txt").exists()
    assert 3 == someone.types("add", *files(someone), "--siglum", "B")
    someone.sees("Letter-1-copy has a version “B” already", "Letter-3-copy has a version “B” already")


def test_one_file_that_cannot_be_used_keeps_all_out_and_each_is_told(someone: Editor) -> None:
    """All are added, or none."""
    bad = someone.root.parent / "bad.txt"
    bad.write_bytes(b"caf\xe9")
    head = someone.git("rev-parse", "HEAD")

    assert 2 == someone.types("add", *files(someone), str(bad), "missing.txt")
    someone.sees("bad.txt:1: byte 3 (0xe9) is not UTF-8", "missing.txt: there is no such file")
    assert not (someone.root / "transcripts").exists()
    assert head == someone.git("rev-parse", "HEAD")


def test_two_files_with_one_name_are_refused(someone: Editor) -> None:
    """Also where they differ only by case, which some systems do not tell apart; and so is a name that is taken."""
    twin = someone.root.parent / "letter-1-COPY.txt"
    twin.write_text("Another.\n")

    assert 3 == someone.types("add", *files(someone), str(twin))
    someone.sees("letter-1-COPY.txt and", "would both be")
    assert 0 == someone.types("add", files(someone)[0])
    assert 3 == someone.types("add", str(twin))
    someone.sees("there is a document “Letter-1-copy” already")
    assert 2 == someone.types("add", *files(someone), "--as", "letters")
    someone.sees("--as: is for one file")


def test_a_refused_edition_leaves_no_folder_behind(someone: Editor, home: Path) -> None:
    """A13: git does not know the person; the folders made for the edition go again."""
    (home / ".gitconfig").unlink()

    assert 3 == someone.types("init", str(someone.root.parent / "new" / "edition"))
    someone.sees("git config --global user.name")
    assert not (someone.root.parent / "new").exists()
    (someone.root.parent / "file").write_text("")
    assert 2 == someone.types("init", str(someone.root.parent / "file"))
    someone.sees("cannot be a folder")
