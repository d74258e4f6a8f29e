"""Documents that add up: what rules know of a heading, of dates, references, notes and lists. All texts are made up."""

from datetime import date

import pytest

from obelos_rules import check, load_rules, shipped_packs
from obelos_rules.calendar_dates import find_dates
from obelos_rules.document_model import dates_of, head_of
from obelos_rules.engine import check_example
from obelos_rules.model import Example
from obelos_rules.reading import read
from obelos_rules.references import references_of
from obelos_rules.structure import items_from, runs_in

RULES = {rule.code: rule for rule in load_rules(shipped_packs())}

PROSE = (
    "The Minister told me that he would not sign; he gave no reason for it, and he would hear of none from anybody "
    "in the town. He then left the room with his secretary and did not come back to it."
)
BRITISH = f"""\
SECRET

FROM SOFIA TO FOREIGN OFFICE
No. 1234
D. 10.15 p.m. 2nd April, 1947
R. 4.35 a.m. 3rd April, 1947
IMMEDIATE

Addressed to Foreign Office telegram No. 1234 of 2nd April, repeated for information to Ankara.

{PROSE}
"""
AMERICAN = f"""\
12. Telegram From the Embassy in Peru to the Department of State[1]

Lima, May 9, 1950—3 p.m.

88. ReDeptel 540, May 8.[2] {PROSE}

[1] Source: Department of State, Central Files, 723.00/5–950.
[2] Telegram 540 to Lima, May 8, asked for a statement.
"""


def found(code: str, text: str) -> list[str]:
    """Quotes that one shipped rule flags, in order."""
    return [finding.found for finding in check(text, [RULES[code]], level="possible")]


def test_a_british_heading_is_read() -> None:
    """Number, date, sender, recipient and the times of despatch and receipt."""
    head = head_of(read(BRITISH))
    assert ("1234", date(1947, 4, 2)) == (head.number, head.day)
    assert ("SOFIA", "FOREIGN OFFICE") == (head.sender, head.recipient)
    assert head.despatched
    assert head.received
    assert (date(1947, 4, 2), 22 * 60 + 15) == (head.despatched.day, head.despatched.minute)
    assert (date(1947, 4, 3), 4 * 60 + 35) == (head.received.day, head.received.minute)


def test_an_american_heading_is_read() -> None:
    """The number of the telegram stands at the head of its first paragraph, not of the printed document."""
    head = head_of(read(AMERICAN))
    assert ("88", date(1950, 5, 9), "Lima") == (head.number, head.day, head.place)
    assert ("the Embassy in Peru", "Department of State") == (head.sender, head.recipient)


def test_a_letter_has_the_date_above_its_address() -> None:
    """Place and date stand on lines of their own."""
    text = f"British Embassy,\nAnkara,\n12th May, 1947.\n\nDear Jones,\n\nThanks for your letter of 3rd May. {PROSE}\n"
    assert date(1947, 5, 12) == head_of(read(text)).day


def test_a_text_without_a_heading_has_no_date() -> None:
    """A date in a sentence is not the document's."""
    assert None is head_of(read(f"On 3 May 1947 he came to the town and spoke. {PROSE}")).day
    assert None is head_of(read("")).day


def test_a_date_without_a_year_takes_the_year_that_lies_nearest() -> None:
    """A telegram of January speaks of December last; of a far-off month nothing is certain."""
    text = f"No. 5\n4th January, 1948\n\nFROM RIGA TO PARIS\n\nOn 20th December and on 2nd January he spoke. {PROSE}\n"
    days = [one.day for one in dates_of(read(text)) if not one.written.year]
    assert [date(1947, 12, 20), date(1948, 1, 2)] == days


def test_a_weekday_is_compared_in_the_document_s_own_year() -> None:
    """25 March 1946 was a Monday; without a heading nobody knows which year is meant."""
    text = f"No. 5\n27th March, 1946\n\nFROM RIGA TO PARIS\n\nHe spoke on Tuesday, 25th March. {PROSE}\n"
    (finding,) = check(text, [RULES["DT102"]])
    assert ("Tuesday, 25th March", ("Monday, 25th March",)) == (finding.found, finding.suggestions)
    assert [] == found("DT102", "He spoke on Tuesday, 25th March.")


def test_a_weekday_may_stand_behind_its_date_or_before_a_bracket() -> None:
    """21 May 1968 was a Tuesday, 13 April 1959 a Monday."""
    assert ["Sunday"] == found("DT102", "On May 21, 1968 (Tuesday) he came; on May 31, 1968 (Sunday evening) he left.")
    assert ["Friday (April 13, 1959"] == found("DT102", "on Monday (April 13, 1959), not on Friday (April 13, 1959)")
    assert [] == found("DT102", "He spoke on June 12, 1968, Monday’s paper said.")


