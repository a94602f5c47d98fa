"""Web pages: the article's own blocks, told from the page around it.

trafilatura finds the main text. The page is then walked here once more, in order, because an article
needs what a text extractor leaves out: captions with their pictures and the byline. Every visible
text of the page becomes a passage or a removal; scripts and styles are never read as text.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.article import BlockKind, Image, Removal
from bulletin.errors import ReadingError
from bulletin.reading.byline import is_byline
from bulletin.reading.frontmatter import parse_date
from bulletin.reading.manuscript import Manuscript, Passage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre search section summary "
    "table tbody td tfoot th thead tr ul".split()
)
_UNREAD = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video map head select "
    "textarea".split()
)
_AROUND = frozenset("nav footer aside form button search dialog".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CAPTION = re.compile(r"caption|chu-?thich|(?:photo|img|image|pic)-?desc|phototext", re.I)
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:sapo|standfirst|chapeau|lead|summary|deck|intro|mo-?ta)(?:$|[\s_-])", re.I
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:author|byline|tac-?gia|but-?danh|writer)(?:$|[\s_-])", re.I)
_FURNITURE = re.compile(
    r"share|social|relate|lien-?quan|tag[s_-]|(?:^|\s)tags?(?:$|\s)|comment|binh-?luan|breadcrumb|sidebar"
    r"|banner|advert|(?:^|[\s_-])ads?(?:$|[\s_-])|promo|newsletter|popup|toolbar|menu|navbar|recommend"
    r"|most-?read|footer|copyright|cookie|rating",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_IMAGE_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_MOST_ELEMENTS = 50_000
# how far below a named container its name still speaks for the text
_CAPTION_REACH, _NAME_REACH = 4, 3


@dataclass(frozen=True, slots=True)
class _Standing:
    """What an element's ancestors and itself say about the text in it; numbers count levels left."""

    number: int = 0
    parent: int = 0
    furniture: bool = False
    item: bool = False
    caption: int = 0
    standfirst: int = 0
    byline: int = 0


@dataclass(slots=True)
class _Run:
    """A stretch of text with no block boundary inside, and where in the page it stands."""

    text: str
    line: int
    tag: str
    standing: _Standing
    link_share: float
    image: Image | None = None
    kept: bool = False
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.key = _key(self.text)

    @property
    def names_author(self) -> bool:
        """Whether its container is named for the author and its text reads as one."""
        return self.standing.byline > 0 and is_byline(" ".join(self.text.split()))


def read_html(text: str, place: str) -> Manuscript:
    """Passages of a web page. Raises ReadingError for a page without an article in it."""
    root = _parse(text, place)
    unread: Counter[str] = Counter()
    runs = list(_runs(root, unread))
    title = _title(root, runs)
    _keep_main(root, text, runs)
    removals = [Removal("markup", f"<{tag}> × {count}", 1) for tag, count in sorted(unread.items())]
    removals += _removed(runs)
    passages = [_passage(run) for run in runs if run.kept]
    if not passages:
        raise ReadingError(f"{place}: no article text was found in this page; copy the text into a .txt")
    return Manuscript(
        passages=tuple(piece for passage in passages for piece in _split_lines(passage)),
        headline=title,
        source=_meta(root, "og:site_name"),
        date=_date(root),
        removals=tuple(removals),
    )


def _parse(text: str, place: str) -> HtmlElement:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "no element in it"
        raise ReadingError(f"{place}: is not HTML ({reason}); copy the text into a .txt") from None
    fatal = parser.error_log.filter_from_level(etree.ErrorLevels.FATAL)
    if fatal:
        raise ReadingError(
            f"{place}, line {fatal[0].line}: the HTML breaks off here ({fatal[0].message.strip()}); "
            "save the page again, or copy the text into a .txt"
        )
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise ReadingError(
            f"{place}: has over {_MOST_ELEMENTS:,} elements, which no article has; copy the text into a .txt"
        )
    return root


