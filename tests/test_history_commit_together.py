"""Several writers and a person with plain git on one repository: nothing is lost, nothing is silently taken back."""

from pathlib import Path

from writers import write_together


def test_four_writers_and_a_person_with_plain_git_lose_nothing(tmp_path: Path) -> None:
    """Each commit that was reported is in the history once, with its own files only; no value ever goes back."""
    assert 0 < write_together(tmp_path, 4, 5)
