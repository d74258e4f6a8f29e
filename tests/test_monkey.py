"""Random keys and sizes on every screen: no crash, no lost decision, all is proved after. More: bench/monkey.py."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

import monkey  # type: ignore[import-not-found]

KEYS = 120


@pytest.mark.parametrize("seed", [20261130])
def test_random_keys_and_sizes_do_no_harm(seed: int, tmp_path: Path) -> None:
    """The same keys on every run; the texts hold escapes, markup and marks that turn the line."""
    assert not monkey.run(tmp_path, KEYS, seed, told=False)


def test_the_monkey_knows_every_key_but_those_that_leave() -> None:
    """A key that is added to a screen is pressed as well."""
    able = monkey.keys_of_screens()
    assert {"n", "c", "enter", "escape", "w", "C", "h", "f", "slash"} <= set(able)
    assert not monkey.LEAVING & set(able)
