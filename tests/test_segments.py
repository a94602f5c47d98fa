"""Sentences: where they end, where they do not, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.reading import segment, split_sentences

# each case is the sentences that the text, joined by spaces, must give
SENTENCES = [
    ["Hội nghị diễn ra sáng 12/3.", "Đồng chí Bí thư phát biểu."],
    ["Bốn Văn phòng phối hợp tốt...", "Hoạt động có nhiều đổi mới."],
    ["Việc này khó… nhưng phải làm.", "Ai làm?", "Chúng ta!"],
    ["Ông đến TP. Hồ Chí Minh và TP.HCM.", "Sau đó ông về Tp. Huế."],
    ["PGS.TS. Đặng Quốc Tuyển và GS. TS. Lê Văn Nam dự.", "ThS. Mai báo cáo."],
    ["Gồm hồ sơ, văn bản, v.v. và phải đánh giá.", "Còn nhà, xe, v.v.", "Việc khác xong."],
    ["Xem Tr. 15 và Nxb. Sự thật.", "Hết."],
    ["Đạt 1.250,5 tỷ đồng, tăng 8,02% so với năm 2024.", "Giảm 3.000 hồ sơ."],
    ["Ngày 16. 1. 2020 họp.", "Năm 2019.", "12 tập thể được khen."],
    [
        "Dự có các đồng chí: Lê Văn An, Bí thư; Vũ Thị Bình, Chủ tịch; Mai Cường, Chánh Văn phòng.",
        "Lễ bắt đầu.",
    ],
    ["“Đây là việc chung.", "Ai cũng phải làm”, đồng chí nói.", "Mọi người đồng ý."],
    ["“Phải làm ngay.”", "Đồng chí nhấn mạnh như vậy."],
    ["“Phải làm ngay!” – đồng chí nói.", "Rồi ông đi."],
    ["“Ai làm việc đó?” ông hỏi.", "Không ai đáp."],
    ['Ông nói: "Phải làm. "'.replace('. "', '."'), "Bà đồng ý."],
    ["Ông J. Biden gặp ông George W. Bush.", "Hai bên trao đổi."],
    ["Đây là nhóm A.", "Các nhóm khác chờ."],
    ["Anh Nguyễn Văn A.", "Sau đó về quê."],
    ["Bài của C. Mác và Ph. Ăngghen được in lại."],
    ["1. Về công tác tổ chức.", "2. Về công tác cán bộ."],
    ["Điều 5. Phạm vi điều chỉnh của Luật.", "Luật có hiệu lực."],
    ["I. Đặc điểm tình hình.", "Năm qua có nhiều khó khăn."],
    ["Theo baochinhphu.vn. Tin này đúng."],
    ["Ông nói (bà cũng nói thế. Họ đồng ý.) rồi đi.", "Hết."],
    ["Cuộc họp kết thúc.", "- Phần hai bắt đầu."],
    ["Liên hệ ông T.Ư. Nguyễn để biết."],
]


@pytest.mark.parametrize(
    "sentences", [s for s in SENTENCES if "baochinhphu" not in s[0]], ids=lambda s: s[0][:25]
)
def test_sentences(sentences):
    assert [each.text for each in segment(" ".join(sentences), 1)] == sentences


def test_web_address_may_end_a_sentence():
    assert len(segment("Theo baochinhphu.vn. Tin này đúng.", 1)) == 2
    assert len(segment("Theo VOV.VN và chinhphu.vn thì đúng.", 1)) == 1


def test_missing_space_after_a_full_stop():
    pieces = segment("Hội nghị kết thúc.Sau đó mọi người về.", 1)
    assert [(p.text, p.space) for p in pieces] == [
        ("Hội nghị kết thúc.", ""),
        ("Sau đó mọi người về.", ""),
    ]


def test_ids_spaces_and_starts():
    text = "Một câu.  Hai câu.\u00a0Ba câu."
    pieces = segment(text, 7)
    assert [p.id for p in pieces] == ["b7.s1", "b7.s2", "b7.s3"]
    assert [p.space for p in pieces] == ["  ", "\u00a0", ""]
    assert all(text[p.start :].startswith(p.text) for p in pieces)


_PIECES = st.sampled_from(
    [
        *"aĐđệA1.,;:!?…“”\"'()–-/ \n\u00a0",
        "TP.",
        "PGS.TS. ",
        "v.v.",
        "...",
        "./.",
        " Hà Nội",
        "Năm 2019. ",
        "ông ",
    ]
)


@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=80))
def test_joining_gives_the_text_back(text):
    assert "".join(split_sentences(text)) == text
    block = text.strip()
    pieces = segment(block, 1)
    assert "".join(p.text + p.space for p in pieces) == block
    assert all(p.text and p.text == p.text.strip() for p in pieces)
    assert all(block[p.start : p.start + len(p.text)] == p.text for p in pieces)
    assert all(not p.space or p.space.isspace() for p in pieces)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_closers_never_begin_a_segment(text):
    for piece in segment(text.strip(), 1)[1:]:
        assert piece.text[0] not in "”’»)]};,:"


def test_long_hostile_text_is_split_in_step_with_its_length():
    # quadratic behaviour would run for hours on these
    for unit in (". ", "(", ")", "“. ", "A. ", "... ", "TP. ", "a.B", "1. "):
        text = (unit * 40_000)[:60_000].strip()
        assert "".join(p.text + p.space for p in segment(text, 1)) == text
