"""The training recipe: a small TOML file, read into frozen values; anything unknown in it is refused."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

from bulletin.errors import TrainingError
from bulletin.training.carrying import Carrying

RECIPES = Path(__file__).parent / "recipes"


@dataclass(frozen=True, slots=True)
class Domain:
    """Files (relative to ``--data``) that are drawn from together, and their share of the pairs drawn."""

    name: str
    files: tuple[str, ...]
    weight: float
    carry: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape to build anew: ``base`` is then a BERT-shaped encoder that its layers start from.

    ``vocabulary`` names a model whose tokenizer is taken instead of the encoder's, to have fewer pieces.
    """

    encoder_layers: int = 0
    decoder_layers: int = 0
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Steps and rates. Warm-up, then constant, then (``decay_steps`` before the end) down to nothing.

    ``max_steps`` 0 goes on until stopped. ``passes`` (over what a round draws) sets ``max_steps`` and a
    decay over their second half by the size of the data. ``sampling`` above 0 cuts source words by chance
    (Kudo 2018; its alpha); ``consistency`` above 0 runs each batch twice and draws the two answers together
    (R-Drop, Liang et al. 2021; its alpha).
    """

    rate: float = 3e-4
    encoder_rate: float = 1e-4
    warmup_steps: int = 200
    decay_steps: int = 0
    max_steps: int = 0
    passes: int = 0
    batch_tokens: int = 3000
    accumulate: int = 1
    label_smoothing: float = 0.1
    dropout: float = 0.1
    sampling: float = 0.0
    consistency: float = 0.0
    weight_decay: float = 0.01
    clip: float = 1.0
    freeze_encoder_layers: int = 0
    max_length: int = 160
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How often things are kept: minutes between checkpoints, steps between measurements and snapshots."""

    checkpoint_minutes: float = 5.0
    evaluate_steps: int = 500
    evaluate_pairs: int = 100
    snapshot_steps: int = 500
    keep_snapshots: int = 6


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides a training run besides its data folder and its base model.

    ``phrases`` has aligned phrases carried too. ``clauses`` is the share of what is drawn that is a part of
    a long pair, cut in two where the word alignment lets it be.
    """

    name: str
    base: str = ""
    domains: tuple[Domain, ...] = ()
    terms: tuple[str, ...] = ()
    round_pairs: int = 8192
    phrases: bool = False
    clauses: float = 0.0
    carrying: Carrying = field(default_factory=Carrying)
    shape: Shape = field(default_factory=Shape)
    schedule: Schedule = field(default_factory=Schedule)
    upkeep: Upkeep = field(default_factory=Upkeep)


def read_recipe(path: Path) -> Recipe:
    """Read a recipe. Raises TrainingError that names the file, the key and what may stand there."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = ", ".join(sorted(file.stem for file in RECIPES.glob("*.toml")))
        raise TrainingError(f"{path}: no such recipe; give a .toml file or one of: {known}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TrainingError(f"{path}: not a readable TOML recipe ({error})") from error
    recipe: Recipe = _build(Recipe, table, str(path))
    _check(recipe, str(path))
    return recipe


def find_recipe(name_or_path: str) -> Path:
    """Return the file of a recipe given by path, or by name if it ships with the package."""
    shipped = RECIPES / f"{name_or_path}.toml"
    return shipped if shipped.is_file() and "/" not in name_or_path else Path(name_or_path)


def _build(kind: type[Any], table: dict[str, Any], place: str) -> Any:
    hints = get_type_hints(kind)
    for key in table:
        if key not in hints:
            raise TrainingError(f"{place}: {key!r} is not known here; known are: {', '.join(sorted(hints))}")
    values = {key: _value(hints[key], value, f"{place}: {key}") for key, value in table.items()}
    missing = [
        item.name
        for item in dataclasses.fields(kind)
        if item.default is dataclasses.MISSING
        and item.default_factory is dataclasses.MISSING
        and item.name not in values
    ]
    if missing:
        raise TrainingError(f"{place}: {missing[0]!r} is missing; add it")
    return kind(**values)


def _value(hint: Any, value: Any, place: str) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise TrainingError(f"{place}: a table is wanted here")
        return _build(hint, value, place)
    if hint == tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise TrainingError(f"{place}: a list of texts is wanted here")
        return tuple(value)
    if hint == tuple[Domain, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise TrainingError(f"{place}: a list of tables ([[domains]]) is wanted here")
        return tuple(_build(Domain, item, f"{place}[{number}]") for number, item in enumerate(value, 1))
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise TrainingError(f"{place}: {hint.__name__} is wanted here, not {value!r}")
    return value


def _check(recipe: Recipe, place: str) -> None:
    schedule, carrying = recipe.schedule, recipe.carrying
    rules = [
        (all(domain.weight > 0 for domain in recipe.domains), "every domain's weight is above 0"),
        (all(domain.files for domain in recipe.domains), "every domain names a file"),
        (schedule.rate > 0 and schedule.encoder_rate >= 0, "learning rates are above 0"),
        (schedule.batch_tokens >= 16, "schedule.batch_tokens is at least 16"),
        (schedule.accumulate >= 1, "schedule.accumulate is at least 1"),
        (0 <= schedule.label_smoothing < 1, "schedule.label_smoothing is from 0 to below 1"),
        (0 <= schedule.dropout < 1, "schedule.dropout is from 0 to below 1"),
        (min(schedule.sampling, schedule.consistency) >= 0, "sampling and consistency are not negative"),
        (schedule.max_length >= 8, "schedule.max_length is at least 8"),
        (
            min(schedule.warmup_steps, schedule.decay_steps, schedule.max_steps, schedule.passes) >= 0,
            "steps and passes are not negative",
        ),
        (not (schedule.passes and schedule.max_steps), "a schedule has passes or max_steps, not both"),
        (
            schedule.max_steps == 0 or schedule.decay_steps <= schedule.max_steps,
            "schedule.decay_steps is at most max_steps",
        ),
        (
            all(0 <= share <= 1 for share in (carrying.share, carrying.every, carrying.substitutes)),
            "the shares of carrying are from 0 to 1",
        ),
        (
            (recipe.shape.encoder_layers > 0) == (recipe.shape.decoder_layers > 0)
            and min(recipe.shape.encoder_layers, recipe.shape.decoder_layers) >= 0,
            "a shape has both encoder_layers and decoder_layers",
        ),
        (0 <= recipe.clauses < 1, "clauses is from 0 to below 1"),
        (carrying.most >= 1, "carrying.most is at least 1"),
        (recipe.round_pairs >= 1, "round_pairs is at least 1"),
        (
            min(recipe.upkeep.evaluate_steps, recipe.upkeep.snapshot_steps, recipe.upkeep.keep_snapshots)
            >= 1,
            "upkeep's steps and snapshots are at least 1",
        ),
        (recipe.upkeep.checkpoint_minutes >= 0, "upkeep.checkpoint_minutes is not negative"),
    ]
    for holds, rule in rules:
        if not holds:
            raise TrainingError(f"{place}: the rule is that {rule}; mend the recipe")
