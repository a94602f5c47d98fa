"""What the editor costs: a draft of many segments, from the command to a page that can be typed in.

    python benchmarks/editor.py [SEGMENTS]

Drives Chromium from the system through Playwright, and prints a table. Needs the extras web and test.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bulletin.article import BlockKind
from bulletin.drafting.draft import Draft, Signature, State, Unit
from bulletin.drafting.xliff import write_draft
from bulletin.glossary.layers import load_glossary
from bulletin.publishing.style import load_style
from bulletin.web.checks import Checker

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SENTENCES = [
    ("Chiều 16/1, Ủy viên Bộ Chính trị Trần Văn Mẫu chủ trì hội nghị của Văn phòng Trung ương Đảng.",
     "On the afternoon of January 16, Politburo member Tran Van Mau chaired a conference of the Party Central"
     " Committee's Office."),
    ("Quốc hội thông qua nghị quyết về ngân sách 1.234 tỷ đồng.",
     "Parliament adopted a resolution on a budget of 1,234 billion VND."),
    ("Thủ tướng Chính phủ yêu cầu các bộ, ngành đẩy mạnh chuyển đổi số.",
     "The Prime Minister asked ministries and sectors to step up digital transformation."),
]  # fmt: skip


def make_draft(count: int) -> Draft:
    """A draft of ``count`` segments, three a paragraph, audited as the pipeline does."""
    units = tuple(
        Unit(
            f"b{number // 3 + 1}.s{number % 3 + 1}",
            number // 3,
            BlockKind.PARAGRAPH,
            *SENTENCES[number % 3],
            hypothesis=SENTENCES[number % 3][1],
            space=" ",
            state=State.TRANSLATED,
        )
        for number in range(count)
    )
    draft = Draft("benchmark", units, Signature("0", "builtin", "0", "0", "vna", "beam:4"), "0")
    checker = Checker(lambda: (load_glossary(), load_style("vna")), draft)
    checked = checker.check(draft, {unit.id for unit in units})
    return Draft(draft.name, tuple(checked[unit.id] for unit in units), draft.signature, "0")


def measure(page: Page, link: str) -> dict[str, float]:
    """Seconds: the page interactive, and a key on disk and checked, each the median of five.

    Of the latter, 0.3 is waiting for the next key.
    """
    # the first page has the whole draft checked, once; that is no part of the next ones
    with page.expect_response("**/check"):
        page.goto(link)
        page.wait_for_selector("html[data-ready]")
    ready = []
    for _ in range(5):
        page.goto(link.split("/open/")[0])
        page.wait_for_selector("html[data-ready]")
        ready.append(page.evaluate("performance.getEntriesByName('bulletin-ready')[0].startTime") / 1000)
    # the first edit waits for the glossary
    page.locator("textarea").first.press_sequentially("x")
    page.locator(".row .saving", has_text="Saved").first.wait_for()
    saved = []
    for _ in range(5):
        started = time.perf_counter()
        with page.expect_response("**/segments/**"):
            page.keyboard.press("x")
        saved.append(time.perf_counter() - started)
        time.sleep(1)
    return {
        "page interactive": statistics.median(ready),
        "key pressed to saved on disk and checked (0.3 of it is waiting for the next key)": statistics.median(
            saved
        ),
    }


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("no Chromium on this machine: install it to measure the editor")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.xlf"
        write_draft(make_draft(count), path)
        started = time.perf_counter()
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from bulletin.cli.edit import command; command()",
                str(path),
                "--no-browser",
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        try:
            link = next(line.strip() for line in process.stdout if line.startswith("http"))
            times = {"command to link": time.perf_counter() - started}
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=browser, args=FLAGS)
                times |= measure(chromium.new_page(viewport={"width": 1360, "height": 850}), link)
                chromium.close()
        finally:
            process.terminate()
            process.wait()
    print(f"{count} segments, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("\n| step | seconds |\n| --- | --- |")
    for name, seconds in times.items():
        print(f"| {name} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
