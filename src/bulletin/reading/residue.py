"""What content systems and web pages leave in a copied text: residue, furniture, end marks.

Each rule is a function over one line or one passage; ``structure`` applies them and keeps account.
"""

from __future__ import annotations

import datetime
import re

# Classes and markers that an editor's picture box leaves before its caption.
_CAPTION_RESIDUE = re.compile(
    r"(?:(?:left|center|right|del|image|box|align|none|caption|photo|wrap){3,}|leftcenterrightdel"
    r"|\[/?caption[^\]\n]{0,200}\])",
    re.IGNORECASE,
)
# Word's and editors' droppings that stand for nothing.
_JUNK = re.compile(
    r"(?:normal\s+0(?:\s+(?:false|true|[A-Z]{2}-[A-Z]{2}|X-NONE|MicrosoftInternetExplorer\d|\d+))+"
    r"|MicrosoftInternetExplorer\d|<!--\[(?:if|endif)[^\n]{0,80}-->|\[(?:endif|if [^\]\n]{0,40})\]"
    r"|&nbsp;|\[/?(?:embed|gallery|video|audio|quote)[^\]\n]{0,120}\]|StartFragment|EndFragment"
    r"|/\*\s*Style Definitions\s*\*/[^\n]{0,400})",
    re.IGNORECASE,
)

_END_MARK = re.compile(r"(?:\./\.+|\s*/\.(?:/\.)*\.?|\s*\./+|\s*//\.?)(?=[”\"’»)\s]*$)")

