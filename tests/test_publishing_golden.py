"""What readers see, against pictures that were looked at and kept.

After a change that is meant, write them anew with BULLETIN_GOLDEN=write and look at each one.
"""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from bulletin.publishing.formats import write_bulletin, write_issue
from publishing_samples import sample_bulletin, sample_issue

GOLDEN = Path(__file__).parent / "golden"
WIDTH = 480
TOLERANCE = 5.0
"""Mean difference of grey levels (of 255) after shrinking: fonts are hinted a little differently from
machine to machine (below 2 here), a lost style sheet or a moved block makes 8 and more."""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  {folders}
  <cachedir>{cache}</cachedir>
  <alias><family>serif</family><prefer><family>Liberation Serif</family></prefer></alias>
  <alias><family>Times New Roman</family><prefer><family>Liberation Serif</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Liberation Sans</family></prefer></alias>
  <match><edit name="family" mode="append_last"><string>Liberation Sans</string></edit></match>
</fontconfig>
"""
"""The same fonts on every machine: a page is another one in other fonts, and would need another picture."""


@pytest.fixture(scope="module", autouse=True)
def fonts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    found = sorted(Path("/usr/share/fonts/truetype").glob("liberation*"))
    folders = "".join(f"<dir>{place}</dir>" for place in found)
    (folder / "fonts.conf").write_text(
        FONTS.format(folders=folders, cache=folder / "cache"), encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(folder / "fonts.conf"))
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("golden")
    bulletin = sample_bulletin(folder / "article")
    write_bulletin(bulletin, folder, ["html", "docx", "pdf", "eml"])
    write_issue(sample_issue(folder / "articles"), folder, ["html", "docx", "pdf"])
    return folder


@pytest.fixture(scope="module")
def browser(fonts):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        launched.close()


def difference(one, other):
    """How much two pictures differ, from 0 to 255; 255 where their shapes differ."""
    if abs(one.height / one.width - other.height / other.width) > 0.03 * other.height / other.width:
        return 255.0
    small = (60, round(60 * other.height / other.width))
    shrunk = [each.convert("L").resize(small, Image.Resampling.BOX) for each in (one, other)]
    return ImageStat.Stat(ImageChops.difference(*shrunk)).mean[0]


def assert_golden(picture, name):
    small = picture.convert("RGB")
    small = small.resize((WIDTH, round(WIDTH * small.height / small.width)), Image.Resampling.LANCZOS)
    path = GOLDEN / f"{name}.png"
    if os.environ.get("BULLETIN_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        small.quantize(32).save(path, optimize=True)
        return
    with Image.open(path) as kept:
        assert difference(small, kept.convert("RGB")) < TOLERANCE, f"{name} looks different from {path}"


def page_of(pdf, number):
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return document[number].render(scale=1.2).to_pil()


def screenshot(browser, path, *, width, scheme="light"):
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 1500 if width > 500 else 1100}
    )
    page = context.new_page()
    page.goto(path.as_uri())
    # nothing sticks out sideways
    assert page.evaluate("document.documentElement.scrollWidth") == width
    taken = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    return taken


@pytest.mark.needs("chromium", "liberation")
@pytest.mark.parametrize(
    ("name", "file", "width", "scheme"),
    [
        ("desktop", "bulletin.html", 1100, "light"),
        ("phone", "bulletin.html", 390, "light"),
        ("dark", "bulletin.html", 1100, "dark"),
        ("issue", "issue.html", 1100, "light"),
    ],
)
def test_web_page(browser, files, name, file, width, scheme):
    assert_golden(screenshot(browser, files / file, width=width, scheme=scheme), name)


@pytest.mark.needs("chromium", "liberation")
def test_web_page_in_print(browser, files):
    page = browser.new_page()
    page.goto((files / "bulletin.html").as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert_golden(page_of(printed, 0), "print")


@pytest.mark.parametrize(("name", "file", "number"), [
    ("pdf", "bulletin.pdf", 0), ("pdf-issue-contents", "issue.pdf", 0), ("pdf-issue-section", "issue.pdf", 1),
])  # fmt: skip
def test_pdf(files, name, file, number):
    assert_golden(page_of(files / file, number), name)


@pytest.mark.needs("soffice", "liberation")
@pytest.mark.parametrize(("name", "file", "number"), [
    ("word", "bulletin", 0), ("word-issue-contents", "issue", 0), ("word-issue-section", "issue", 1),
])  # fmt: skip
def test_word(files, tmp_path, name, file, number):
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(files / f"{file}.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert_golden(page_of(tmp_path / f"{file}.pdf", number), name)


def test_the_comparison_sees_a_difference():
    names = ("desktop", "dark", "print", "pdf", "word")
    kept = [Image.open(GOLDEN / f"{name}.png").convert("RGB") for name in names]
    for number, one in enumerate(kept):
        for other in kept[number + 1 :]:
            assert difference(one, other) > TOLERANCE
