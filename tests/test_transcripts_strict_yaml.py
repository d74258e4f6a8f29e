"""The strict YAML loader: scalars mean what they say, everything clever is refused with its line."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from obelos_transcripts import BadInput
from obelos_transcripts.strict_yaml import MOST_BYTES, MOST_DEPTH, MOST_NODES, Mapping, Scalar, Sequence, load


def values(text: str) -> dict[str, str]:
    """The scalars of a flat mapping."""
    node = load(text, "made-up.yaml")
    assert isinstance(node, Mapping)
    return {key: child.value for key, child in node.items.items() if isinstance(child, Scalar)}


@pytest.mark.parametrize(
    "word",
    [
        "NO",
        "no",
        "Yes",
        "on",
        "12:30",
        "010",
        "0x1F",
        "3.10",
        "1e3",
        "1_000",
        "~",
        "null",
        "2026-11-23",
        ".inf",
        "true",
    ],
)
def test_a_scalar_stays_the_string_that_was_written(word: str) -> None:
    """Norway, sexagesimals, octals, versions and dates are not turned into something else."""
    assert {"key": word} == values(f"key: {word}\n")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: &anchor 2\n", 2, "anchors (&anchor) are not allowed"),
        ("a: 1\nb: *alias\n", 2, "aliases (*alias) are not allowed"),
        ("a: 1\nb: !!int 2\n", 2, "tag tag:yaml.org,2002:int is not allowed"),
        ("a: 1\n\nb: !!python/object/apply:os.system ['true']\n", 3, "is not allowed"),
        ("a: 1\n<<: {b: 2}\n", 2, "merge keys (<<) are not allowed"),
        ("a: 1\nb: 2\na: 3\n", 3, "key “a” stands already on line 1"),
        ("a: 1\n---\nb: 2\n", 2, "one document"),
        ("%TAG ! tag:example.org,2000:\n---\na: 1\n", 1, "one document without %TAG"),
        ("? [a, b]\n: 1\n", 1, "a key must be a word"),
        ("a: 1\nb: [1, 2\n", 3, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("a: 1\nb: \x07\n", 2, "not YAML"),
        ("a:\n  " + "[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1), 2, f"nested more than {MOST_DEPTH} levels deep"),
        ("a:\n  b: " + "x" * 20_000, 2, "a text of more than"),
    ],
)
def test_each_trap_is_refused_with_its_line(text: str, line: int, what: str) -> None:
    """Anchors, aliases, tags, merge keys, duplicates, second documents, depth: none of them is read."""
    with pytest.raises(BadInput) as caught:
        load(text, "made-up.yaml")
    assert f"made-up.yaml:{line}: " in str(caught.value)
    assert what in str(caught.value)


def test_a_depth_bomb_is_refused_without_being_built() -> None:
    """A hundred thousand brackets end as quickly as thirteen."""
    with pytest.raises(BadInput, match="levels deep"):
        load("[" * 100_000, "made-up.yaml")


def test_size_and_number_of_entries_are_limited() -> None:
    """A file that is too large is refused before it is parsed, one with too many entries while it is."""
    with pytest.raises(BadInput, match="is larger than 1 MiB"):
        load(b"#" * (MOST_BYTES + 1), "made-up.yaml")
    with pytest.raises(BadInput, match=f"more than {MOST_NODES} entries"):
        load("[" + "1," * (MOST_NODES + 1) + "]", "made-up.yaml")


def test_bytes_that_are_not_utf8_are_named_with_their_line() -> None:
    """The other encodings of YAML are not taken."""
    with pytest.raises(BadInput, match=r"made-up\.yaml:2: byte 5 is not UTF-8"):
        load(b"a: 1\n\xff\xfe", "made-up.yaml")


def test_quoted_keys_that_look_like_merges_are_plain_keys() -> None:
    """Quotes make “<<” an ordinary word."""
    assert {"<<": "1"} == values('"<<": 1\n')


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment only\n", "---\n"])
def test_a_file_that_holds_nothing_is_nothing(text: str) -> None:
    """An empty file is valid and is not an empty string."""
    assert None is load(text, "made-up.yaml")


def test_nodes_carry_their_lines() -> None:
    """Every problem that a schema finds later can name its line."""
    node = load("a: 1\nb:\n  - x\n  - 'y'\n", "made-up.yaml")
    assert isinstance(node, Mapping)
    assert {"a": 1, "b": 2} == node.keys
    listed = node.items["b"]
    assert isinstance(listed, Sequence)
    assert [Scalar("x", 3, True), Scalar("y", 4, False)] == listed.items


_BROKEN = st.text(alphabet="ab:-[]{}&*!<'\"|>%#?, \n\t\x00\x85\ufeff\ud800")


@given(st.binary(max_size=200) | _BROKEN.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_value_or_bad_input(data: bytes) -> None:
    """No file, however broken, ends in another exception."""
    try:
        node = load(data, "made-up.yaml")
    except BadInput:
        return
    assert node is None or isinstance(node, Scalar | Sequence | Mapping)


_WORDS = st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=12)


@given(st.dictionaries(_WORDS.filter(lambda word: word != "<<"), _WORDS, max_size=6))
def test_what_pyyaml_writes_as_strings_is_read_back_as_written(made_up: dict[str, str]) -> None:
    """The strict loader takes every ordinary file."""
    written = yaml.safe_dump(made_up, allow_unicode=True, default_style='"')
    assert made_up == values(written)
