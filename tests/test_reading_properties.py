"""What reading promises for any text: nothing disappears, and the segments hold the blocks."""

import unicodedata
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.errors import ReadingError
from bulletin.reading import read_article
from reading_samples import SENTENCE

_LINES = st.sampled_from(
    [
        SENTENCE,
        "Đồng chí nhấn mạnh ba nhiệm vụ. Một là hoàn thiện thể chế... Hai là nâng cao chất lượng./.",
        "leftcenterrightdel",
        "leftcenterrightdel Quang cảnh",
        "Quang cảnh Hội nghị. (Ảnh: Văn Minh/TTXVN)",
        "Ảnh: TTXVN",
        "Hà Nội (TTXVN) – Sáng nay họp.",
        "NDO - Chiều nay họp.",
        "Thanh Mai",
        "Theo TTXVN",
        "Kết quả bước đầu",
        "- Hoàn thiện thể chế;",
        "• Nâng cao chất lượng",
        "1. Việc cần làm.",
        "Tin liên quan",
        "Xem thêm: Bài khác",
        "Thứ Năm, 16/01/2020, 15:30",
        "",
        "",
        "   ",
        "được giao./. Thanh Mai",
        "&nbsp;",
        "được giao /.",
        "“Việc chung./.”",
    ]
)
_TEXTS = st.lists(_LINES | st.text(alphabet='aăâ đĐ.…/:()“”"-–,;!?ẢnhT1 ', max_size=30), max_size=25).map(
    "\n".join
)


def visible(text):
    return Counter(char for char in text if not char.isspace())


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_visible_character_is_in_a_block_or_in_a_removal(text):
    # enough Vietnamese that no random text makes it something else
    body = " ".join([SENTENCE] * 12)
    text = unicodedata.normalize("NFC", f"{SENTENCE}\n\n{text}\n\n{body}")
    article = read_article(data=text.encode(), name="bai.txt")
    kept = Counter()
    for block in article.blocks:
        kept += visible(block.text)
    for removal in article.removals:
        kept += visible(removal.text)
    assert not visible(text) - kept


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_blocks_and_segments_hold_together(text):
    try:
        article = read_article(data=f"{text}\n\n{SENTENCE}".encode(), name="bai.txt")
    except ReadingError:
        return
    for number, block in enumerate(article.blocks, start=1):
        assert block.text == " ".join(block.text.split()) != ""
        assert "".join(segment.text + segment.space for segment in block.segments) == block.text
        assert [segment.id for segment in block.segments] == [
            f"b{number}.s{i}" for i in range(1, len(block.segments) + 1)
        ]
    lines = [block.line for block in article.blocks]
    assert all(1 <= line <= text.count("\n") + 3 for line in lines)
    assert lines == sorted(lines)


@given(_TEXTS)
@settings(max_examples=100, deadline=None)
def test_reading_twice_gives_the_same(text):
    data = f"{text}\n\n{SENTENCE}".encode()
    try:
        assert read_article(data=data, name="a.txt") == read_article(data=data, name="a.txt")
    except ReadingError:
        return
