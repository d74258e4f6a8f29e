"""SARIF 2.1.0 and GitHub's annotations: valid by the official schema, and nothing in a text can break out of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from check_world import World, rule, world

__all__ = ["world"]

SCHEMA = Draft4Validator(
    json.loads((Path(__file__).parent / "data" / "sarif-schema-2.1.0.json").read_text("utf-8")),
    format_checker=Draft4Validator.FORMAT_CHECKER,
)
LETTER = "We have recieved teh letter.\nA peice of alot.\n"


def run_of(world: World, *options: str) -> dict[str, Any]:
    """The one run of the log that `check` prints, which must be valid."""
    world.types("check", "--format", "sarif", *options)
    log = json.loads(world.out)
    assert [] == [error.message for error in SCHEMA.iter_errors(log)]
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_the_schema_is_the_one_it_says_it_is() -> None:
    """A schema that allows everything would prove nothing."""
    Draft4Validator.check_schema(SCHEMA.schema)
    assert not SCHEMA.is_valid({"version": "2.1.0", "runs": [{"tool": {}}]})


def test_the_log_of_the_sample_is_valid(world: World) -> None:
    """All shipped default rules are described, whatever they find."""
    world.holds("letter", LETTER)
    run = run_of(world, "--pack", "core", "--pack", "diplomatic", "--level", "possible")

    assert 0 < len(run["tool"]["driver"]["rules"])
    assert "Obelos" == run["tool"]["driver"]["name"]


def test_a_finding_is_a_result_with_its_rule_place_and_fix(world: World) -> None:
    """Lines and columns count from 1, in code points; the region holds the words; the fix replaces them."""
    world.holds("letter", LETTER)
    run = run_of(world)
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    described = run["tool"]["driver"]["rules"][result["ruleIndex"]]

    assert "unicodeCodePoints" == run["columnKind"]
    assert ("ZZZ-PA102", "warning") == (result["ruleId"], result["level"])
    assert {"uri": "transcripts/letter/text.txt", "uriBaseId": "%SRCROOT%"} == place["artifactLocation"]
    assert (1, 9, 1, 17, 8, 8) == tuple(
        region[key] for key in ("startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength")
    )
    assert "recieved" == region["snippet"]["text"]
    assert "receipt" == result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"]
    assert world.found()[0]["fingerprint"] == result["partialFingerprints"]["obelosFinding/v1"]
    assert ("ZZZ-PA102", "ie-for-ei", ["ZZZ-PA002"]) == (described["id"], described["name"], described["deprecatedIds"])
    assert "“…” where “…” may be meant" == described["shortDescription"]["text"]
    assert "made up for a test" in described["help"]["text"]


def test_levels_are_those_of_sarif(world: World) -> None:
    """Certain is an error, likely a warning, possible a note."""
    world.holds("letter", LETTER)
    run = run_of(world, "--level", "possible")
    levels = {result["ruleId"]: result["level"] for result in run["results"]}

    assert {"ZZZ-PA101": "warning", "ZZZ-PA102": "warning", "ZZZ-PA103": "note", "ZZZ-PA104": "error"} == levels


@pytest.mark.parametrize(
    ("disposition", "reading", "status"),
    [("stet", None, "accepted"), ("reject", None, "accepted"), ("query", None, "underReview")],
)
def test_a_decision_is_a_suppression_of_its_finding(
    world: World, disposition: str, reading: str | None, status: str
) -> None:
    """Decided findings are in the log, with who decided, when and why; the others are said not to be suppressed."""
    world.holds("letter", LETTER)
    made = world.decides("letter", "teh", reading, rule="ZZZ-PA101", disposition=disposition, note="so the source")
    by_words = {
        result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"]: result["suppressions"]
        for result in run_of(world)["results"]
    }
    (suppression,) = by_words["teh"]

    assert ("external", status, "so the source") == tuple(
        suppression[key] for key in ("kind", "status", "justification")
    )
    assert {
        "decision": made,
        "disposition": disposition,
        "when": "2026-05-03T00:00:00+00:00",
        "resp": "N. N. <nn@example.org>",
    } == suppression["properties"]
    assert [] == by_words["recieved"]


def test_a_correction_whose_reading_is_flagged_as_well_is_accepted(world: World) -> None:
    """The editor chose the reading; the rule flags it again; that is no open finding."""
    world.holds("letter", LETTER, LETTER.replace("recieved", "recieveth"))
    world.decides("letter", "recieved", "recieveth", rule="ZZZ-PA102")
    (suppression,) = run_of(world)["results"][0]["suppressions"]

    assert ("accepted", "correct") == (suppression["status"], suppression["properties"]["disposition"])


def test_a_changed_passage_says_so_in_the_log(world: World) -> None:
    """It is not suppressed, and names the earlier decision."""
    world.holds("letter", LETTER, LETTER.replace("recieved", "recieving"))
    made = world.decides("letter", "recieved", rule="ZZZ-PA102")
    result = run_of(world)["results"][0]

    assert [] == result["suppressions"]
    assert (made, "recieved") == (result["properties"]["earlier"]["decision"], result["properties"]["earlier"]["read"])
    assert "the passage has changed since" in result["message"]["text"]


def test_a_byte_order_mark_does_not_count_in_regions(world: World) -> None:
    """SARIF 2.1.0, 3.30.2: text properties do not depend on it."""
    plain, marked = world.root / "plain.txt", world.root / "marked.txt"
    plain.write_bytes(b"teh end\n")
    marked.write_bytes(b"\xef\xbb\xbfteh end\n")
    first, second = run_of(world, "plain.txt", "marked.txt")["results"]

    assert first["locations"][0]["physicalLocation"]["region"] == second["locations"][0]["physicalLocation"]["region"]


@pytest.mark.parametrize("name", ["a letter.txt", "brief ä #1?.txt", "100%.txt", "a:b.txt", "=x,y.txt"])
def test_odd_file_names_are_escaped(world: World, name: str) -> None:
    """Every name gives a valid URI reference, and gives itself back."""
    from urllib.parse import unquote

    (world.root / name).write_text("teh end\n")
    uri = run_of(world, name)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    assert name == unquote(uri)
    assert uri.isascii()
    assert not set(" #?") & set(uri)


def test_a_text_that_cannot_be_read_is_a_notification(world: World) -> None:
    """The run was not successful; the other texts have their results."""
    (world.root / "a.txt").write_bytes("\xe9t\xe9".encode("latin-1"))
    (world.root / "b.txt").write_text("teh end\n")
    run = run_of(world, "a.txt", "b.txt")
    (invocation,) = run["invocations"]

    assert (False, 2) == (invocation["executionSuccessful"], invocation["exitCode"])
    assert "is not UTF-8" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert ["ZZZ-PA101"] == [result["ruleId"] for result in run["results"]]


def test_nothing_found_is_a_valid_log_too(world: World) -> None:
    """An empty list of results says that the rules ran."""
    world.holds("letter", "All is well.\n")

    assert [] == run_of(world)["results"]


def test_annotations_name_file_place_and_rule(world: World) -> None:
    """One workflow command for each finding, by level."""
    world.holds("letter", LETTER)
    assert 1 == world.types("check", "--format", "github", "--level", "possible")

    assert [
        "::warning file=transcripts/letter/text.txt,line=1,endLine=1,col=9,endColumn=17,"
        "title=ZZZ-PA102 ie-for-ei::“recieved” where “receipt” may be meant",
        "warning",
        "notice",
        "error",
    ] == [world.out.splitlines()[0], *(line[2:].split(" ")[0] for line in world.out.splitlines()[1:])]


def test_annotations_name_paths_from_the_top_of_the_checkout(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition in a folder of a larger repository is annotated all the same."""
    world.holds("letter", LETTER)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(world.root.parent))
    world.types("check", "--format", "github")

    world.sees("file=edition/transcripts/letter/text.txt,")


def test_no_text_breaks_out_of_an_annotation(world: World) -> None:
    """Line ends, percent signs, colons and commas are escaped; control characters are shown."""
    world.rules(rule("ZZZ-PA105", "end", r"(?s)end.{1,30}?stop", "x", "end or stop"))
    (world.root / "a,b:c.txt").write_text("the end\n::error::100%\x1b stop")
    (world.root / "d.txt").write_text("the end\r\n::x::% stop")
    world.types("check", "--format", "github", "a,b:c.txt", "d.txt")

    assert 2 == len(world.out.splitlines())
    assert all(line.startswith("::warning file=") for line in world.out.splitlines())
    world.sees("file=a%2Cb%3Ac.txt,", "100%25")
    assert "\x1b" not in world.out


def test_a_text_that_cannot_be_read_is_annotated(world: World) -> None:
    """Nobody reads the log of a job that only shows annotations."""
    (world.root / "a.txt").write_bytes(b"one\n\xff")
    world.types("check", "--format", "github", "a.txt")

    world.sees("::error file=a.txt,line=2,title=cannot be checked::byte 4 (0xff) is not UTF-8")
