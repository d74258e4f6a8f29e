"""What each kind of rule sees, on texts made up for these tests."""

from dataclasses import replace

import pytest

from obelos_rules import Failure, Finding, check, load_rules, prove, read_pack, shipped_packs

RULES = {rule.code: rule for rule in load_rules(shipped_packs())}


def found(code: str, text: str) -> list[str]:
    """Quotes that one shipped rule flags."""
    return [finding.found for finding in check(text, [RULES[code]], level="possible")]


def made(kind: str, keys: str, text: str) -> list[Finding]:
    """Findings of a rule of that kind with these keys."""
    rule = f"""\
rules:
  - code: XX101
    name: made-up
    kind: {kind}
    level: likely
    message: "{{found}}"
    why: made up for a test
    authority: none
    examples: {{flag: [{{text: x, at: x}}], pass: [y]}}
{keys}
"""
    return check(text, read_pack(rule, "made-up.yaml", "made-up"))


def test_a_context_does_not_reach_across_punctuation() -> None:
    """A comma between two words keeps them apart; a line end does not."""
    keys = "    words: {sail: sale}\n    left: [for]"
    assert 1 == len(made("confusable", keys, "A ship lay there.\nIt is for\nsail."))
    assert 0 == len(made("confusable", keys, "What for, sail?"))
    assert 0 == len(made("confusable", keys, "What for\n\nsail"))


def test_a_context_knows_where_a_word_is_followed_by_a_stop() -> None:
    """``<stop>`` is punctuation or an end."""
    keys = "    words: {sail: sale}\n    right: [<stop>]"
    assert [13, 22] == [one.start for one in made("confusable", keys, "sail on; for sail, or sail")]


def test_near_looks_eight_words_to_either_side() -> None:
    """What stands farther off does not count."""
    keys = "    words: {sail: sale}\n    near: [auction]"
    assert 1 == len(made("confusable", keys, "The auction was announced and the sail began."))
    assert 0 == len(
        made("confusable", keys, "The auction was announced by the mayor in the paper and a sail was seen.")
    )


def test_a_suggestion_takes_the_capitals_of_what_was_found() -> None:
    """At the beginning of a sentence, and in a heading in capitals."""
    keys = "    words: {sail: sale}"
    assert [("Sale",), ("SALE",)] == [one.suggestions for one in made("confusable", keys, "Sail it. SAIL")]


def test_words_of_a_set_stand_for_one_another() -> None:
    """Each member is flagged with the others as readings."""
    keys = "    sets: [[rite, right, write]]\n    left: [last]"
    assert [("rite", "right")] == [one.suggestions for one in made("confusable", keys, "the last write")]


def test_a_phrase_flags_what_stands_between_the_signs() -> None:
    """What must stand beside it is not part of the finding."""
    keys = '    phrases: {"set < sale > for|from": sail}'
    (one,) = made("confusable", keys, "They set sale for Malta.")
    assert ("sale", ("sail",)) == (one.found, one.suggestions)


def test_no_word_matches_across_a_layer() -> None:
    """A note between two words of the body keeps them apart, and its words are not the body's."""
    keys = "    words: {sail: sale}\n    left: [for]\n    layers: [body]"
    assert [] == made("confusable", keys, "What for[footnoteRef:1] sail? [1:  A ship for sail.]\n")


def test_a_list_ends_where_other_words_begin() -> None:
    """Numbers of days after a list are not part of it."""
    assert [] == found("EN101", "Nos. 12 and 13 of 12 May; paragraphs 2 (a), 2 (b)")
    assert ["7, 8 & 7", "8, 9 or 8"] == found("EN101", "Nos. 7, 8 & 7. Paragraphs 8, 9 or 8.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1.] One.\n2. Two.\na. First.\nb. Second.\n3. Three.\na. First.\nb. Second.\n", []),
        ("1. One.\n(i) First.\n(ii) Second.\n(iv) Fourth.\n2. Two.\n", ["iv"]),
        ("(g) One.\n(h) Two.\n(i) Three.\n(j) Four.\n", []),
        ("2. The first bears no number.\n3. Three.\n5. Five.\n", ["5"]),
        ("1. One.\n2. Two.\n. . .\n5. Five.\n", []),
        ("1. One.\n1. Inner.\n2. Inner.\n2. Two.\n3. Three.\n", []),
        ("A. Smith wrote.\nC. Jones answered.\nW. Brown was silent.\n", ["C"]),
    ],
)
def test_a_sequence_is_followed_through_its_lists(text: str, expected: list[str]) -> None:
    """Lists nest and begin anew; only what is skipped is flagged."""
    assert expected == found("SQ101", text)


def test_a_quotation_may_open_each_of_its_paragraphs() -> None:
    """Only the last of them closes it; a paragraph that does not go on with it leaves the sign alone."""
    assert [] == found("PR102", "He wrote: “One thing.\n\n“And another.” So he said.\n")
    assert ["“"] == found("PR102", "He wrote: “One thing.\n\nAnd another.\n")


def test_a_note_in_a_parenthesis_does_not_part_it() -> None:
    """Each layer is read for itself."""
    assert [] == found("PR101", "The treaty (of May[footnoteRef:1] last) stands. [1:  1946 (a Monday).]\n")