def _runs(root: HtmlElement, unread: Counter[str]) -> Iterator[_Run]:
    """The text runs of the page in order; what is not text is counted in ``unread``."""
    standings: dict[HtmlElement, _Standing] = {}
    pieces: list[str] = []
    linked = links = 0
    owner = root
    image: Image | None = None

    def flush() -> Iterator[_Run]:
        nonlocal linked, image
        text = "".join(pieces)
        pieces.clear()
        if text.strip():
            lines = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")
            run = _Run(
                text=re.sub(r"\n{2,}", "\n\n", lines),
                line=owner.sourceline or 1,
                tag=str(owner.tag),
                standing=standings[owner],
                link_share=linked / len(text),
            )
            if run.standing.caption and image is not None:
                run.image, image = image, None
            yield run
        linked = 0

    # (element, entering?): an own stack, because a page may be nested as deep as the parser allows
    stack: list[tuple[HtmlElement, bool]] = [(root, True)]
    while stack:
        element, entering = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if entering and tag and tag not in _UNREAD:
            above = element.getparent()
            standings[element] = _standing(element, standings.get(above, _Standing()), len(standings) + 1)
            if tag in _BLOCKS:
                yield from flush()
                owner = element
            elif tag == "br":
                pieces.append("\n")
            elif tag == "img":
                image = _image(element) or image
            links += tag == "a"
            if element.text:
                pieces.append(_flat(element.text))
                linked += len(element.text) if links else 0
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))
            continue
        if entering:
            unread.update(
                str(each.tag) for each in element.iter("script", "style", "iframe", "object", "embed")
            )
        else:
            links -= tag == "a"
            if tag in _BLOCKS:
                yield from flush()
                above = element.getparent()
                owner = above if above is not None else root
        if element.tail and element is not root:
            pieces.append(_flat(element.tail))
            linked += len(element.tail) if links else 0
    yield from flush()


def _standing(element: HtmlElement, above: _Standing, number: int) -> _Standing:
    """What ``element`` says about its text, added to what stands ``above`` it."""
    tag = str(element.tag)
    if tag in ("html", "body"):
        return _Standing(number=number, parent=above.number)
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"[:300]
    return _Standing(
        number=number,
        parent=above.number,
        furniture=above.furniture
        or tag in _AROUND
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
        or (bool(_FURNITURE.search(names)) and tag not in ("article", "main")),
        item=above.item or tag == "li",
        caption=_CAPTION_REACH
        if tag == "figcaption" or _CAPTION.search(names)
        else max(0, above.caption - 1),
        standfirst=_NAME_REACH if _STANDFIRST.search(names) else max(0, above.standfirst - 1),
        byline=_NAME_REACH if _BYLINE.search(names) else max(0, above.byline - 1),
    )


def _keep_main(root: HtmlElement, text: str, runs: list[_Run]) -> None:
    """Mark the runs that belong to the article."""
    extracted = _main_text(text)
    joined = "\n".join(extracted)
    exact = set(extracted)
    for run in runs:
        if not run.standing.furniture:
            run.kept = run.kept or run.key in exact or (len(run.key) >= 20 and run.key in joined)
    if not any(run.kept and run.tag != "headline" for run in runs):
        # nothing found: a short page, all of which is read but its furniture
        for run in runs:
            run.kept = run.kept or not run.standing.furniture
        return
    kept = [i for i, run in enumerate(runs) if run.kept and run.tag != "headline"]
    siblings = Counter(runs[i].standing.parent for i in kept if runs[i].tag == "p")
    first, last = kept[0], kept[-1]
    for i, run in enumerate(runs):
        if run.kept or run.standing.furniture:
            continue
        near = first - 3 <= i <= last + 3
        run.kept = (
            (near and (run.standing.caption > 0 or run.names_author))
            or (first <= i <= last and run.tag in _HEADINGS and run.link_share < 0.5)
            or (run.tag == "p" and siblings[run.standing.parent] >= 2 and run.link_share < 0.5)
            or (first - 6 <= i < first and run.standing.standfirst > 0)
        )


