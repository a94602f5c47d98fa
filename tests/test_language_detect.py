import unicodedata

import pytest

from bulletin.language.detect import looks_vietnamese, vietnamese_remains


def remains(english, allowed=()):
    return [english[start:end] for start, end in vietnamese_remains(english, allowed)]


@pytest.mark.parametrize(
    "text",
    [
        "Chiều 16/1, tại Hà Nội, bốn cơ quan tổ chức hội nghị tổng kết.",
        unicodedata.normalize("NFD", "Thủ tướng chủ trì phiên họp thường kỳ."),
        "Uỷ ban nhân dân TP Hà Nội ban hành Quyết định số 12/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ],
)
def test_vietnamese(text):
    assert looks_vietnamese(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12/2024 - 50%",
        "The Prime Minister chaired a meeting in Hà Nội on Monday afternoon.",
        "Le président a été reçu à Paris où il était déjà allé.",
        "A reunião não será em São Paulo, mas é possível.",
        "Президент встретился с делегацией",
    ],
)
def test_not_vietnamese(text):
    assert not looks_vietnamese(text)


def test_leftovers_are_found_whole():
    assert remains("The Ủy ban nhân dân of Ha Nam met.") == ["Ủy ban nhân dân"]
    assert remains("He visited Hà Nội and Đà Nẵng.") == ["Hà Nội", "Đà Nẵng"]
    assert remains("The UBND and HĐND of the province") == ["UBND", "HĐND"]
    assert remains(unicodedata.normalize("NFD", "in Huế today")) == [unicodedata.normalize("NFD", "Huế")]


@pytest.mark.parametrize(
    "text",
    [
        "The café in São Paulo, née Dupont, vis-à-vis Côte d'Ivoire",
        "Nguyen Phu Trong",
        "",
        "José Martí",
        "Decision 12/QD-TTg",
    ],
)
def test_other_peoples_letters_are_no_leftovers(text):
    assert remains(text) == []


def test_allowed_names_stay():
    text = "Nguyễn Văn An met Đỗ Mười."
    assert remains(text, ["Nguyễn Văn An"]) == ["Đỗ Mười"]
    assert remains(text, ["Nguyễn Văn An", "Đỗ Mười"]) == []
