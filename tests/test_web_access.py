"""The editor for everyone: the rules of WCAG 2.2 AA that a program can check, light, dark and enlarged.

Where axe-core lies in ``.ci/node_modules`` (``npm install --prefix .ci axe-core``) its rules are run too.
"""

from pathlib import Path

import pytest

from bulletin.drafting.xliff import write_draft
from test_web_editor import browser, english, opened, sample, serving  # noqa: F401

pytestmark = pytest.mark.needs("chromium")

AXE = Path(__file__).parent.parent / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
ROLES = ("button", "textbox", "combobox", "checkbox", "link", "dialog", "group", "region", "iframe")
SIZES = {"wide": (1360, 850), "200 %": (680, 425), "320 px": (320, 640)}

# text against what is painted behind it; colours come as rgb(a) or color(srgb ...)
CONTRAST = """() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const read = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const behind = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const colour = read(getComputedStyle(each).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return [255, 255, 255, 255];
    };
    const light = (colour) => {
        const [r, g, b] = colour.slice(0, 3).map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const poor = [];
    let seen = 0;
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!(own || element.matches("textarea, select, input")) || !element.checkVisibility()) continue;
        if (element.matches("option, :disabled") || element.closest("iframe, .for-readers, .skip")) continue;
        seen += 1;
        const colours = [read(getComputedStyle(element).color), behind(element)];
        const [a, b] = colours.map(light).sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) poor.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
    }
    return { seen, poor };
}"""

# what is pressed is 24 pixels each way, or stands in a sentence
SMALL = """() => [...document.querySelectorAll("button, select, input, textarea, a[href]")]
    .filter((each) => each.checkVisibility() && !each.matches(".skip, [type=checkbox]"))
    .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([html]) => html)"""


FOCUSED = """() => {
    const element = document.activeElement;
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(8, box.height / 2));
    return {
        name: element === document.body ? "" : element.id || element.dataset.do || element.className,
        ring: getComputedStyle(element).outlineStyle,
        seen: element === document.body || element.contains(top) || !!top?.contains(element),
    };
}"""


@pytest.fixture(scope="module")
def shared(browser, tmp_path_factory):  # noqa: F811
    path = tmp_path_factory.mktemp("access") / "draft.xlf"
    write_draft(sample(9), path)
    context = browser.new_context(viewport={"width": 1360, "height": 850})
    with serving(path, path.with_name("own.csv")) as link, opened(context, link) as page:
        english(page, "b1.s1").fill("Nothing of what must be there.")
        page.locator('[id="findings-b1.s1"] .warning').first.wait_for()
        page.locator("#hand .terms").wait_for()
        yield page
    context.close()


@pytest.fixture
def page(shared):
    shared.set_viewport_size({"width": 1360, "height": 850})
    shared.emulate_media(color_scheme="light")
    english(shared, "b1.s1").focus()
    return shared


def dialogs(page):
    """Name each state of the page after making it."""
    yield "the page"
    page.keyboard.press("Control+f")
    page.keyboard.type("the")
    yield "find"
    page.keyboard.press("Escape")
    for key in ("Alt+x", "Alt+g", "F1"):
        english(page, "b1.s1").focus()
        page.keyboard.press(key)
        page.locator("dialog[open]").wait_for()
        yield key
        page.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_and_targets_are_large_enough(page, scheme):
    page.emulate_media(color_scheme=scheme)
    for name in dialogs(page):
        found = page.evaluate(CONTRAST)
        assert found["seen"] > 40 and found["poor"] == [], name
        assert page.evaluate(SMALL) == [], name


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_a_name_and_nothing_is_cut_off(page, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    tree = page.context.new_cdp_session(page)
    for name in dialogs(page):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        nodes = tree.send("Accessibility.getFullAXTree")["nodes"]
        controls = [
            node
            for node in nodes
            if not node["ignored"]
            and node["role"]["value"]
            in ("button", "textbox", "combobox", "checkbox", "link", "dialog", "group")
        ]
        assert len(controls) >= 2
        nameless = [node["role"]["value"] for node in controls if not node["name"]["value"].strip()]
        assert nameless == [], name


@pytest.mark.parametrize("size", ["wide", "200 %"])
def test_tab_goes_everywhere_is_seen_and_is_caught_nowhere(page, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.querySelector('.skip').focus()")
    visited = []
    while len(visited) < 250:
        page.keyboard.press("Tab")
        visited.append(page.evaluate(FOCUSED))
        if visited[-1]["name"] == "skip":
            break
    names = {each["name"] for each in visited}
    assert {"undo", "publish", "confirm-state", "english-headline", "english-b1.s1", "english-b3.s3"} <= names
    assert visited[-1]["name"] == "skip"
    focused = [each for each in visited if each["name"]]
    assert [each["name"] for each in focused if each["ring"] == "none"] == []
    assert [each["name"] for each in focused if not each["seen"]] == []


@pytest.mark.parametrize(("scheme", "size"), [("light", "wide"), ("dark", "wide"), ("light", "200 %")])
def test_axe_finds_nothing(page, scheme, size):
    if not AXE.exists():
        pytest.skip("axe-core is not in .ci/node_modules")
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })"
    for name in dialogs(page):
        result = page.evaluate(run, tags)
        assert len(result["passes"]) > 30
        assert [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]] == [], name