def _main_text(text: str) -> list[str]:
    """The main text by trafilatura, as comparable pieces; empty where it finds none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            text, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
        )
    except Exception:  # a page that the extractor cannot digest is read by its own structure
        return []
    body = getattr(found, "body", None)
    if body is None:
        return []
    return [key for element in body.iter() for piece in element.itertext() if (key := _key(piece))] + [
        key
        for element in body.iter("p", "head", "item", "cell", "quote")
        if (key := _key("".join(element.itertext())))
    ]


def _title(root: HtmlElement, runs: list[_Run]) -> str:
    """The headline: the page's first-level heading, else what its head says."""
    named = _meta(root, "og:title") or " ".join("".join(root.xpath("string(//head/title)")).split())
    headings = [run for run in runs if run.tag == "h1" and not run.standing.furniture]
    in_head = [run for run in headings if run.key in _key(named)]
    for chosen in (in_head or headings)[:1]:
        chosen.kept = True
        chosen.tag = "headline"
        return ""
    return re.split(r"\s+[|–—»]\s+|\s+-\s+(?=[^-]{1,40}$)", named)[0]


def _passage(run: _Run) -> Passage:
    kind: BlockKind | None = None
    if run.tag == "headline":
        kind = BlockKind.HEADLINE
    elif run.standing.caption:
        kind = BlockKind.CAPTION
    elif run.names_author:
        kind = BlockKind.BYLINE
    elif run.standing.standfirst:
        kind = BlockKind.STANDFIRST
    elif run.tag in _HEADINGS:
        kind = BlockKind.SUBHEADING
    elif run.standing.item:
        kind = BlockKind.LIST_ITEM
    elif run.tag in ("td", "th", "blockquote"):
        kind = BlockKind.PARAGRAPH
    return Passage(run.text, run.line, kind, image=run.image)


def _split_lines(passage: Passage) -> Iterator[Passage]:
    """Split a passage whose ``<br>`` stand for paragraphs."""
    parts = passage.text.split("\n\n")
    if len(parts) == 1:
        lines = passage.text.split("\n")
        full = sum(len(line) > 80 and line[-1:] in '.!?…”":;' for line in lines)
        if len(lines) > 1 and full >= 0.6 * len(lines):
            parts = lines
    for part in parts:
        if part.strip():
            text = " ".join(part.split("\n")) if passage.kind is BlockKind.HEADLINE else part
            yield Passage(text, passage.line, passage.kind, image=passage.image)


def _removed(runs: list[_Run]) -> Iterator[Removal]:
    """The texts of the page around the article; neighbours of one parent together."""
    group: list[_Run] = []
    for run in [*runs, None]:
        if group and (run is None or run.kept or run.standing.parent != group[-1].standing.parent):
            yield Removal(
                "furniture", " / ".join(" ".join(each.text.split()) for each in group), group[0].line
            )
            group = []
        if run is not None and not run.kept:
            group.append(run)


def _date(root: HtmlElement) -> datetime.date | None:
    """The day of publication, where the page states it for machines."""
    for name in ("article:published_time", "datePublished", "pubdate", "publishdate", "dc.date", "date"):
        found = parse_date(_meta(root, name))
        if found:
            return found
    for stamp in root.xpath("//time/@datetime")[:1]:
        return parse_date(str(stamp))
    return None


def _meta(root: HtmlElement, name: str) -> str:
    for element in root.iter("meta"):
        names = (element.get("property"), element.get("name"), element.get("itemprop"))
        if name.lower() in [str(each).lower() for each in names if each] and element.get("content"):
            return " ".join(str(element.get("content")).split())
    return ""


def _image(element: HtmlElement) -> Image | None:
    for name in _IMAGE_SOURCES:
        source = (element.get(name) or "").strip()
        if source and not source.lower().startswith("data:"):
            return Image(source, " ".join((element.get("alt") or "").split()))
    return None


def _flat(text: str) -> str:
    """``text`` with its white space as single spaces, for HTML has no other meaning for it."""
    return re.sub(r"[ \t\r\n\f\v\u00a0]+", " ", text)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
