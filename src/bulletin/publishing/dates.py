"""The date of a bulletin where a format cannot do without one."""

from __future__ import annotations

import datetime

from bulletin.errors import PublishingError


def timestamp(date: datetime.date | None, title: str, format_name: str) -> str:
    """A date as midnight in Vietnam, in ISO 8601. Raises PublishingError where there is none."""
    if date is None:
        raise PublishingError(
            f"{title!r} has no date, and {format_name} cannot do without one: give it with --date YYYY-MM-DD"
        )
    return f"{date.isoformat()}T00:00:00+07:00"
