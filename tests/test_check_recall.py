"""Properties of the memory: whatever is corrected elsewhere, a decision answers its finding and no other."""

from hypothesis import given, settings
from hypothesis import strategies as st

from check_world import RULES
from made_up import BASE_ID, decision
from obelos_history import replay
from obelos_rules import Checker, read_pack
from obelos_transcripts import Span
from obelos_transcripts.along import Along
from obelos_tui.answered import recall

# In all layers: a correction may make a heading of a line, and what holds in the body only is flagged there no more.
_PACK = "rules:\n" + "".join(RULES).replace("kind:", "layers: [heading, body, note, insertion]\n    kind:")
_RULES = read_pack(_PACK, "made-up.yaml", "made-up")
_CHECKER = Checker(_RULES, "possible")
_WORDS = st.lists(
    st.sampled_from(["teh", "recieved", "alot", "peice", "letter", "of", "war,", "[x]", "\n\n"]), max_size=40
)


@settings(max_examples=300)
@given(_WORDS, st.data())
def test_a_decision_answers_its_finding_whatever_is_corrected_elsewhere(words: list[str], data: st.DataObject) -> None:
    """Rejected findings stay answered, each by its own decision; nothing of them is stale; the others are open."""
    text = " ".join(words)
    findings = _CHECKER.findings(text)
    fates = [data.draw(st.sampled_from(["reject", "correct", "open"])) for _ in findings]
    decisions = [
        decision(
            text,
            (finding.start, finding.end),
            data.draw(st.sampled_from(["", "fixed", "a longer reading"])) if fate == "correct" else None,
            number,
            rule=finding.code,
            fingerprint=finding.fingerprint,
        )
        for number, (finding, fate) in enumerate(zip(findings, fates, strict=True))
        if fate != "open"
    ]
    current = replay(text, BASE_ID, decisions)
    left = _CHECKER.findings(current.text)
    memory = recall(left, current, decisions, _RULES)
    rejected = [made for made in decisions if not made.changes_text]
    answered = {d.id: f for f, d in zip(left, memory.answers, strict=True) if d and not d.changes_text}

    assert {made.id for made in rejected} == set(answered)
    assert all(
        current.to_working(made.place.span) == (answered[made.id].start, answered[made.id].end) for made in rejected
    )
    assert fates.count("open") == memory.answers.count(None)
    assert () == memory.stale


@given(_WORDS, st.text(max_size=80), st.data())
def test_any_text_can_stand_instead(words: list[str], instead: str, data: st.DataObject) -> None:
    """Whatever somebody made of the working text by hand: nothing raises, and places lie in the text."""
    text = " ".join(words)
    cut = data.draw(st.integers(0, len(text)))
    by_hand = data.draw(st.sampled_from([instead, text[:cut] + instead + text[cut:], text[:cut], text[cut:]]))
    decisions = [
        decision(text, (f.start, f.end), data.draw(st.sampled_from([None, "fixed"])), n, rule=f.code)
        for n, f in enumerate(_CHECKER.findings(text))
    ]
    memory = recall(_CHECKER.findings(by_hand), replay(text, BASE_ID, decisions), decisions, _RULES, text=by_hand)

    assert all(0 <= told.span.start <= told.span.end <= len(by_hand) for told in memory.stale)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9))), st.integers(0, 30), st.integers(0, 9))
def test_what_lies_over_a_place_is_found(spans: list[tuple[int, int]], start: int, length: int) -> None:
    """The same as asking each."""
    things = [Span(first, first + more) for first, more in spans]
    place = Span(start, start + length)

    assert sorted(thing for thing in things if thing.overlaps(place)) == Along(things, lambda t: t).over(place)
