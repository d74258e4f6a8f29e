#!/usr/bin/env python3
"""How many real words in the wrong place, and words left out, are found at how many false alarms; beside other tools.

Usage: python bench/context.py DATA [--half odd|even|both] [--svg FILE] [--model FILE] [--only TOOLS]
       python bench/context.py DATA --speed | --alarms

DATA is the folder of the evaluation set (`corrections.jsonl`, `clean/`). Each correction is a text of its own, with
its one error; it is found when a finding touches the wrong reading (of a word left out: the gap or a word beside it),
mended when the first suggestion gives the editors' reading. Findings on `clean/` are false alarms. Only the corrections
of *Foreign Relations of the United States* count here, wrong real words and words left out. What was tuned was tuned
on the even half; report the odd one.

Beside the model: a plain trigram model with the same counts and the same rival readings, symspellpy's own bigrams
(MIT), codespell, and aspell or hunspell where they are on the PATH; the last three give no figures: they are a point.

--speed tells instead how fast the kinds are, in processor time of all threads, beside a search for all words in the
same text: a megabyte of `train.txt.gz` that neither counts nor networks have seen, as one text and cut into documents
of 3 KB, and the clean documents; one by one, as in the review, and together, as a check of a folder does it. Set
OPENBLAS_NUM_THREADS=1 for it, as a check does for itself: waiting threads count as busy.

--alarms tells instead how many findings come in 1,000 words of the clean documents at what the rules state: of the
even-numbered ones, by which the limits were corrected, and of the odd-numbered ones, which they have not seen.
"""

import argparse
import gzip
import json
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from obelos_rules.odds import model as models
from obelos_rules.odds.build import reading
from obelos_rules.odds.cutting import forms_of
from obelos_rules.odds.network import FUNCTION
from obelos_rules.odds.places import doubts, judge
from obelos_rules.odds.ranking import told
from obelos_rules.reading import Reading, read

KINDS = {"real-word": "wrong words", "missing-word": "left-out words"}
RATES = (0.5, 1, 2, 3, 5, 7, 10)
LAYERS = ("heading", "body", "note")
SHORT, CHUNK = 3000, 40
"""Characters of a short document, and how many such are judged together."""
STATED = (0.3, 0.5, 1, 2, 3, 4, 5, 7, 8, 10, 15, 20, 30)


class Found(NamedTuple):
    """A finding: half-open span in code points, a figure that ranks it, what it suggests first."""

    start: int
    end: int
    figure: float
    suggestion: str | None


Tool = Callable[[list[str]], list[list[Found]]]


def by_model(texts: list[str]) -> list[list[Found]]:
    """The kinds context, omission and surplus."""
    look = doubts(LAYERS)
    return [[Found(one.start, one.end, one.figure, one.suggestion) for one in look(read(text))] for text in texts]


def _rivals(forms: Any, model: Any, score: Callable[..., Any], text: str) -> Iterator[Found]:
    """Every rival reading of every place, ranked by a score of rows of words."""
    ids = forms.ids.astype(np.int64)
    words = np.array([one[0].isalpha() for one in model.vocabulary.forms])
    at = np.flatnonzero(words[ids] & (ids > 4))
    if not len(at):
        return
    row, rival, _ = model.confusions.alike(ids[at])
    function = np.array([model.vocabulary.numbers[word] for word in FUNCTION])
    own = np.flatnonzero(np.isin(ids[at], function))
    row = np.concatenate([row, np.repeat(own, len(function))])
    rival = np.concatenate([rival, np.tile(function, len(own))])
    around = ids[at[row][:, None] + np.arange(-2, 3)]
    other = around.copy()
    other[:, 2] = rival
    gain = score(other) - score(around)
    best = _best(row, gain, len(at))
    found = [(int(at[place]), float(gain[one]), int(rival[one]), False) for place, one in best]
    gaps = np.flatnonzero((ids > 4) & (np.roll(ids, 1) != 4))
    few = function[:40]
    place, put = np.repeat(gaps, len(few)), np.tile(few, len(gaps))
    four = ids[place[:, None] + np.arange(-2, 2)]
    with_it = np.concatenate([four[:, :2], put[:, None], four[:, 2:]], 1)
    gain = score(with_it) - score(four)
    found += [
        (int(gaps[number]), float(gain[one]), int(put[one]), True)
        for number, one in _best(np.repeat(np.arange(len(gaps)), len(few)), gain, len(gaps))
    ]
    numbers, figures = np.array([one[0] for one in found]), np.array([one[1] for one in found])
    for chosen in told(numbers, figures).tolist():
        number, figure, rival_form, missing = found[chosen]
        word = model.vocabulary.forms[rival_form]
        if missing:
            start, end = forms.starts[number - 1], forms.ends[number]
            gap = text[forms.ends[number - 1] : forms.starts[number]]
            written = f"{text[start : forms.ends[number - 1]]} {word}{gap}{text[forms.starts[number] : end]}"
            yield Found(start, end, figure, written)
        else:
            yield Found(forms.starts[number], forms.ends[number], figure, word)


