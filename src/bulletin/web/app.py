"""The editor's pages and what they call: parse, call, show."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bulletin import __version__
from bulletin.errors import BulletinError
from bulletin.glossary.table import KINDS
from bulletin.web import edits, views
from bulletin.web.answers import ConflictError, edit_route, explain, explain_conflict
from bulletin.web.body import BadRequestError, Body
from bulletin.web.desk import Outcome
from bulletin.web.editor import Editor, unit_of
from bulletin.web.edits import StaleError
from bulletin.web.guard import PREVIEW_POLICY, Guard, Keys
from bulletin.web.replacing import pattern, replaced
from bulletin.web.session import progress

HERE = Path(__file__).resolve().parent
FOLD_AFTER = 2.0
"""Seconds without an edit after which the draft file is written."""


def make_app(editor: Editor, keys: Keys, hosts: frozenset[str], cookie: str) -> Starlette:
    """The web application for one draft; ``hosts`` are the ``Host`` values (with port) that it answers to."""
    pages = Pages(editor, keys, cookie)
    routes = [
        Route("/open/{key}", pages.open),
        Route("/", pages.page),
        Route("/changes", pages.changes),
        Route("/preview", pages.preview),
        Route("/segments/{id}/panel", pages.panel),
        Route("/segments/{id}/matches", pages.matches),
        *(
            Route(path, edit_route(function), methods=["POST"])
            for path, function in {
                "/segments/{id}": pages.save,
                "/segments/{id}/split": pages.split,
                "/segments/{id}/join": pages.join,
                "/segments/{id}/time": pages.time,
                "/segments/{id}/resolve": pages.resolve,
                "/segments/{id}/alternatives": pages.alternatives,
                "/check": pages.check,
                "/states": pages.states,
                "/replace": pages.replace,
                "/undo": pages.undo,
                "/redo": pages.redo,
                "/fold": pages.fold,
                "/publish": pages.publish,
                "/terms": pages.add_term,
            }.items()
        ),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    guard = Middleware(Guard, hosts=hosts, cookie=cookie, keys=keys)
    return Starlette(
        routes=routes,
        middleware=[guard],
        lifespan=pages.lifespan,
        exception_handlers={BulletinError: explain, ConflictError: explain_conflict},
    )


class Pages:
    """The routes of one editor."""

    def __init__(self, editor: Editor, keys: Keys, cookie: str) -> None:
        self.editor = editor
        self.desk = editor.desk
        self.keys = keys
        self.cookie = cookie
        self.warning = ""
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self.templates.globals.update(states=views.STATE_NAMES, version=__version__)
        for name in self.templates.list_templates():
            self.templates.get_template(name)

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Write the draft file when the typing pauses; at the end, for good."""
        writer = asyncio.create_task(self._keep_folding())
        try:
            yield
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
            await run_in_threadpool(self._close)

    def _close(self) -> None:
        try:
            self.desk.close()
        except BulletinError as error:
            # told once the server has ended; the journal holds every edit
            self.editor.failure = error

    async def _keep_folding(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            await run_in_threadpool(self.tick)

    def tick(self) -> None:
        """Notice what other programs wrote, and write what has rested long enough."""
        try:
            if self.desk.unfolded and time.monotonic() - self.desk.changed_at >= FOLD_AFTER:
                self.desk.fold()
            else:
                self.desk.notice()
            self.warning = ""
        except BulletinError as error:
            # the journal holds every edit; the page says why the draft file does not
            self.warning = str(error)

    async def open(self, request: Request) -> Response:
        """Take the one-time key of the link, give the cookie, and lead on."""
        if not self.keys.use_link(request.path_params["key"]):
            if self.keys.fits(request.cookies.get(self.cookie, "")):
                return self._html("open.html")
            return self._html("used.html", 403)
        response = self._html("open.html")
        response.set_cookie(self.cookie, self.keys.cookie, httponly=True, samesite="strict", path="/")
        return response

    async def page(self, _: Request) -> Response:
        """The whole editor."""
        return await run_in_threadpool(self._page)

    def _page(self) -> Response:
        session, conflicts = self.desk.session, self.desk.conflicts
        rows = [
            views.row_of(session.draft, place, session.version(unit.id), conflicts.get(unit.id))
            for place, unit in enumerate(session.draft.units)
        ]
        ids = {row.id for row in rows}
        return self._html(
            "editor.html",
            draft=session.draft,
            path=self.desk.path,
            rows=rows,
            number=session.number,
            progress=self._progress(),
            formats=self.editor.formats(),
            kinds=sorted(KINDS),
            new_terms=self.editor.new_terms,
            orphans={name: text for name, text in conflicts.items() if name not in ids},
            asks_model=self.editor.load_engine is not None,
            remembers=self.editor.remember is not None,
        )

    def save(self, segment: str, body: Body) -> dict[str, Any]:
        """A segment's English, and its state where it is confirmed."""
        text, state, version = body.text("text"), body.state("state"), body.number("version")
        try:
            outcome = self.desk.apply(
                lambda draft: edits.set_text(draft, segment, text, state),
                based_on={segment: version},
                segment=segment,
                ms=body.number("ms", 0),
                typing=state is None and not body.flag("whole"),
            )
        except StaleError as error:
            raise self._stale(error) from error
        return self._answer(outcome)

    def split(self, segment: str, body: Body) -> dict[str, Any]:
        """Cut a segment in two."""
        source_at, target_at = body.number("source_at"), body.number("target_at")
        try:
            outcome = self.desk.apply(
                lambda draft: edits.split(draft, segment, source_at, target_at),
                based_on={segment: body.number("version")},
            )
        except StaleError as error:
            raise self._stale(error) from error
        return self._answer(outcome)

    def join(self, segment: str, body: Body) -> dict[str, Any]:
        """Make one of a segment and the next."""
        try:
            outcome = self.desk.apply(
                lambda draft: edits.join(draft, segment), based_on=body.versions("versions")
            )
        except StaleError as error:
            raise self._stale(error) from error
        return self._answer(outcome)

    def states(self, _: str, body: Body) -> dict[str, Any]:
        """Give segments a state."""
        versions, state = body.versions("versions"), body.state("state")
        if state is None:
            raise BadRequestError("state is missing")
        try:
            outcome = self.desk.apply(
                lambda draft: edits.set_states(draft, list(versions), state), based_on=versions
            )
        except StaleError as error:
            raise self._stale(error) from error
        return self._answer(outcome)

    def check(self, _: str, __: Body) -> dict[str, Any]:
        """Check the whole draft by today's glossary: what its file says may be of an older one."""
        painted = self.desk.recheck_all()
        return self._answer(Outcome(self.desk.session, (), painted=painted))

    def replace(self, _: str, body: Body) -> dict[str, Any]:
        """Replace a text wherever it stands in the English."""
        find = body.text("find")
        if not find:
            raise BadRequestError("find is empty")
        looked_for = pattern(find, match_case=body.flag("match_case"), whole_words=body.flag("whole_words"))
        new = body.text("new")
        return self._answer(
            self.desk.apply(lambda draft: edits.set_texts(draft, replaced(draft, looked_for, new)))
        )

    def undo(self, _: str, __: Body) -> dict[str, Any]:
        """Take the last step back."""
        return self._answer(self.desk.undo())

    def redo(self, _: str, __: Body) -> dict[str, Any]:
        """Do again what was taken back last."""
        return self._answer(self.desk.redo())

    def fold(self, _: str, __: Body) -> dict[str, Any]:
        """Write the draft file now."""
        self.desk.fold()
        return {"warning": self.warning}

    def time(self, segment: str, body: Body) -> dict[str, Any]:
        """Time spent on a segment without an edit."""
        self.desk.spend(segment, body.number("ms"))
        return {}

    def resolve(self, segment: str, _: Body) -> dict[str, Any]:
        """Put a conflict away."""
        self.desk.resolve(segment)
        return {}

    def alternatives(self, segment: str, _: Body) -> dict[str, Any]:
        """What the model says of a segment now, and what it misses in the English as it stands."""
        unit, _place = unit_of(self.editor, segment)
        doubts = [found.message[:1].upper() + found.message[1:] for found in self.editor.doubts(segment)]
        texts = [
            {"text": text, "parts": views.offered(unit.target, text)}
            for text in self.editor.alternatives(segment)
            if text != unit.target
        ]
        html = self._render("offers.html", offers=texts, title="The model, now", key="", doubts=doubts)
        return {"html": html, "doubts": doubts}

    def publish(self, _: str, body: Body) -> dict[str, Any]:
        """Write the bulletin beside the draft."""
        formats = body.texts("formats")
        if not formats or set(formats) - set(self.editor.formats()):
            raise BadRequestError(f"formats are one or more of {', '.join(self.editor.formats())}")
        paths, findings = self.editor.publish(formats)
        numbers = {unit.id: place for place, unit in enumerate(self.desk.session.draft.units, 1)}
        remembered = self.editor.remember_approved() if body.flag("remember") else ""
        return {
            "html": self._render(
                "published.html",
                folder=self.desk.path.parent,
                paths=paths,
                findings=findings,
                unready=[numbers[name] for name in self.editor.unready() if name in numbers],
                numbers=numbers,
                remembered=remembered,
            )
        }

    def add_term(self, _: str, body: Body) -> dict[str, Any]:
        """Append a term to the file of new terms."""
        name, changed = self.editor.add_term(
            body.text("vietnamese"), body.text("english"), body.text("kind"), body.text("segment", "")
        )
        answer = self._answer(Outcome(self.desk.session, (), painted=changed))
        return answer | {"id": name, "file": str(self.editor.new_terms)}

    async def panel(self, request: Request) -> Response:
        """What is at hand for the segment that is being edited."""
        return JSONResponse(await run_in_threadpool(self._panel, request.path_params["id"]))

    def _panel(self, segment: str) -> dict[str, Any]:
        unit, _ = unit_of(self.editor, segment)
        self.desk.recheck(segment)
        unit, place = unit_of(self.editor, segment)
        row = views.row_of(self.desk.session.draft, place, self.desk.session.version(segment))
        return {
            "html": self._render(
                "panel.html",
                terms=views.term_lines(unit, self.desk.checker.terms(unit.source)),
                machine=unit.hypothesis,
                parts=views.difference(unit.hypothesis, unit.target),
                score=unit.score,
            ),
            "source": self._render("source.html", row=row),
            "findings": self._render("findings.html", row=row),
        }

    async def matches(self, request: Request) -> Response:
        """What the translation memory offers."""
        return JSONResponse(await run_in_threadpool(self._matches, request.path_params["id"]))

    def _matches(self, segment: str) -> dict[str, Any]:
        unit, _ = unit_of(self.editor, segment)
        offers = [
            {
                "text": match.filled,
                "parts": views.offered(unit.target, match.filled),
                "score": match.score,
                "source": views.difference(match.source, unit.source),
                "reasons": match.reasons,
                "from": match.unit.article,
            }
            for match in self.editor.matches(segment)
        ]
        return {
            "html": self._render(
                "offers.html", offers=offers, title="Translation memory", key="Alt+Shift+", doubts=()
            )
        }

    async def changes(self, request: Request) -> Response:
        """What changed since the change of a number: by another window, or by another program."""
        since = request.query_params.get("since", "0")
        if not since.isdigit() or len(since) > 15:
            raise BadRequestError("since must be a whole number")
        return JSONResponse(await run_in_threadpool(self._changes, int(since)))

    def _changes(self, since: int) -> dict[str, Any]:
        session = self.desk.session
        if since >= session.number:
            return self._answer(Outcome(session, ()))
        changed = tuple(unit.id for unit in session.draft.units if session.version(unit.id) > since)
        return self._answer(Outcome(session, changed, shape=True))

    async def preview(self, _: Request) -> Response:
        """The bulletin as it stands, in a page that can run and load nothing."""
        html = await run_in_threadpool(self.editor.preview)
        return HTMLResponse(html, headers={"content-security-policy": PREVIEW_POLICY})

    def _answer(self, outcome: Outcome) -> dict[str, Any]:
        # what the checks found is in the desk's session, not in the one that the edit made
        session = outcome.session
        wanted = {*outcome.changed, *outcome.painted}
        rows = []
        for place, unit in enumerate(session.draft.units):
            if unit.id not in wanted:
                continue
            row = views.row_of(
                session.draft, place, session.version(unit.id), self.desk.conflicts.get(unit.id)
            )
            values: dict[str, Any] = {
                "id": row.id,
                "version": row.version,
                "target": row.target,
                "state": row.state,
                "source": self._render("source.html", row=row),
                "findings": self._render("findings.html", row=row),
            }
            if outcome.shape:
                values["html"] = self._render("row.html", row=row)
            rows.append(values)
        answer: dict[str, Any] = {
            "number": session.number,
            "rows": rows,
            "changed": list(outcome.changed),
            "label": outcome.label,
            "progress": self._progress(),
            "warning": self.warning,
            "conflicts": self.desk.conflicts,
        }
        if outcome.shape:
            answer["order"] = [unit.id for unit in session.draft.units]
        return answer

    def _stale(self, error: StaleError) -> ConflictError:
        there = (error.segment,) if self.desk.session.unit(error.segment) else ()
        return ConflictError(error, self._answer(Outcome(self.desk.session, there, shape=True)))

    def _progress(self) -> dict[str, int]:
        return {state.value: count for state, count in progress(self.desk.session.draft).items()}

    def _render(self, name: str, **values: Any) -> str:
        return self.templates.get_template(name).render(**values)

    def _html(self, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(self._render(name, **values), status)
