import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.language.syllables import (
    TokenKind,
    is_boundary,
    is_syllable,
    is_vietnamese_letter,
    parse,
    strip_diacritics,
    tokens,
)


@pytest.mark.parametrize(
    "word",
    "Nguyễn nghiêng quốc giếng gì quý huỳnh khuỷu Đảng yêu oan uỷ hoà uyên ngoằn quạnh thuở a Y".split(),
)
def test_syllables(word):
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", [*"café Putin strong ASEAN WHO Jinping tàch José 5K h'hen".split(), "", "ế̀"])
def test_other_words(word):
    assert not is_syllable(word)


def test_parts():
    parts = parse("Nguyễn")
    assert parts is not None
    assert (parts.onset, parts.rime, parts.tone) == ("ng", "uyên", "\u0303")
    assert parse("giếng") == parse("giêńg") and parse("hoà") == parse("hòa")


def test_tokens():
    found = tokens("Chi 1.234,5 tỷ đồng (ASEAN).")
    assert [t.text for t in found] == ["Chi", "1.234,5", "tỷ", "đồng", "(", "ASEAN", ")", "."]
    assert found[1].kind is TokenKind.NUMBER
    assert found[5].kind is TokenKind.WORD and found[5].capital
    assert found[3].kind is TokenKind.SYLLABLE and not found[3].capital


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say(text):
    end = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= end
        assert not token.text.isspace()
        end = token.end


def test_boundaries():
    text = "Bộ Công an"
    assert (
        is_boundary(text, 0)
        and is_boundary(text, 2)
        and is_boundary(text, 3)
        and is_boundary(text, len(text))
    )
    assert not is_boundary(text, 1) and not is_boundary(text, -1) and not is_boundary(text, 99)
    decomposed = unicodedata.normalize("NFD", "Bộ")
    assert not is_boundary(decomposed, 2)
    assert not is_boundary("QH15", 2)


def test_strip_diacritics():
    assert (
        strip_diacritics("Đồng chí Nguyễn Thị Kim Ngân, đường Ưng Bưởi")
        == "Dong chi Nguyen Thi Kim Ngan, duong Ung Buoi"
    )
    assert strip_diacritics(unicodedata.normalize("NFD", "Trần Quốc Vượng")) == "Tran Quoc Vuong"
    assert strip_diacritics("Киев 北京 ½ й") == "Киев 北京 ½ й"


@given(st.text(alphabet="àảãáạăằâấĐđêơỡưựýỳ abcXYZ", max_size=40))
def test_nothing_vietnamese_is_left(text):
    assert not any(map(is_vietnamese_letter, strip_diacritics(text)))
    assert len(strip_diacritics(text)) == len(text)


def test_vietnamese_letters():
    assert all(map(is_vietnamese_letter, "đĐăÂêÔơƯỹẶ"))
    assert not any(map(is_vietnamese_letter, "aZçñüß1 -"))