def _best(row: Any, gain: Any, rows: int) -> Iterable[tuple[int, int]]:
    order = np.lexsort((-gain, row))
    _, first = np.unique(row[order], return_index=True)
    return [(int(row[order[at]]), int(order[at])) for at in first]


def by_trigrams(texts: list[str]) -> list[list[Found]]:
    """Stupid backoff (Brants and others, 2007) over the counts that are shipped."""
    model = models.shipped()
    known, totals = model.known, np.maximum(model.totals.astype(float), 0.5)
    all_words = totals.sum()

    def score(rows: Any) -> Any:
        total = np.zeros(len(rows))
        for last in range(2, rows.shape[1]):
            a, b, c = (known[rows[:, last - back]] for back in (2, 1, 0))
            three, two, before = model.counts.triple(a, b, c), model.counts.pair(b, c), model.counts.pair(a, b)
            single = 0.16 * totals[rows[:, last]] / all_words
            paired = np.where(two > 0, 0.4 * two / totals[rows[:, last - 1]], single)
            total += np.log(np.where((three > 0) & (before > 0), three / np.maximum(before, 1), paired))
        return total

    return _each(texts, model, score)


def by_symspell(texts: list[str]) -> list[list[Found]]:
    """Stupid backoff over the pairs that come with symspellpy (Google Books, MIT)."""
    model = models.shipped()
    folder = Path(next(iter(find_spec("symspellpy").submodule_search_locations)))  # type: ignore[union-attr, arg-type]
    single = {
        line.split()[0]: float(line.split()[1])
        for line in (folder / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines()
    }
    pairs = {
        (one.split()[0], one.split()[1]): float(one.split()[2])
        for one in (folder / "frequency_bigramdictionary_en_243_342.txt").read_text(encoding="utf-8-sig").splitlines()
    }
    forms = model.vocabulary.forms
    lone = np.array([single.get(form, 1e4) for form in forms])
    all_words = sum(single.values())
    memo: dict[int, float] = {}
    numbers = model.vocabulary.numbers
    for (a, b), count in pairs.items():
        if a in numbers and b in numbers:
            memo[numbers[a] * 65536 + numbers[b]] = count
    keys = np.array(sorted(memo))
    counts = np.array([memo[key] for key in keys.tolist()])

    def score(rows: Any) -> Any:
        total = np.zeros(len(rows))
        for last in range(2, rows.shape[1]):
            asked = rows[:, last - 1] * 65536 + rows[:, last]
            at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
            count = np.where(keys[at] == asked, counts[at], 0)
            backed = 0.4 * lone[rows[:, last]] / all_words
            total += np.log(np.where(count > 0, np.minimum(count / lone[rows[:, last - 1]], 1), backed))
        return total

    return _each(texts, model, score)


def _each(texts: list[str], model: Any, score: Callable[..., Any]) -> list[list[Found]]:
    return [list(_rivals(forms_of([(one, 0, len(one))], model.vocabulary), model, score, one)) for one in texts]


def by_codespell(texts: list[str]) -> list[list[Found]]:
    """codespell, run over files."""
    if not shutil.which("codespell"):
        raise FileNotFoundError("codespell is not installed")
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number}.txt").write_text(text.replace("\n", " "), encoding="utf-8")
        done = subprocess.run(["codespell", folder], capture_output=True, text=True)
    found: list[list[Found]] = [[] for _ in texts]
    for line in done.stdout.splitlines():
        if hit := re.search(r"(\d+)\.txt:\d+: (\S+) ==> (.+)", line):
            text = texts[int(hit[1])]
            for place in re.finditer(rf"\b{re.escape(hit[2])}\b", text):
                found[int(hit[1])].append(Found(*place.span(), 1.0, hit[3].split(",")[0]))
    return found


