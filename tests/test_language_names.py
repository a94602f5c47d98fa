import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.language.names import NameKind, english_name, find_names


def sources(text, avoid=()):
    return [match.source for match in find_names(text, avoid)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chủ nhiệm Văn phòng Quốc hội Nguyễn Văn An phát biểu.", ["Nguyễn Văn An"]),
        ("Bộ trưởng Bộ Tài nguyên và Môi trường Trần Văn Bình", ["Trần Văn Bình"]),
        ("Thủ tướng Chính phủ Lê Minh Tâm chủ trì", ["Lê Minh Tâm"]),
        ("Tổng Bí thư Tô Nam tiếp Đại sứ", ["Tô Nam"]),
        (
            "Tham dự có các đồng chí: Trần Văn Bình, Bí thư; Tô Nam, Bộ trưởng; Lò Thị Mai",
            ["Trần Văn Bình", "Tô Nam", "Lò Thị Mai"],
        ),
        ("Bí thư Thành ủy Hà Nội Vương Quốc Thái", ["Vương Quốc Thái"]),
        ("Chủ tịch UBND huyện Yên Định Lê Văn Bảy", ["Lê Văn Bảy"]),
        ("Đại sứ Việt Nam tại Lào Nguyễn Bá Hưng", ["Nguyễn Bá Hưng"]),
        ("ông Nguyễn Văn An Bí thư Đảng ủy xã", ["Nguyễn Văn An"]),
        ("Tổng Giám đốc Công ty Vinatest Mai Kiều Lan", ["Mai Kiều Lan"]),
        ("Ông Ma A Páo, Trưởng bản Vàng A Chỉnh", ["Ma A Páo", "Vàng A Chỉnh"]),
        ("H'Lan Niê và Y Thanh Hà Niê Kđăm", ["H'Lan Niê", "Y Thanh Hà Niê Kđăm"]),
        ("Ksor H’Bơ Khăp, già làng Điểu K’Rang", ["Ksor H’Bơ Khăp", "Điểu K’Rang"]),
        ("Bí thư thứ nhất Trung ương Đoàn Bùi Quang Hưng", ["Bùi Quang Hưng"]),
        ("Ảnh: Trí Dũng/TTXVN", ["Trí Dũng"]),
        ("Chủ tịch Hồ Chí Minh", ["Hồ Chí Minh"]),
        ("tư tưởng Hồ Chí Minh", ["Hồ Chí Minh"]),
        ("Chủ tịch UBND Thành phố Hồ Chí Minh Phan Văn Minh", ["Phan Văn Minh"]),
        ("Chủ tịch UBND tỉnh Lê Thành Nam", ["Lê Thành Nam"]),
        ("Chánh Văn phòng Trung ương Đảng Lê Minh Hải", ["Lê Minh Hải"]),
        ("Thứ trưởng Bộ Công Thương Phan Thị Thu", ["Phan Thị Thu"]),
        ("Bộ trưởng Nguyễn Hồng Hà, Đại tướng Lê Văn Giang", ["Nguyễn Hồng Hà", "Lê Văn Giang"]),
        ("Theo Ông Phạm Thanh Hải, giá đã giảm", ["Phạm Thanh Hải"]),
        ("Phó Chủ tịch quận 1 Đoàn Ngọc Hùng", ["Đoàn Ngọc Hùng"]),
        ("Bộ trưởng Lao động Đào Ngọc Minh", ["Đào Ngọc Minh"]),
        ("Bí thư Tỉnh ủy Nguyễn Phớc", ["Nguyễn Phớc"]),
    ],
)
def test_names_are_found(text, names):
    assert sources(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Học viện Chính trị quốc gia Hồ Chí Minh",
        "Thành phố Hồ Chí Minh, TP. Hồ Chí Minh và TP Hồ Chí Minh",
        "Huân chương Hồ Chí Minh",
        "Bà Rịa - Vũng Tàu, Cô Tô, Hai Bà Trưng",
        "đường Nguyễn Trãi, phường Trần Hưng Đạo, trường THPT Chu Văn An",
        "Hà Nội, Thái Bình, Cao Bằng, Lâm Đồng, Mai Châu",
        "Ủy ban Thường vụ Quốc hội, Bộ Y tế, Đoàn Chủ tịch, Đoàn Hà Nam",
        'danh hiệu "Anh Hùng Lao động"',
        "Đồng chí Chánh Văn phòng Trung ương Đảng",
        "các đồng chí: Tổng Bí thư, Chủ tịch nước",
        "Mẹ Việt Nam Anh hùng",
        "ông Tập Cận Bình và Thủ tướng Singapore Lý Hiển Long",
        "Đại sứ Trung Quốc tại Việt Nam Hà Vĩ",
        "huyện Trần Văn Thời, phường Lê Hồng Phong",
        "Đại tá Chu Ba (Zhou Bo) và ông Gien-xân Hoàng",
        "Tại Bắc Kinh, ông Mạnh nói",
        "Thủ tướng Bồ Đào Nha, nhóm A Hà Nội, Xuân Kỷ Hợi",
        "Con cháu Nguyên Thủ tướng",
        "ông Joe Biden, bà Merkel, Tổng thống Mỹ Donald Trump",
        "",
    ],
)
def test_what_is_no_vietnamese_persons_name_is_left(text):
    assert sources(text) == []


