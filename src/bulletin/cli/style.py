"""``bulletin style``: house styles, and files held against them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.group()
def group() -> None:
    """Show house styles and check files against them."""


@group.command("list")
def list_command() -> None:
    """List the built-in styles."""
    from bulletin.publishing.style import load_style, style_names

    for name in style_names():
        click.echo(f"{name:<8} {load_style(name).title}")


@group.command("show")
@click.argument("name")
def show_command(name: str) -> None:
    """Print a style file, to start your own from."""
    from bulletin.publishing.style import find_style, load_style

    load_style(name)
    click.echo(find_style(name).read_text(encoding="utf-8-sig"), nl=False)


@group.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--style",
    "style_name",
    default="vna",
    show_default=True,
    help="House style: a name or a TOML file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 3 when a finding stands.")
def check_command(files: tuple[Path, ...], style_name: str, as_json: bool, strict: bool) -> None:
    """Report where files depart from a house style.

    FILE is .txt, .md, .html, .docx or a draft (.xlf).
    """
    from bulletin.publishing.check import check_style
    from bulletin.publishing.style import load_style

    style = load_style(style_name)
    findings = [finding for path in files for finding in check_style(path, style)]
    if as_json:
        rows = [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "file": finding.file,
                "line": finding.line,
                "segment": finding.segment,
                "message": finding.message,
                "mend": finding.mend,
            }
            for finding in findings
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            place = f":{finding.line}" if finding.line else f" [{finding.segment}]" if finding.segment else ""
            click.echo(f"{finding.file}{place}: {finding.severity.value}: {finding.message} ({finding.code})")
        if not findings:
            click.echo(f"nothing departs from {style.name}")
    if strict and any(finding.stands for finding in findings):
        sys.exit(3)