def by_speller(name: str) -> Tool:
    """A speller that lists the words it does not know."""

    def tool(texts: list[str]) -> list[list[Found]]:
        if not shutil.which(name):
            raise FileNotFoundError(f"{name} is not installed")
        option = ["-l"] if name == "hunspell" else ["list", "--lang=en_US"]
        given = "\n".join(text.replace("\n", " ") for text in texts)
        unknown = set(subprocess.run([name, *option], input=given, capture_output=True, text=True).stdout.split())
        return [
            [Found(*one.span(), 1.0, None) for one in re.finditer(r"[^\W\d_]+", text) if one[0] in unknown]
            for text in texts
        ]

    return tool


TOOLS: dict[str, Tool] = {
    "obelos (the model)": by_model,
    "plain trigrams": by_trigrams,
    "symspellpy's bigrams": by_symspell,
    "codespell": by_codespell,
    "aspell": by_speller("aspell"),
    "hunspell": by_speller("hunspell"),
}


class Measured(NamedTuple):
    """Figures of false alarms, and of each correction the best figure that found it, and that mended it."""

    alarms: list[float]
    found: dict[str, list[float]]
    mended: dict[str, list[float]]


def measured(tool: Tool, rows: list[dict[str, Any]], clean: list[str]) -> Measured:
    """What a tool says of the corrections and of the clean documents."""
    alarms = [one.figure for text in tool(clean) for one in text]
    texts = [row["context_before"] + row["sic"] + row["context_after"] for row in rows]
    found: dict[str, list[float]] = defaultdict(list)
    mended: dict[str, list[float]] = defaultdict(list)
    for row, text, findings in zip(rows, texts, tool(texts), strict=True):
        before, sic, corr, after = row["context_before"], row["sic"], row["corr"], row["context_after"]
        low, high = len(before), len(before) + len(sic)
        if not sic.strip():
            left, right = re.search(r"\S+\s*$", before), re.match(r"\s*\S+", after)
            low, high = (left.start() if left else low), high + (right.end() if right else 0)
        hits = [one for one in findings if one.start < high and one.end > low]
        want = " ".join((before + corr + after).split())
        good = [
            one
            for one in hits
            if one.suggestion is not None
            and " ".join((text[: one.start] + one.suggestion + text[one.end :]).split()) == want
        ]
        found[row["kind"]].append(max((one.figure for one in hits), default=-math.inf))
        mended[row["kind"]].append(max((one.figure for one in good), default=-math.inf))
    return Measured(alarms, found, mended)


def at_rate(result: Measured, words: int, rate: float) -> tuple[dict[str, float], dict[str, float], float]:
    """Shares found and mended of each kind, and the true rate, where at most so many alarms come in 1,000 words."""
    allowed = int(rate * words / 1000)
    ordered = sorted(result.alarms, reverse=True)
    least = ordered[allowed] if allowed < len(ordered) else -math.inf
    share = lambda all_of: {kind: sum(f > least for f in figures) / len(figures) for kind, figures in all_of.items()}  # noqa: E731
    return share(result.found), share(result.mended), 1000 * sum(f > least for f in ordered) / words


def _unseen(data: Path, size: int) -> str:
    """Text of the series that was held out when the model was made."""
    lines, total = [], 0
    with gzip.open(data / "train.txt.gz", "rt", encoding="utf-8") as text:
        for number, line in enumerate(text):
            if reading.is_held(number):
                lines.append(line.strip())
                total += len(line) + 1
                if total > size:
                    break
    return "\n\n".join(lines)


def _cut(text: str, size: int) -> list[str]:
    """A text in documents of about that size, of whole paragraphs."""
    found = [""]
    for paragraph in text.split("\n\n"):
        if len(found[-1]) >= size:
            found.append("")
        found[-1] += f"{paragraph}\n\n"
    return found


