"""The audit report as data, for JSON."""

from typing import Any

from obelos_history.attestation import Attestation, BaseRecord, Retraction, StateRecord

from ..proof import as_data as proof_as_data
from ..vetted import as_data as vetting_as_data
from .model import DocumentReport, EditionReport, Told


def as_data(report: EditionReport) -> dict[str, Any]:
    """The report."""
    return {
        "version": 1,
        "title": report.title,
        "commit": report.commit,
        "when": report.when.isoformat() if report.when else None,
        "whole": report.whole,
        "holds": report.holds,
        "policy": vetting_as_data(report.vetting),
        "rules": [{"code": c, "name": n, "level": level} | r.as_data() for c, n, level, r in report.rules],
        "documents": [_document(one) for one in report.documents],
    }


def _document(one: DocumentReport) -> dict[str, Any]:
    found = one.findings
    return {
        "document": one.name,
        "title": one.details.title,
        "versions": [
            {"what": v.what, "siglum": v.siglum, "blob": v.blob, "characters": v.length} for v in one.versions
        ],
        "standing": [_told(told) for told in one.standing],
        "orphans": [_told(told) for told in one.orphans],
        "earlier": [_told(told) for told in one.earlier],
        "records": [_record(one, record) for record in one.records],
        "findings": {"answered": found.answered, "certain": found.certain, "likely": found.likely} if found else None,
        "proof": proof_as_data(one.verdict) if one.verdict else None,
    }


def _told(told: Told) -> dict[str, Any]:
    decision, place = told.decision, told.decision.place
    return {
        "decision": decision.id,
        "disposition": decision.disposition,
        "fault": decision.fault,
        "line": told.line,
        "layer": place.layer,
        "start": place.start,
        "end": place.end,
        "prefix": place.prefix,
        "exact": place.exact,
        "suffix": place.suffix,
        "reading": decision.reading,
        "note": decision.note,
        "cert": decision.cert,
        "evidence": decision.evidence,
        "source": decision.source,
        "rule": decision.rule,
        "resp": decision.resp,
        "when": decision.when.isoformat(),
        "supersedes": list(decision.supersedes),
        "superseded_by": list(told.superseded_by),
        "confirmed": [{"person": one.person, "record": one.record} for one in told.confirmed],
        "commit": told.commit.id if told.commit else None,
    }


def _record(document: DocumentReport, record: Attestation) -> dict[str, Any]:
    commit = document.commits.get(record.id)
    common: dict[str, Any] = {
        "record": record.id,
        "resp": record.resp,
        "when": record.when.isoformat(),
        "note": record.note,
    }
    common["commit"] = commit.id if commit else None
    if isinstance(record, StateRecord):
        return common | {"kind": "state", "state": record.state, "text": record.text, "covers": list(record.covers)}
    if isinstance(record, BaseRecord):
        return common | {"kind": "base", "base": record.base, "replaces": record.replaces}
    if isinstance(record, Retraction):
        return common | {"kind": "retraction", "retracts": list(record.retracts)}
    return common | {"kind": "approval", "decision": record.decision}
