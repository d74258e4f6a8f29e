"""Rows of a report as JSON: one array, or one object a line."""

import json
from collections.abc import Iterable
from typing import Any

import click


def print_json(rows: Iterable[dict[str, Any]], form: str) -> None:
    """Print rows as ``json`` or ``jsonl``; ASCII only, so that nothing of a text reaches a terminal raw."""
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=True, indent=1))
    else:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=True))