def speed(data: Path, clean: list[str]) -> None:
    """Print how fast texts are judged, and the words of the same texts found; the median of five runs of each."""
    look = doubts(LAYERS)
    unseen = _unseen(data, 1_000_000)
    for name, texts in (
        ("a megabyte", [unseen]),
        ("the same in documents", _cut(unseen, SHORT)),
        ("clean documents", clean),
    ):
        size = sum(map(len, texts)) / 1e6
        look(read(texts[0][:5000]))
        calls: dict[str, Callable[[list[Reading]], object]] = {
            "words found": lambda some: [re.findall(r"\w+", one.text) for one in some],
            "judged one by one": lambda some: [look(one) for one in some],
            "judged together": lambda some: [judge(some[at : at + CHUNK], LAYERS) for at in range(0, len(some), CHUNK)],
        }
        times: dict[str, list[float]] = defaultdict(list)
        for _ in range(5):
            readings = [read(text) for text in texts]
            for what, call in calls.items():
                if len(texts) > 1 or what != "judged together":
                    begun = time.process_time()
                    call(readings)
                    times[what].append(time.process_time() - begun)
        print(f"{name}, {len(texts)}, {size:.2f} million characters")
        words = statistics.median(times["words found"])
        for what, measured_times in times.items():
            took = statistics.median(measured_times)
            each = f"{1000 * took / len(texts):.1f} ms each"
            print(f"  {what}: {size / took:.2f} MB/s, {each}, {took / words:.1f} times as long as words are found")


def alarms(clean: list[str]) -> None:
    """Print what the rules state, and what comes of it on the clean documents: both halves, and all."""
    figures = [[one.figure for one in text] for text in by_model(clean)]
    words = [len(text.split()) for text in clean]
    print(f"{'stated':>7} {'even':>7} {'odd':>7} {'both':>7}  in 1,000 words of the clean documents")
    for rate in STATED:
        least = models.shipped().limit(rate)
        many = [sum(figure >= least for figure in text) for text in figures]
        halves = (slice(None, None, 2), slice(1, None, 2), slice(None))
        print(f"{rate:7} " + " ".join(f"{1000 * sum(many[half]) / sum(words[half]):7.2f}" for half in halves))


def main() -> None:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=["odd", "even", "both"], default="odd")
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--model", type=Path, help="a model that is not the shipped one")
    parser.add_argument("--only", help="names of tools, separated by commas")
    parser.add_argument("--speed", action="store_true", help="measure how fast the model is")
    parser.add_argument("--alarms", action="store_true", help="measure how far what the rules state holds")
    asked = parser.parse_args()
    if asked.model:
        other = models.read(asked.model)
        models.shipped = lambda: other  # type: ignore[assignment]
    rows = [json.loads(line) for line in (asked.data / "corrections.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["source"] == "FRUS" and row["kind"] in KINDS]
    if asked.half != "both":
        rows = [row for row in rows if int(row["id"][2:]) % 2 == (asked.half == "odd")]
    clean = [path.read_text(encoding="utf-8") for path in sorted((asked.data / "clean").glob("*.txt"))]
    if asked.speed:
        speed(asked.data, clean)
        return
    if asked.alarms:
        alarms(clean)
        return
    words = sum(len(text.split()) for text in clean)
    counts = Counter(row["kind"] for row in rows)
    print(
        f"half: {asked.half}, {len(rows)} corrections: "
        + ", ".join(f"{n} {KINDS[k]}" for k, n in sorted(counts.items()))
    )
    curves: dict[str, list[tuple[float, float]]] = {}
    for name, tool in TOOLS.items():
        if asked.only and name not in asked.only.split(","):
            continue
        try:
            result = measured(tool, rows, clean)
        except FileNotFoundError as missing:
            print(f"\n{name}: {missing}")
            continue
        print(f"\n{name} (found, mended)")
        print(f"{'alarms/1,000':>12} {'wrong words':>18} {'left-out words':>18} {'together':>18}")
        point = len({round(figure, 6) for figure in result.alarms}) < 2
        curve = []
        for rate in (1000.0,) if point else RATES:
            found, mended, true = at_rate(result, words, rate)
            both = [sum(share[kind] * counts[kind] for kind in KINDS) / len(rows) for share in (found, mended)]
            cells = [f"{found[kind]:8.1%} {mended[kind]:8.1%}" for kind in KINDS] + [f"{both[0]:8.1%} {both[1]:8.1%}"]
            print(f"{true:12.2f} " + " ".join(f"{cell:>18}" for cell in cells))
            curve.append((true, both[0]))
        curves[name] = curve
    if asked.svg:
        sys.path.insert(0, str(Path(__file__).parent))
        from curve import drawn

        asked.svg.write_text(drawn(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
