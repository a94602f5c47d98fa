"""The editor in a real browser: edited by keyboard, killed, opened twice, published."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from bulletin.article import BlockKind
from bulletin.drafting.draft import State
from bulletin.drafting.xliff import read_draft, write_draft
from bulletin.glossary.entry import Entry
from bulletin.glossary.layers import make_glossary
from bulletin.glossary.table import read_table, refuse
from bulletin.publishing.style import load_style
from bulletin.translation.engine import Hypothesis, Reading
from bulletin.web.checks import Checker
from bulletin.web.desk import Desk
from bulletin.web.editor import Editor
from bulletin.web.journal import journal_path, read_times
from bulletin.web.serve import serve
from drafting_samples import SIGNATURE, draft, unit

pytestmark = pytest.mark.needs("chromium")

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()

SENTENCES = [
    ("Quốc hội thông qua nghị quyết.", "The National Assembly adopted a resolution."),
    ("Bộ Chính trị họp chiều 16/1.", "The Politburo met on the afternoon of January 16."),
    ("Thủ tướng tiếp khách tại Hà Nội.", "The Prime Minister received guests in Hanoi."),
]


def sample(count: int = 3):
    units = [unit("headline", "Quốc hội họp", "National Assembly meets", kind=BlockKind.HEADLINE)]
    for number in range(count):
        source, target = SENTENCES[number % 3]
        block = number // 3 + 1
        more = {"block": block, "state": State.TRANSLATED, "hypothesis": f"Well, {target}", "space": " "}
        units.append(unit(f"b{block}.s{number % 3 + 1}", source, target, **more))
    return draft(*units, signature=SIGNATURE)


@contextmanager
def running(path: Path):
    """The real command, in a process of its own; gives the process and the one-time link."""
    code = "from bulletin.cli.edit import command; command()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path), "--no-browser"],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        link = next((line.strip() for line in lines if line.startswith("http://")), "")
        assert link, "the editor did not start"
        yield process, link
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


GLOSSARY = make_glossary(
    Entry(id, vi, {"vna": en})
    for id, vi, en in [
        ("na", "Quốc hội", "the National Assembly"),
        ("resolution", "nghị quyết", "resolution"),
        ("politburo", "Bộ Chính trị", "the Politburo"),
        ("pm", "Thủ tướng", "Prime Minister"),
    ]
)


@contextmanager
def serving(path: Path, new_terms: Path | None = None, load_engine=None):
    """The same server with a small glossary, in a thread of the test: quicker to start; gives the link."""

    def load():
        own = read_table(new_terms, refuse) if new_terms and new_terms.exists() else []
        return make_glossary([*GLOSSARY.entries, *own]), load_style("vna")

    links: list[str] = []
    server: list = []
    editor = Editor(
        Desk(path, lambda given: Checker(load, given)), load_engine=load_engine, new_terms=new_terms
    )

    def ready(link, stop):
        links.append(link())
        server.append(stop)

    thread = threading.Thread(target=serve, args=(editor,), kwargs={"ready": ready})
    thread.start()
    try:
        wait_until(lambda: links)
        yield links[0]
    finally:
        for stop in server:
            stop()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 1360, "height": 850})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@contextmanager
def opened(context, link: str, expected: str = "409"):
    """A page that has taken the link; any script error or refusal but an expected one fails the test."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    page.goto(link)
    page.wait_for_selector("html[data-ready]")
    yield page
    assert [line for line in troubles if expected not in line and "ERR_" not in line] == []


def english(page, segment: str):
    return page.locator(f'[id="english-{segment}"]')


def holds(page, segment: str, text: str | re.Pattern[str]) -> None:
    """Wait until a segment's English is ``text``."""
    from playwright.sync_api import expect

    expect(english(page, segment)).to_have_value(text, timeout=15_000)


def saved(page, segment: str) -> None:
    page.wait_for_function(
        "id => document.getElementById(`row-${id}`).querySelector('.saving').textContent === 'Saved'",
        arg=segment,
    )


def wait_until(fits, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.05)