def test_form_of_address_and_gender():
    text = "đồng chí Lê Văn An, bà Trà và Ông Trần Nam"
    first, second, third = find_names(text)
    assert [text[slice(*m.honorific)] for m in (first, second, third)] == ["đồng chí", "bà", "Ông"]
    assert (first.gender, second.gender, third.gender) == ("m", "f", "m")
    assert (first.kind, second.kind) == (NameKind.FULL, NameKind.GIVEN)
    (woman,) = find_names("Phó Chủ tịch Lê Thị Hoa")
    assert woman.gender == "f" and woman.honorific is None


def test_names_never_reach_into_avoided_spans():
    text = "tại Nguyễn Huệ Lê Văn An phát biểu"
    assert sources(text, [(4, 14)]) == ["Lê Văn An"]
    text = "Chủ nhiệm Văn Phòng Quốc Hội Nguyễn Văn An"
    assert sources(text, [(0, text.index(" Nguyễn"))]) == ["Nguyễn Văn An"]


def test_a_country_inside_a_term_makes_its_envoy_a_foreigner():
    def behind(term: str, name: str) -> list[str]:
        text = f"{term} {name} phát biểu"
        return sources(text, [(0, len(term))])

    assert behind("Đại sứ Trung Quốc", "Triệu Giám Hoa") == []
    assert behind("Ngoại trưởng Hàn Quốc", "Triệu Thái Dũng") == []
    assert behind("Đại sứ Việt Nam tại Trung Quốc", "Phạm Sao Mai") == ["Phạm Sao Mai"]
    assert behind("Chủ tịch Hội hữu nghị Việt Nam - Trung Quốc", "Lê Văn An") == ["Lê Văn An"]


def test_decomposed_text_gives_the_same_names():
    text = "Tham dự có đồng chí Đặng Thị Ngọc Ánh và ông Ưng Hoàng Vũ."
    decomposed = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", name) for name in sources(decomposed)] == sources(text)


def test_english_names():
    assert english_name("Nguyễn  Phú Trọng") == "Nguyen Phu Trong"
    assert english_name("Đỗ Đức Duy", diacritics=True) == "Đỗ Đức Duy"
    assert english_name("H’Lan Niê") == "H'Lan Nie"


PIECES = st.sampled_from(
    "đồng chí ông bà Nguyễn Trần Lê Hồ Thị Văn Minh Hà Nội Bộ trưởng Chủ tịch , ; : . "
    "Y H'Hen A Đoàn Phó tỉnh UBND Lào Bí thư".split()
)


@given(
    st.lists(PIECES, max_size=20).map(" ".join),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=3),
)
def test_matches_are_in_order_and_apart(text, places):
    avoid = [(start, start + length) for start, length in places]
    end = 0
    for match in find_names(text, avoid):
        assert match.start >= end
        assert text[match.start : match.end] == match.source
        assert not any(a < match.end and match.start < b for a, b in avoid)
        end = match.end
