"""``bulletin models``: the models that are known by name."""

from __future__ import annotations

import json

import click

from bulletin.translation.catalogue import (
    BUILTIN,
    CATALOGUE,
    CatalogueModel,
    cached_model,
    fetch_model,
    known_model,
    known_names,
    model_info,
    resolve_model,
)


@click.group()
def group() -> None:
    """List, describe and fetch translation models."""


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_models(as_json: bool) -> None:
    """List the models that are known by name, and whether they are on this machine."""
    rows = [(model, _is_here(model)) for model in CATALOGUE]
    if as_json:
        click.echo(json.dumps([_values(model, here) for model, here in rows], indent=2))
        return
    width = max(len(model.name) for model, _ in rows)
    for model, here in rows:
        state = "here" if here else f"{model.size_mb:,} MB"
        click.echo(
            f"{model.name:<{width}}  {state:>9}  {model.licence.split(' (')[0]}  {model.note}".rstrip()
        )


@group.command("info")
@click.argument("name")
def info(name: str) -> None:
    """Say what is known of one model: licence, revision, family, where it lies."""
    known = known_model(name)
    if known is not None:
        for key, value in _values(known, _is_here(known)).items():
            click.echo(f"{key}: {value}")
    if known is None or _is_here(known):
        folder = resolve_model(name)
        stated = model_info(folder)
        click.echo(f"folder: {folder}")
        click.echo(f"carries terms: {'yes' if stated.carries_terms else 'no'}")
        click.echo(f"weights: {stated.revision}")


@group.command("get")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Accept the licence without being asked.")
def get(name: str, yes: bool) -> None:
    """Show a model's licence, then download it from the hub at its pinned revision."""
    known = known_model(name)
    if name == BUILTIN:
        click.echo("the built-in model ships in the package; nothing to fetch")
        return
    if known is None:
        click.echo(f"{name}: not known here; read its licence on the hub. Known: {known_names()}", err=True)
    else:
        size = f"{known.size_mb:,} MB"
        click.echo(f"{known.name}: licence {known.licence}, {size}. {known.note}".rstrip(), err=True)
    if not yes:
        click.confirm("Download it under this licence?", abort=True, err=True)
    click.echo(str(fetch_model(name)))


def _is_here(model: CatalogueModel) -> bool:
    return model.name == BUILTIN or cached_model(model.name) is not None


def _values(model: CatalogueModel, here: bool) -> dict[str, object]:
    return {
        "name": model.name,
        "licence": model.licence,
        "size_mb": model.size_mb,
        "family": model.family,
        "revision": model.revision,
        "beam": model.beam,
        "note": model.note,
        "here": here,
    }