def test_references_have_number_side_and_date() -> None:
    """In the words of both services."""
    text = "Your telegram No. 45 of 3rd June, 1947; Embtel 1279, October 7; telegram 61 from Lima, May 3, 1950."
    shown = [(one.whose, one.number, one.way, one.place) for one in references_of(read(text))]
    assert [("your", "45", "", ""), ("emb", "1279", "", ""), ("", "61", "from", "Lima")] == shown
    assert [3, 7, 3] == [one.date.written.day for one in references_of(read(text)) if one.date]


def test_the_dates_of_a_text_are_found_in_all_their_forms() -> None:
    """Capitals, ordinals, weekdays, short names, figures."""
    text = (
        "Wednesday, the 25th of March, 1946; MONDAY 25/03/1946; 3.10.1974; MAY 5; 25TH MARCH, 1946; Jan. 5; in May 1951"
    )
    expected = ["Wednesday, the 25th of March, 1946", "MONDAY 25/03/1946", "3.10.1974", "MAY 5", "25TH MARCH, 1946"]
    assert [*expected, "Jan. 5", "May 1951"] == [one.text for one in find_dates(text)]
    assert ["April 5"] == [one.text for one in find_dates("on April 5, 1800 hours; he may 5 times; Marching 5")]


def test_a_true_heading_gives_nothing_to_flag() -> None:
    """Neither document is flagged by any rule of the two packs at the default level."""
    rules = [rule for rule in RULES.values() if rule.pack in ("diplomatic", "apparatus")]
    assert [] == [(one.code, one.found) for text in (BRITISH, AMERICAN) for one in check(text, rules)]


@pytest.mark.parametrize(
    ("code", "right", "wrong", "flagged"),
    [
        ("DT401", "May 8.[2]", "May 19.[2]", "May 19"),
        ("DT403", "ReDeptel 540, May 8", "ReDeptel 540, May 3", "May 3"),
        ("DT412", "/5–950", "/5–1950", "5–1950"),
        ("XR403", "ReDeptel 540", "ReEmbtel 540", "ReEmbtel 540"),
    ],
)
def test_a_wrong_figure_in_an_american_telegram_is_contradicted(
    code: str, right: str, wrong: str, flagged: str
) -> None:
    """Each rule is silent on the telegram and speaks when one figure is changed."""
    assert [] == found(code, AMERICAN)
    assert [flagged] == found(code, AMERICAN.replace(right, wrong, 1))


@pytest.mark.parametrize(
    ("code", "right", "wrong", "flagged"),
    [
        ("DT406", "R. 4.35 a.m. 3rd April", "R. 4.35 a.m. 1st April", "4.35 a.m"),
        ("DT411", "No. 1234 of 2nd April", "No. 1234 of 5th April", "5th April"),
        ("XR402", "telegram No. 1234", "telegram No. 1243", "1243"),
        ("PA404", "10.15 p.m.", "10.75 p.m.", "10.75 p.m."),
    ],
)
def test_a_wrong_figure_in_a_british_telegram_is_contradicted(code: str, right: str, wrong: str, flagged: str) -> None:
    """Each rule is silent on the telegram and speaks when one figure is changed."""
    assert [] == found(code, BRITISH)
    assert [flagged] == found(code, BRITISH.replace(right, wrong, 1))


def test_the_number_of_the_heading_is_compared_with_the_document_s_name() -> None:
    """A name that ends in a number is the document's; one that ends in its year is not."""
    rule = [RULES["XR402"]]
    assert [] == check(BRITISH, rule, name="sofia-1234")
    assert ["1234"] == [one.found for one in check(BRITISH, rule, name="sofia-1243")]
    assert [] == check(BRITISH, rule, name="sofia-1947")


def test_an_enclosure_has_a_date_of_its_own() -> None:
    """What stands below the word is not compared with the date of the despatch."""
    text = f"{BRITISH}\nEnclosure\n\nYour letter of 9th April. {PROSE}\n"
    assert [] == found("DT401", text)


DESPATCH = """\
CONFIDENTIAL

BRITISH EMBASSY,
ROME.

No. 212 (14/3/38)                                   14th March, 1938.

My Lord,

With reference to my telegram No. 88 of the {cited} regarding the frontier, I have the honour to transmit herewith a
note dated {weekday}, the 11th March, which the Minister handed to me yesterday, the {yesterday}. It makes the following
{count} points:-
(i) that the frontier is closed;
(ii) that it will stay closed;
(iii) that it was never open.

2. He gave no answer.
"""


@pytest.mark.parametrize(
    ("code", "flagged", "changed"),
    [
        ("DT401", "16th March", {"cited": "16th March"}),
        ("DT102", "Monday, the 11th March", {"weekday": "Monday"}),
        ("DT405", "12th March", {"yesterday": "12th March"}),
        ("CT402", "four", {"count": "four"}),
    ],
)
def test_a_british_despatch_adds_up(code: str, flagged: str, changed: dict[str, str]) -> None:
    """Four places of it are compared with its date or its list; as it stands, all is well."""
    right = {"cited": "6th March", "weekday": "Friday", "yesterday": "13th March", "count": "three"}
    assert [] == found(code, DESPATCH.format(**right))
    assert [flagged] == found(code, DESPATCH.format(**right | changed))


