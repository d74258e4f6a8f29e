"""The queue by rank: the rules first whose findings were accepted most often in the edition."""

import io
from pathlib import Path

import pytest

from obelos_history import Judgement
from obelos_transcripts import Refused
from obelos_tui.desk import Desk
from obelos_tui.view import read_view
from screen import on_screen, opened
from small_edition import small_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The small edition, where two findings of ZZ101 in the reply were rejected and one accepted."""
    found = small_desk(tmp_path)
    review = found.open("reply")
    for judgement in (Judgement("reject"), Judgement("reject"), Judgement("correct", "base")):
        item = next(item for item in review.state.items if item.decision is None)
        review.decide(item, judgement)
    review.commit()
    review.close()
    return found


@on_screen
async def test_o_puts_the_rules_first_that_were_right_most_often_and_follows_the_text_again(desk: Desk) -> None:
    """ZZ102, which nobody has answered, comes before ZZ101, of which one in three was accepted; each says so."""
    async with opened(desk, "letter") as editor:
        editor.sees("1/5  ZZ101", "accepted 1 of 3 here")
        await editor.presses("o")
        editor.sees("1/5  ZZ102", "By rank")
        await editor.presses("r", "enter")
        editor.sees("2/5  ZZ101")
        await editor.presses("o")
        editor.sees("1/5  ZZ101", "In the order of the text")


def test_the_order_does_not_change_while_an_editor_works_and_is_the_same_each_time(desk: Desk) -> None:
    """The records are those of when it was asked; the same edition gives the same order."""
    review = desk.open("letter")
    review.order_by_rank(True)
    order = [item.span for item in read_view(review, None).items]
    assert [item.span for item in review.state.items] != order
    for _ in range(2):
        following = next(item for item in read_view(review, None).items if item.decision is None)
        review.decide(following, Judgement("reject"))
    assert order == [item.span for item in read_view(review, None).items]
    review.close()


def test_line_by_line_it_is_an_option_and_a_verb(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the same function as on the screen."""
    from obelos_tui.cli import run

    monkeypatch.chdir(desk.edition.root)
    monkeypatch.setattr("sys.stdin", io.StringIO("by rank\n"))
    assert run(["review", "letter", "--plain", "--by-rank"]) == 0
    first, second = capsys.readouterr().out.split("> ", 1)
    assert "1/5  ZZ102" in first
    assert "1/5  ZZ101" in second
    assert "accepted 1 of 3 here" in second


def test_an_edition_that_wants_nothing_learned_keeps_the_order_of_the_text(desk: Desk) -> None:
    """``learn: false``: no record is shown, no order asked for is given, and it says why."""
    (desk.edition.root / "edition.yaml").write_text("packs: []\nlearn: false\n")
    from obelos_transcripts import find_edition

    edition = find_edition(desk.edition.root)
    assert edition
    review = Desk(edition, desk.repository, desk.rules).open("letter")
    assert {} == review.state.records
    with pytest.raises(Refused, match="learn: false"):
        review.order_by_rank(True)
    review.close()