def test_a_draft_is_edited_by_keyboard_alone(context, tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(sample(), path)
    with running(path) as (process, link), opened(context, link) as page:
        # it begins in the first open segment; on to the next
        assert page.evaluate("document.activeElement.id") == "english-headline"
        page.keyboard.press("Alt+ArrowDown")
        assert page.evaluate("document.activeElement.id") == "english-b1.s1"

        # a term goes: the finding comes, and is said; the term comes back by its key: it goes
        page.keyboard.press("Control+a")
        page.keyboard.type("Yesterday, a resolution was adopted by ")
        finding = page.locator('[id="findings-b1.s1"] .warning')
        finding.filter(has_text="'National Assembly'").wait_for()
        page.locator('[id="source-b1.s1"] .term.missing', has_text="Quốc hội").wait_for()
        page.locator("#status").filter(has_text="'Quốc hội' is not rendered").wait_for()
        page.keyboard.press("Alt+1")
        page.keyboard.type(".")
        finding.wait_for(state="detached")
        assert english(page, "b1.s1").input_value() == (
            "Yesterday, a resolution was adopted by the National Assembly."
        )

        # the machine's version, as a difference and by a key; then undo
        page.locator("#hand del", has_text="Well").wait_for()
        page.keyboard.press("Alt+m")
        assert english(page, "b1.s1").input_value() == "Well, The National Assembly adopted a resolution."
        saved(page, "b1.s1")
        page.keyboard.press("Control+z")
        holds(page, "b1.s1", re.compile("^Yesterday"))

        # confirm: on to the next open one
        page.keyboard.press("Control+Enter")
        assert page.evaluate("document.activeElement.id") == "english-b1.s2"
        page.locator("#progress", has_text="1 of 4 reviewed").wait_for()
        process.send_signal(signal.SIGINT)
        process.wait(20)
    done = read_draft(path).units
    assert (done[1].target, done[1].state) == (
        "Yesterday, a resolution was adopted by the National Assembly.", State.REVIEWED,
    )  # fmt: skip
    assert {found.how for found in done[1].occurrences} == {"edited"}
    assert (done[2].target, done[2].state) == (SENTENCES[1][1], State.TRANSLATED)
    assert 0 < read_times(path)["b1.s1"] < 60_000


def test_kill_nine_loses_at_most_the_last_second(context, tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(sample(), path)
    with running(path) as (process, link), opened(context, link) as page:
        english(page, "b1.s2").click()
        page.keyboard.press("Control+a")
        typed = []
        # without a pause, so that saving must not wait for one
        for word in ("Nothing ", "that ", "was ", "typed ", "may ", "ever ", "be ", "lost. ") * 3:
            page.keyboard.type(word, delay=15)
            typed.append((time.monotonic(), word))
        process.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        process.wait()
        page.keyboard.type("x")
        page.locator("#warning", has_text="does not answer").wait_for()
    assert read_draft(path).units[2].target == SENTENCES[1][1]
    kept = "".join(word for at, word in typed if at < killed - 1)
    assert kept
    with running(path) as (_, link), opened(context, link) as page:
        assert english(page, "b1.s2").input_value().startswith(kept.strip())
        # and what was done before is still undone
        page.keyboard.press("Control+z")
        holds(page, "b1.s2", SENTENCES[1][1])


def test_two_windows_never_overwrite_each_other(context, tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(sample(), path)
    with (
        serving(path) as link,
        opened(context, link) as one,
        opened(context, link.split("/open/")[0] + "/") as two,
    ):
        english(one, "b1.s1").fill("Written in the first window.")
        # before the second one hears of it
        english(two, "b1.s1").fill("Written in the second window.")
        box = two.locator('[id="row-b1.s1"] .conflict')
        other = one.locator('[id="row-b1.s1"] .conflict')
        wait_until(lambda: box.count() + other.count() > 0)
        loser, mine, theirs = (two, "second", "first") if box.count() else (one, "first", "second")
        shown = loser.locator('[id="row-b1.s1"] .conflict')
        assert f"Written in the {mine} window." in shown.inner_text()
        assert f"Written in the {theirs} window." in shown.inner_text()
        shown.get_by_role("button", name="Keep yours").click()
        saved(loser, "b1.s1")
        winner = one if loser is two else two
        # the other window takes it over by itself
        holds(winner, "b1.s1", f"Written in the {mine} window.")
        english(two, "b1.s3").fill("Elsewhere there is no conflict.")
        saved(two, "b1.s3")
        assert one.locator('[id="row-b1.s3"] .conflict').count() == 0


def test_split_join_replace_preview_publish(context, tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(sample(), path)
    with serving(path, tmp_path / "own.csv") as link, opened(context, link) as page:
        # split where the cursor is, and join again
        area = english(page, "b1.s2")
        area.focus()
        area.evaluate("area => area.setSelectionRange(17, 17)")
        page.keyboard.press("Alt+x")
        page.locator("#split[open]").wait_for()
        page.keyboard.press("Home")
        for _ in range(len("Bộ Chính trị họp")):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        english(page, "b1.s2a").wait_for()
        assert page.evaluate("[...document.querySelectorAll('.row')].map(each => each.dataset.id)") == [
            "headline", "b1.s1", "b1.s2", "b1.s2a", "b1.s3",
        ]  # fmt: skip
        assert page.locator('[id="source-b1.s2a"]').inner_text().strip() == "chiều 16/1."
        assert english(page, "b1.s2").input_value() == "The Politburo met"
        page.keyboard.press("Alt+j")
        english(page, "b1.s2a").wait_for(state="detached")
        assert english(page, "b1.s2").input_value() == SENTENCES[1][1]

        # a part that went and came again can be edited
        page.keyboard.press("Control+z")
        english(page, "b1.s2a").wait_for()
        english(page, "b1.s2a").fill("on that afternoon.")
        saved(page, "b1.s2a")
        page.keyboard.press("Control+z")
        holds(page, "b1.s2a", "on the afternoon of January 16.")
        english(page, "b1.s2").focus()
        page.keyboard.press("Alt+j")
        english(page, "b1.s2a").wait_for(state="detached")
        holds(page, "b1.s2", SENTENCES[1][1])

        # find and replace
        page.keyboard.press("Control+f")
        page.keyboard.type("national assembly")
        page.locator("#find-count", has_text="2 in the English").wait_for()
        page.keyboard.press("Tab")
        page.keyboard.type("House")
        page.get_by_role("button", name="Replace all").click()
        holds(page, "headline", "House meets")
        page.keyboard.press("Escape")
        page.locator("#find").wait_for(state="hidden")
        page.keyboard.press("Control+z")
        holds(page, "headline", re.compile("^National"))

        # what is found has the cursor, and keeps it when the search is over; so does a smaller window
        page.keyboard.press("Control+f")
        page.keyboard.type("in Hanoi")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "english-b1.s3"
        page.set_viewport_size({"width": 680, "height": 425})
        page.wait_for_function(
            "() => document.activeElement.getBoundingClientRect().bottom <= innerHeight"
            " && document.activeElement.getBoundingClientRect().top >= 0"
        )
        page.keyboard.press("Escape")
        page.locator("#find").wait_for(state="hidden")
        assert page.evaluate("document.activeElement.id") == "english-b1.s3"
        page.set_viewport_size({"width": 1360, "height": 850})

        # a term of our own, from the selection; it holds at once
        english(page, "b1.s3").select_text()
        page.keyboard.press("Alt+g")
        form = page.locator("#term[open]")
        form.get_by_label("Vietnamese").fill("tiếp khách")
        form.get_by_label("English").fill("hosted visitors")
        page.keyboard.press("Enter")
        form.wait_for(state="detached")
        page.locator('[id="findings-b1.s3"] .warning', has_text="hosted visitors").wait_for()
        assert "tiếp khách,,hosted visitors" in (tmp_path / "own.csv").read_text()

        # the preview follows
        page.keyboard.press("Alt+p")
        frame = page.frame_locator("#preview iframe")
        frame.locator("h1", has_text="National Assembly meets").wait_for()
        english(page, "headline").fill("House meets today")
        frame.locator("h1", has_text="House meets today").wait_for()

        page.keyboard.press("Alt+b")
        dialog = page.locator("#publish[open]")
        for name in ("html", "docx"):
            dialog.get_by_label(name).uncheck()
        dialog.get_by_role("button", name="Publish").click()
        dialog.locator(".result", has_text="bulletin.md").wait_for()
        assert "not reviewed yet" in dialog.locator(".result").inner_text()
    assert "House meets today" in (tmp_path / "bulletin.md").read_text()
    assert not (tmp_path / "bulletin.docx").exists()


class TwoTongues:
    """A model that says everything in two ways."""

    name, revision, carries_terms = "two", "1", False

    class decoding:  # noqa: N801
        beam = 2

    def split(self, source):
        return [source]

    def translate(self, sources, *, n_best=1, constraints=None, progress=None):
        texts = ("The National Assembly meets.", "The National Assembly is in session.")
        return [tuple(Hypothesis(text, -1.0) for text in texts) for _ in sources]

    def aligned(self, source, hypothesis):
        return hypothesis

    def read(self, pairs, progress=None):
        return [Reading()] * len(pairs)


def test_what_the_english_leaves_out_is_told_with_the_alternatives(context, engine, tmp_path):
    path = tmp_path / "draft.xlf"
    source = (
        "Hội nghị đã nghe báo cáo về tình hình kinh tế, thảo luận kế hoạch năm tới và bầu Ban Chấp hành mới."
    )
    short = "The conference heard a report on the economic situation and elected a new Executive Committee."
    write_draft(draft(unit("b1.s1", source, short, block=1)), path)
    with serving(path, load_engine=lambda: engine) as link, opened(context, link) as page:
        english(page, "b1.s1").focus()
        page.keyboard.press("Alt+a")
        told = "The English does not seem to say 'thảo luận kế hoạch năm tới'"
        page.locator("#model .doubt", has_text=told).wait_for()
        page.locator("#status", has_text="does not seem to say").wait_for()
        whole = short.replace("situation and", "situation, discussed next year's plan and")
        english(page, "b1.s1").fill(whole)
        saved(page, "b1.s1")
        page.locator("#model .doubt").wait_for(state="detached")


def test_alternatives_are_asked_for_read_and_taken_by_keys(context, tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(sample(), path)
    with serving(path, load_engine=TwoTongues) as link, opened(context, link) as page:
        page.keyboard.press("Alt+a")
        page.locator("#model .offer", has_text="is in session").wait_for()
        assert page.locator("#model ins").all_inner_texts() == ["The ", "."]
        assert page.evaluate("document.activeElement.id") == "english-headline"
        page.keyboard.press("Alt+a")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        holds(page, "headline", "The National Assembly is in session.")
        assert page.evaluate("document.activeElement.id") == "english-headline"
        saved(page, "headline")


def test_what_the_disk_did_not_take_is_sent_again(context, tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(sample(), path)
    with serving(path) as link, opened(context, link, expected="500") as page:
        asked = []

        def refuse_twice(route):
            asked.append(route.request.url)
            if len(asked) > 2:
                return route.continue_()
            return route.fulfill(status=500, json={"error": "the disk is full; make room"})

        page.route("**/segments/b1.s1", refuse_twice)
        english(page, "b1.s1").fill("The Assembly rose.")
        page.locator("#status", has_text="the disk is full").wait_for()
        page.locator('[id="row-b1.s1"] .saving', has_text="Not saved").wait_for()
        saved(page, "b1.s1")
    assert read_draft(path).units[1].target == "The Assembly rose."


def test_the_preview_goes_where_the_work_is(context, tmp_path):
    path = tmp_path / "draft.xlf"
    units = [unit(f"b{n}.s1", f"Câu {n}.", f"Sentence {n} of the news.", block=n) for n in range(1, 60)]
    write_draft(draft(*units), path)
    with serving(path) as link, opened(context, link) as page:
        page.keyboard.press("Alt+p")
        for segment, text in (("b50.s1", "Sentence 50"), ("b5.s1", "Sentence 5 of")):
            english(page, segment).focus()
            part = page.frame_locator("#preview iframe").locator("p", has_text=text)
            part.wait_for()
            in_sight = (
                "part => { const box = part.getBoundingClientRect();"
                " return box.top >= 0 && box.bottom <= innerHeight; }"
            )
            wait_until(partial(part.evaluate, in_sight))


def test_what_another_program_writes_is_noticed(context, tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(sample(), path)
    with serving(path) as link, opened(context, link) as page:
        given = read_draft(path)
        from dataclasses import replace

        units = list(given.units)
        units[1] = replace(units[1], target="Written by another program.")
        write_draft(replace(given, units=tuple(units)), path)
        holds(page, "b1.s1", "Written by another program.")
        # both changed it: both texts are shown, and ours can be kept
        english(page, "b1.s3").fill("Ours.")
        saved(page, "b1.s3")
        units[3] = replace(units[3], target="Theirs.")
        write_draft(replace(given, units=tuple(units)), path)
        box = page.locator('[id="row-b1.s3"] .conflict')
        box.wait_for()
        assert "Ours." in box.inner_text() and "Theirs." in box.inner_text()
        box.get_by_role("button", name="Keep yours").click()
        box.wait_for(state="detached")
        wait_until(lambda: read_draft(path).units[3].target == "Ours.")
        assert box.count() == 0
        given = read_draft(path)

        path.write_text("no draft any more")
        page.locator("#warning", has_text="not well-formed").wait_for()
        english(page, "b1.s2").fill("Typed meanwhile.")
        saved(page, "b1.s2")
        write_draft(given, path)
        wait_until(lambda: read_draft(path).units[2].target == "Typed meanwhile.")
        assert read_draft(path).units[1].target == "Written by another program."


def test_five_hundred_segments_are_interactive_within_a_second(context, tmp_path):
    """Not a clock of the machine: what the page itself needs, without what the server did for it."""
    path = tmp_path / "draft.xlf"
    write_draft(sample(499), path)
    with serving(path) as link, opened(context, link) as page:
        assert page.locator(".row").count() == 500
        times = page.evaluate(
            """() => {
                const [ready] = performance.getEntriesByName("bulletin-ready");
                const [page] = performance.getEntriesByType("navigation");
                return { ready: ready.startTime, answered: page.responseEnd, size: page.decodedBodySize };
            }"""
        )
        print(times)
        assert times["size"] < 1_500_000
        limit = 1000 if not os.environ.get("CI") else 5000
        # a busy machine is slower: three times as much is a fault in the page all the same
        assert times["ready"] < 3 * limit
    assert journal_path(path).exists()