_RELATED_HEADINGS = (
    "xem thêm|đọc thêm|(?:tin|bài|tin bài|bài viết) liên quan|(?:các )?tin khác|(?:tin )?cùng chuyên mục"
    "|tin (?:đọc nhiều|mới|mới nhất|nóng|nổi bật|tiếp theo)|(?:bài )?đọc nhiều|có thể bạn quan tâm"
)
_BUTTONS = (
    "chia sẻ(?: bài viết)?|share|like|thích|tweet|facebook|twitter|zalo|messenger|telegram|linkedin"
    "|(?:gửi )?email|in|in trang(?: này)?|in bài(?: viết)?|copy link|sao chép liên kết|lưu bài(?: viết)?"
    "|bình luận|ý kiến|(?:gửi|viết) bình luận|gửi phản hồi|gửi|lưu|(?:về )?trang chủ|quay lại|trở về"
    "|lên đầu trang|nghe bài viết|nghe đọc bài|(?:xem )?cỡ chữ|theo dõi(?: báo)?|google news"
    r"|a[+-]|\(\d{1,6}\)|\d{1,6}|[|/·•:,-]"
)
_FURNITURE_LINE = re.compile(
    rf"(?:{_RELATED_HEADINGS})\s*:?|(?:{_BUTTONS})(?:\s+(?:{_BUTTONS})){{0,12}}", re.IGNORECASE
)
_FURNITURE_START = re.compile(
    r"""(?:
      (?:xem\ thêm|đọc\ thêm|tin\ liên\ quan|bài\ liên\ quan)\s*:
      |>{1,3}\s*(?:xem|đọc|mời|tin|[“"A-ZĐÀ-Ỹ])
      |(?:từ\ khóa|từ\ khoá|tags?|hashtag)\s*:
      |(?:lượt\ xem|số\ lượt\ xem|lượt\ đọc)\s*:?\s*\d
      |mời\ (?:quý\ )?(?:độc\ giả|bạn\ đọc|quý\ vị)
      |bạn\ đang\ (?:đọc|xem)\ bài
      |(?:hãy\ )?theo\ dõi\ .{0,60}\ trên\ (?:google|facebook|zalo|youtube|tiktok)
      |đăng\ ký\ (?:nhận|theo\ dõi)\ (?:bản\ tin|tin|kênh)
      |vui\ lòng\ (?:nhập|đăng\ nhập)
      |(?:bản\ quyền\ (?:thuộc|\d{4})|copyright\b|©|®)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_RELATED = re.compile(_RELATED_HEADINGS, re.IGNORECASE)
_STAMP = re.compile(
    r"(?:(?:cập nhật|ngày đăng|đăng ngày|xuất bản|đăng lúc)(?: lúc)?\s*:?\s*)?"
    r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|CN|T[2-7])\s*,?\s*)?"
    r"(?:ngày\s+)?(?:\d{1,2}[:h]\d{2}\s*(?:'|phút)?\s*[,|-]?\s*(?:ngày\s+)?)?"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
    r"(?:\s*[,|-]?\s*\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[AP]M)?)?(?:\s*[,|-]?\s*\(?(?:GMT|UTC)\s*\+?\s*\d{0,2}\)?)?",
    re.IGNORECASE,
)


_BOX_START = re.compile(r"(?<=\S)\s*(?=leftcenterrightdel)", re.IGNORECASE)
_RUBRICS = frozenset(
    (
        *("chính trị", "xã hội", "kinh tế", "thời sự", "pháp luật", "thế giới", "quốc tế", "đối ngoại"),
        *("tin tức", "tin trong nước", "văn hóa", "văn hoá", "giáo dục", "y tế", "quốc phòng", "an ninh"),
        *("xây dựng đảng", "tin hoạt động", "tin nổi bật", "hoạt động lãnh đạo", "sự kiện"),
    )
)


def is_rubric(line: str) -> bool:
    """Whether a line is the name of a site's section (``Chính trị``)."""
    return line.strip().casefold() in _RUBRICS


def split_at_boxes(line: str) -> list[str]:
    """Split a line before each picture box's residue that stands inside it."""
    return _BOX_START.split(line)


def is_residue(line: str) -> bool:
    """Whether the whole line is residue."""
    rest = line.strip()
    return bool(rest) and len(rest) <= 500 and bool(_CAPTION_RESIDUE.fullmatch(rest) or _JUNK.fullmatch(rest))


def is_caption_residue(line: str) -> bool:
    """Whether the line is what a picture box leaves before its caption (``leftcenterrightdel``)."""
    rest = line.strip()
    return len(rest) <= 300 and bool(_CAPTION_RESIDUE.fullmatch(rest))


def leading_residue(text: str) -> tuple[str, bool]:
    """The residue with which ``text`` begins, and whether it is the kind that precedes a caption."""
    match = _CAPTION_RESIDUE.match(text)
    if match:  # "center" alone is an English word; three of them run together are not
        return match.group(), True
    match = _JUNK.match(text)
    return (match.group(), False) if match else ("", False)


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page around the article: share buttons, related links, tags."""
    rest = line.strip()
    if not rest or len(rest) > 300:
        return False
    return bool(_FURNITURE_LINE.fullmatch(rest) or _FURNITURE_START.match(rest))


def is_related_heading(line: str) -> bool:
    """Whether a line announces a list of links to other articles (``Tin liên quan``)."""
    rest = line.strip().rstrip(": ")
    return len(rest) <= 60 and bool(_RELATED.fullmatch(rest))


def is_apart(line: str) -> bool:
    """Whether a line stands for itself and never continues a wrapped paragraph."""
    return is_residue(line) or is_furniture(line) or is_stamp(line)


def is_stamp(line: str) -> bool:
    """Whether the whole line is a page's date and time (``Thứ Năm, 16/01/2020, 15:30 (GMT+7)``)."""
    rest = line.strip()
    return 8 <= len(rest) <= 80 and _STAMP.fullmatch(rest) is not None


def stamp_date(line: str) -> datetime.date | None:
    """The date of such a line, None where there is no such day."""
    match = _STAMP.fullmatch(line.strip()) if len(line) <= 100 else None
    if match is None:
        return None
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def split_end_mark(text: str) -> tuple[str, str, str]:
    """Split off the mark that ends an official text: (text, mark, closers).

    ``… được giao./.`` gives ``… được giao.``, ``./.`` and nothing: the full stop that the mark holds
    stays with the sentence. Quotes and brackets after the mark come back as ``closers``.
    """
    tail = text[-24:]
    match = _END_MARK.search(tail)
    if match is None:
        return text, "", ""
    mark = match.group().strip()
    before = text[: len(text) - len(tail) + match.start()].rstrip()
    closers = tail[match.end() :].strip()
    if not before:
        return "", mark, closers
    needs_stop = "." in mark and before[-1] not in ".!?…"
    return before + ("." if needs_stop else ""), mark, closers
