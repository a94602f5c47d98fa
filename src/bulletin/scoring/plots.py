"""Plots as inline SVG that read in black and white: systems differ by marker and dash, not by colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4", "1 5")
_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 52, 14, 12, 44


@dataclass(frozen=True, slots=True)
class Series:
    """One system's line in a plot: points of x and y; a y of None leaves a gap."""

    name: str
    points: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, slots=True)
class Whisker:
    """One system's figure with its interval."""

    name: str
    value: float
    low: float
    high: float


def marker(number: int, x: float, y: float, size: float = 4.5) -> str:
    """The shape of system ``number``: disc, square, triangle, diamond, ring, cross."""
    s = size
    shapes = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{s:.1f}"/>',
        f'<rect x="{x - s:.1f}" y="{y - s:.1f}" width="{2 * s:.1f}" height="{2 * s:.1f}"/>',
        f'<path d="M{x:.1f} {y - s:.1f}l{s:.1f} {2 * s:.1f}h{-2 * s:.1f}z"/>',
        f'<path d="M{x:.1f} {y - s * 1.3:.1f}l{s * 1.3:.1f} {s * 1.3:.1f} {-s * 1.3:.1f} {s * 1.3:.1f}'
        f' {-s * 1.3:.1f} {-s * 1.3:.1f}z"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{s:.1f}" class="open"/>',
        f'<path d="M{x - s:.1f} {y - s:.1f}l{2 * s:.1f} {2 * s:.1f}m0 {-2 * s:.1f}l{-2 * s:.1f} {2 * s:.1f}"'
        ' class="open"/>',
    )
    return shapes[number % len(shapes)]


def whiskers(title: str, rows: Sequence[Whisker]) -> Markup:
    """Systems below one another, each a marker on its 95 % interval."""
    from markupsafe import Markup, escape

    low, high = min(row.low for row in rows), max(row.high for row in rows)
    ticks = _ticks(low, high)
    left, step = 170, 26
    height = len(rows) * step + _BOTTOM
    scale = _scale(ticks[0], ticks[-1], left, _WIDTH - _RIGHT - 40)
    parts = []
    for number, row in enumerate(rows):
        y = 14 + number * step
        parts.append(
            f'<text x="{left - 12}" y="{y + 4}" text-anchor="end">{escape(_short(row.name))}</text>'
            f'<path class="line" d="M{scale(row.low):.1f} {y}H{scale(row.high):.1f}'
            f'M{scale(row.low):.1f} {y - 5}v10M{scale(row.high):.1f} {y - 5}v10"/>'
            f"{marker(number, scale(row.value), y)}"
            f'<text x="{_WIDTH - _RIGHT}" y="{y + 4}" text-anchor="end">{row.value:.1f}</text>'
        )
    bottom = height - _BOTTOM + 6
    parts += [_x_tick(f"{tick:g}", scale(tick), bottom) for tick in ticks]
    told = "; ".join(f"{row.name} {row.value:.1f} ({row.low:.1f} to {row.high:.1f})" for row in rows)
    return Markup(_svg(title, told, height, "".join(parts), bottom, left))


def lines(
    title: str, x_title: str, series: Sequence[Series], y_title: str = "", labels: Sequence[str] = ()
) -> Markup:
    """Lines with markers; y begins at 0. With ``labels``, x counts them from 0, else it is a number."""
    from markupsafe import Markup, escape

    xs = [x for each in series for x, _ in each.points]
    ys = [y for each in series for _, y in each.points if y is not None]
    x_ticks = [0.0, float(max(len(labels) - 1, 1))] if labels else _ticks(min(xs), max(xs))
    y_ticks = _ticks(0, max(ys, default=1) or 1)
    height = 240
    bottom = height - _BOTTOM
    # a label is wider than a number, and stands centred under the last point
    x_at = _scale(x_ticks[0], x_ticks[-1], _LEFT + 26 * bool(labels), _WIDTH - _RIGHT - 26 * bool(labels))
    y_at = _scale(y_ticks[0], y_ticks[-1], bottom, _TOP)
    if labels:
        # at most eight labels fit beside one another
        step = -(-len(labels) // 8)
        parts = [_x_tick(labels[at], x_at(at), bottom) for at in range(0, len(labels), step)]
    else:
        parts = [_x_tick(f"{tick:g}", x_at(tick), bottom) for tick in x_ticks]
    parts += [
        f'<path class="grid" d="M{_LEFT} {y_at(tick):.1f}H{_WIDTH - _RIGHT}"/>'
        f'<text x="{_LEFT - 7}" y="{y_at(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
        for tick in y_ticks
    ]
    for number, each in enumerate(series):
        pen, path = "M", ""
        marks = ""
        for x, y in each.points:
            if y is None:
                pen = "M"
                continue
            path += f"{pen}{x_at(x):.1f} {y_at(y):.1f}"
            pen = "L"
            marks += marker(number, x_at(x), y_at(y), 3.5)
        parts.append(
            f'<path class="line" stroke-dasharray="{DASHES[number % len(DASHES)]}" d="{path}"/>{marks}'
        )
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle:.0f}" y="{height - 4}" text-anchor="middle">{escape(x_title)}</text>')
    parts.append(f'<text x="{_LEFT}" y="9">{escape(y_title)}</text>' if y_title else "")
    told = "; ".join(
        f"{each.name}: " + ", ".join(f"{x:g}: {y:.1f}" for x, y in each.points if y is not None)
        for each in series
    )
    return Markup(_svg(title, told, height, "".join(parts), bottom, _LEFT))


def legend(number: int) -> Markup:
    """The sample of system ``number`` for a legend."""
    from markupsafe import Markup

    dash = DASHES[number % len(DASHES)]
    return Markup(
        f'<svg class="key" width="44" height="14" viewBox="0 0 44 14" aria-hidden="true">'
        f'<path class="line" stroke-dasharray="{dash}" d="M0 7H44"/>{marker(number, 22, 7)}</svg>'
    )


def _svg(title: str, told: str, height: int, content: str, bottom: float, left: float) -> str:
    from markupsafe import escape

    label = f"{escape(title)}. {escape(told)}"
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{label}">'
        f'{content}<path class="axis" d="M{left} {bottom:.1f}H{_WIDTH - _RIGHT}"/></svg>'
    )


def _x_tick(label: str, x: float, y: float) -> str:
    from markupsafe import escape

    return (
        f'<path class="axis" d="M{x:.1f} {y:.1f}v5"/>'
        f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{escape(label)}</text>'
    )


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    span = (high - low) or 1

    def at(value: float) -> float:
        return start + (value - low) / span * (end - start)

    return at


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers that enclose ``low`` and ``high``, four to nine of them."""
    import math

    span = (high - low) or 1
    step = 10.0 ** math.floor(math.log10(span / 4))
    step *= next(factor for factor in (1, 2, 2.5, 5, 10) if span / (step * factor) <= 7)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"…{name[-23:]}"