def test_the_next_document_in_a_file_is_not_judged_by_the_first_heading() -> None:
    """Two telegrams in one file: the second answers a paper that is later than the first."""
    second = BRITISH.replace("1234", "1300").replace("April", "May").replace("1947", "1949")
    rules = [rule for rule in RULES.values() if rule.pack in ("diplomatic", "apparatus")]
    assert [] == [
        (one.code, one.found) for one in check(f"{BRITISH}\n{second}\nMy telegram No. 7 of 30th April.\n", rules)
    ]


def test_lists_inside_paragraphs_are_read_by_their_labels() -> None:
    """References to items, and lists inside lists, are not taken for items."""
    runs = runs_in("It rests on (1) trade, (2) loans: (a) old, (b) new; (3) see paragraph (4) below.")
    assert [[1, 2, 3], [1, 2]] == [[label.value for label in run] for run in runs]
    assert [] == found("SQ401", "In answer to (1) and (4) of your list: (i) yes; (ii) no; (iii) perhaps.")


def test_items_are_counted_in_the_line_or_below_it() -> None:
    """A list on lines of its own ends where its labels end."""
    text = "Points:\n(a) One.\n(1) inner\n(2) inner\n(b) Two.\n\nAnother list:\n(a) One.\n"
    reading = read(text)
    assert 2 == items_from(text, reading.labels, 7)
    assert 0 == items_from("Points: none", (), 7)


def test_years_need_a_heading() -> None:
    """A year with exchanged figures is known by the document's own year."""
    text = f"No. 5\n27th March, 1946\n\nFROM RIGA TO PARIS\n\nHe came on 3 May, 1964. {PROSE}\n"
    assert ["1964"] == found("DT404", text)
    assert [] == found("DT404", "He came on 3 May, 1964.")


GARBLES = (
    "[grp. undec.]",
    "[gp. undec.]",
    "(gps. undec.)",
    "(? )",
    "(?)",
    "[?]",
    "[garble]",
    "[garbled]",
    "(corrupt group)",
    "[group corrupt]",
    "(group omitted)",
    "[one group undecypherable]",
    "[2 groups undecipherable]",
    "[sic]",
    "[illegible]",
    "[…]",
)


@pytest.mark.parametrize("garble", GARBLES)
@pytest.mark.parametrize("frame", ["The Minister said that {} he would sign.", "He {} left for Ankara.", "It is {}."])
def test_marks_of_garbled_groups_are_kept(garble: str, frame: str) -> None:
    """What the cipher clerk wrote for a group that he could not read is no error, and nothing is suggested for it."""
    text = frame.format(garble)
    start = text.index(garble)
    touching = [
        (one.code, one.found)
        for one in check(text, list(RULES.values()), level="possible")
        if one.start < start + len(garble) and start < one.end and not one.code.startswith(("LX", "PA324"))
    ]
    assert [] == touching


def test_a_rule_for_notes_reads_a_text_that_is_one_note() -> None:
    """The layer of an example is that of all of it."""
    assert ["p"] == [one.found for one in check_example(Example("Smith, p. 12–14.", layer="note"), RULES["PA605"])]


HOSTILE = (
    "Jan " * 3000,
    "1/1/1" * 3000,
    "(1) " * 3000,
    "(a) (b) " * 2000,
    "telegram No. " * 2000,
    "telegram 12, May 5 " * 1500,
    "No. 5\n5 May 1946\n" * 1000,
    "No. 5\n5 May 1946\nA to B\n" + "telegram 12, May 5 (1.0/1–144)\n" * 1500,
    "No. 5\n5 May 1946\n"
    + "".join(f"tel 12, May 5[{n}] " for n in range(1, 800))
    + "\n\n"
    + "".join(f"[{n}] Tel 13 of 3 May, see footnote {n} above.\n" for n in range(1, 800)),
    "paragraph 1 (a) " * 1500,
    "/1–144 " * 2000,
    "following two points: " * 1000,
    "FROM " * 3000,
    "FROM A TO B " * 1500,
    "Enclosures:\n1. a\n" * 1000,
    "\f" * 3000,
    "No. 5\n5 May 1946\n\f" * 500,
    "a-b " * 3000,
    "٣ May ١٩٤٦ " * 500,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_makes_a_document_rule_fail(text: str) -> None:
    """Whatever is repeated, there are findings or none, and the positions lie in the text."""
    rules = [rule for rule in RULES.values() if rule.pack in ("diplomatic", "apparatus")]
    assert all(0 <= one.start <= one.end <= len(text) for one in check(text, rules, level="possible"))
