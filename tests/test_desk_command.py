"""`obelos documents`: the desk as a plain command, by the same function as the screen."""

import json

from editor import Editor
from obelos_tui.demo import DOCUMENT


def test_the_command_lists_what_the_desk_shows(editor: Editor) -> None:
    """State, findings by level, questions, unwritten decisions, and the edition at a glance; nothing is changed."""
    before = editor.git("status", "--porcelain")
    assert 0 == editor.types("documents")
    editor.sees(DOCUMENT, "draft", "certain", "1 document · ", "open in 1", "1 draft")
    assert before == editor.git("status", "--porcelain")


def test_json_is_a_contract(editor: Editor) -> None:
    """A version, and a row for each document; jsonl has the rows alone."""
    editor.corrects("bane", "base")
    assert 0 == editor.types("documents", "--format", "json")
    told = json.loads(editor.out)
    assert 0 == editor.types("documents", "--format", "jsonl")

    assert "obelos-documents/1" == told["format"]
    (row,) = told["documents"]
    assert row == json.loads(editor.out)
    assert (DOCUMENT, "draft", 1, 0) == (row["document"], row["state"], row["pending"], row["decisions"])
    assert {"certain", "likely", "possible"} == row["findings"].keys()


def test_conditions_choose_documents(editor: Editor) -> None:
    """What is not listed is counted all the same."""
    assert 0 == editor.types("documents", "--with", "asked")
    editor.sees("0 of 1 listed")
    assert 0 == editor.types("documents", "--find", "chunkging is:open", "--sort", "open")
    editor.sees(DOCUMENT, "1 of 1 listed")
    assert 2 == editor.types("documents", "--find", "is:opne")
    editor.sees("did you mean “open”")


def test_a_document_that_cannot_be_read_says_so(editor: Editor) -> None:
    """The others are listed; the exit code tells."""
    editor.base_file.write_bytes(b"\xff")
    assert 1 == editor.types("documents")
    editor.sees("cannot be read", "UTF-8", "1 unreadable")