def test_a_numeric_date_is_read_month_first_where_it_must_be() -> None:
    """American and British dates are both possible; 31 February is neither."""
    assert ["31/02/1946"] == found("DT101", "12/25/1946 and 25/12/1946 and 31/02/1946")


def test_a_telegram_number_before_a_date_is_no_day() -> None:
    """“No. 35 of January 26” is a number and a date."""
    assert [] == found("DT101", "message No. 35 January 26, 1965, and 46 July 24, 1953")


def test_a_weekday_of_the_old_calendar_is_not_judged() -> None:
    """Russian papers before 1918 count otherwise."""
    assert [] == found("DT102", "Tuesday, March 25, 1913")


def test_a_citation_is_weighed_against_its_own_note_only() -> None:
    """Two notes may speak of two years."""
    text = "A[footnoteRef:1] b[footnoteRef:2]. [1:  In May 1951 he left.] [2:  Minutes, 04/05/1950.]\n"
    assert [] == found("DT103", text)


def test_the_less_frequent_form_is_flagged_in_each_layer_by_itself() -> None:
    """A note may spell otherwise than the telegram."""
    text = "Tokio and Tokio[footnoteRef:1]. [1:  Tokyo. Tokyo.]\n"
    assert [] == found("CS102", text)
    assert ["Tokyo"] == found("CS102", "Tokio and Tokio and Tokyo.")


def test_a_byte_order_mark_at_the_start_is_no_finding() -> None:
    """It belongs to the file, not to the text."""
    assert [] == check("\ufeffA plain text.\r\nIn two lines.\r\n", list(RULES.values()))


def test_a_control_character_is_shown_by_name_in_the_message() -> None:
    """The message itself holds none."""
    (one,) = check("A bell\u0007 rang.", [RULES["CH104"]])
    assert "U+0007" in one.message
    assert "\u0007" not in one.message


def test_a_control_character_without_a_unicode_name_has_one_that_people_know() -> None:
    """The standard calls them by aliases; where there is none, the code point must do."""
    (feed, second) = check("A page.\u000c The next.\u0081", [RULES["CH104"]])
    assert ("a control character stands here: U+000C FORM FEED", "a control character stands here: U+0081") == (
        feed.message,
        second.message,
    )


def test_nul_is_told_where_it_stands_and_not_where_a_layer_is_masked() -> None:
    """A text in UTF-16 without a mark can be read as UTF-8: every second character is NUL."""
    assert [1, 3] == [one.start for one in check("t\0e\0", [RULES["CH104"]])]
    in_body = replace(RULES["CH104"], layers=("body",))
    text = "A page[1] of it.\u000c\n\n[1] A\0note."
    assert ["\u000c"] == [one.found for one in check(text, [in_body])]
    assert ["\u000c", "\0"] == [one.found for one in check(text, [RULES["CH104"]])]


def test_levels_choose_what_is_reported() -> None:
    """The weakest level asked for is included, weaker ones are not."""
    text = "Tokio and Tokio and Tokyo in teh morning"
    rules = list(RULES.values())
    assert ["CS102", "WD201"] == [one.code for one in check(text, rules, level="possible")]
    assert ["WD201"] == [one.code for one in check(text, rules)]
    assert ["WD201"] == [one.code for one in check(text, rules, level="certain")]


def test_a_fingerprint_survives_changes_elsewhere_and_new_line_ends() -> None:
    """Text put in before, and lines wrapped anew, leave it; the same quote elsewhere has another."""
    first, second = check("Some words. There is a bane for us all. Later on: a bane for us all.", [RULES["CF101"]])
    (moved,) = check("New words at the front. And then there is a\nbane for us\r\nall.", [RULES["CF101"]])
    assert first.fingerprint != second.fingerprint
    assert (
        moved.fingerprint
        == check("Another start. And then there is a bane for us all.", [RULES["CF101"]])[0].fingerprint
    )
    assert 16 == len(first.fingerprint)


def test_the_same_quote_in_the_same_words_is_told_apart_by_its_order() -> None:
    """Two lines alike have two fingerprints."""
    first, second = check("x\na bane for many of us there\n" * 2, [RULES["CF101"]])
    assert first.fingerprint != second.fingerprint


def test_a_rule_that_fails_its_examples_is_told_with_the_text() -> None:
    """The proof names rule, line, example and what went wrong."""
    text = """\
rules:
  - {code: XX102, name: unproven, kind: pattern, level: likely, message: m, why: w, authority: a,
     pattern: teh, suggest: [teh-],
     examples: {flag: [{text: teh, at: teh, suggest: the}, {text: hte, at: hte}], pass: [in teh]}}
"""
    failures = prove(read_pack(text, "made-up.yaml", "made-up"))
    assert all(isinstance(failure, Failure) for failure in failures)
    assert [
        "“the” is not suggested; teh-",
        "with “teh-” it is still flagged (flagged: “teh”)",
        "“hte” is not flagged",
        "flagged though it should pass (flagged: “teh”)",
    ] == [failure.what for failure in failures]
