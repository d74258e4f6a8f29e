"""The audit report as Markdown: the same in words and tables, for a repository's pages or a mail."""

import re
from collections.abc import Iterator, Sequence

from obelos_history.attestation import Attestation, BaseRecord, Retraction, StateRecord
from obelos_history.persons import Persons
from obelos_transcripts import visible

from ..proof import told as proof_told
from ..rule_record import Record
from ..vetted import read_by, told
from .counts import answers, by_certainty, by_disposition, by_fault, by_person, over_time, shown
from .model import DocumentReport, EditionReport, Told
from .page_document import open_count

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!$^=])|^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


def plain(text: str) -> str:
    """Text that Markdown takes as it is, on one line; what could act on a reader's screen is shown by a sign."""
    return _MARKS.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}{m[3][:-1]}\\{m[3][-1]}", visible(text))


def markdown(report: EditionReport, persons: Persons) -> Iterator[str]:
    """Lines of the report."""
    yield f"# {plain(report.title or 'An edition')}"
    yield ""
    as_of = f"as of commit `{report.commit}` of {shown(report.when)}" if report.when else "before the first commit"
    yield f"Audit report{'' if report.whole else ' of some documents'}, {as_of}."
    yield ""
    if any(one.verdict for one in report.documents):
        yield (
            "✓ Base text + decisions = working text, byte for byte, in every commit."
            if report.holds
            else "✗ **Not proved.** The words concerned are named with the documents."
        )
        yield ""
    yield "## The policy"
    yield ""
    for line in told(report.vetting):
        yield f"{'  ' if line.startswith('  ') else ''}- {plain(line.strip())}"
    decisions = report.decisions
    step, time = over_time(decisions)
    for title, rows in (
        ("Decisions by disposition", by_disposition(decisions)),
        ("Decisions by whose error it was", by_fault(decisions)),
        ("Decisions by certainty", by_certainty(decisions)),
        ("Decisions by person", by_person(decisions, persons)),
        (f"Decisions by {step}", [row for row in time if row[1]]),
        ("Findings of the rules", answers(report) if any(one.findings for one in report.documents) else []),
    ):
        if rows:
            yield from _section(title, ("", "count"), [(name, str(count)) for name, count in rows])
    yield from _section(
        "Documents", ("document", "state", "read", "decisions", "open", "proof", "policy"), map(_row, report.documents)
    )
    yield from _section(
        "Rules",
        ("rule", "name", "level", *Record().as_data()),
        [(code, name, level, *map(str, record.as_data().values())) for code, name, level, record in report.rules],
    )
    for document in report.documents:
        yield from _document(document)


def _section(title: str, heads: Sequence[str], rows: "Sequence[Sequence[str]] | map[Sequence[str]]") -> Iterator[str]:
    yield f"\n## {title}\n"
    yield from _table(heads, rows)


def _table(heads: Sequence[str], rows: "Sequence[Sequence[str]] | map[Sequence[str]]") -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(plain, row))} |"


def _row(one: DocumentReport) -> Sequence[str]:
    how = one.vetting.standing
    proof = "" if one.verdict is None else "✓" if one.verdict.holds else "✗"
    state = f"{how.state}, queried" if how.queried else how.state
    kept = "✓" if one.vetting.holds else "✗"
    return one.name, state, read_by(one.vetting), str(len(one.standing)), str(open_count(one) or ""), proof, kept


def _document(one: DocumentReport) -> Iterator[str]:
    title = f": {plain(one.details.title)}" if one.details.title else ""
    yield f"\n## {plain(one.name)}{title}\n"
    yield from _table(
        ("version", "siglum", "characters", "git blob"),
        [(v.what, v.siglum, str(v.length), v.blob) for v in one.versions],
    )
    if one.records:
        yield ""
        yield from _table(
            ("record", "by", "when", "note"),
            [(_kind(record), record.resp, shown(record.when), record.note) for record in one.records],
        )
    for what, several in (
        ("Decisions that stand", one.standing),
        ("Decisions without a place", one.orphans),
        ("Decisions that stand no more", one.earlier),
    ):
        if several:
            yield f"\n### {what}\n"
            for each in several:
                yield from _decision(each)
    if one.verdict:
        yield "\n### Proof\n"
        for line in proof_told(one.verdict):
            yield f"- {plain(line.strip())}"


def _kind(record: Attestation) -> str:
    if isinstance(record, StateRecord):
        return record.state
    if isinstance(record, BaseRecord):
        return f"base text in the place of {record.replaces[:10]}" if record.replaces else "base text"
    if isinstance(record, Retraction):
        return f"took back {', '.join(record.retracts)}"
    return f"confirmed {record.decision}"


def _decision(told: Told) -> Iterator[str]:
    decision, place = told.decision, told.decision.place
    line = f"line {told.line}: " if told.line else ""
    middle = f"**{plain(place.exact.strip() or place.exact or '‸')}**"
    if decision.reading is not None:
        middle = (
            f"~~{plain(place.exact)}~~ **{plain(decision.reading)}**"
            if place.exact
            else f"**{plain(decision.reading)}**"
        )
    yield f"- {line}…{plain(place.prefix)}{middle}{plain(place.suffix)}… ({decision.disposition})"
    if decision.note:
        yield f"  {plain(decision.note)}"
    ground = [f"fault: {decision.fault}", f"certainty: {decision.cert}"]
    ground += [f"evidence: {decision.evidence}"] if decision.evidence else []
    ground += [f"source: {plain(decision.source)}"] if decision.source else []
    ground += [f"rule: {plain(decision.rule)}"] if decision.rule else []
    yield f"  {', '.join(ground)}"
    commit = f"commit {told.commit.id[:10]}" if told.commit else "in no commit yet"
    yield f"  {plain(decision.resp)}, {shown(decision.when)}, `{decision.id}`, {commit}"
    for other in told.confirmed:
        yield f"  confirmed by {plain(other.person)}"
    if told.superseded_by:
        yield f"  superseded by {', '.join(told.superseded_by)}"
