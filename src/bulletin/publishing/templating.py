"""Jinja2 templates: the built-in ones, and an office's own in their place. Text is only data to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.errors import PublishingError

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parent / "templates"


def environment(folder: Path | None = None) -> Environment:
    """An environment that takes templates from ``folder`` first, then the built-in ones.

    Sandboxed and strict: a template can read the values it is given, and no value is a template.
    Everything is escaped as HTML.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    folders = [folder, TEMPLATES] if folder is not None else [TEMPLATES]
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def render_template(templates: Environment, name: str, **context: Any) -> str:
    """Render one template. Raises PublishingError where it is malformed or uses what is not there."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return templates.get_template(name).render(**context)
    except TemplateSyntaxError as error:
        where = error.filename or error.name or name
        raise PublishingError(f"{where}, line {error.lineno}: {error.message}; mend the template") from error
    except TemplateError as error:
        raise PublishingError(
            f"template {name}: {error or type(error).__name__}; mend the template"
        ) from error
