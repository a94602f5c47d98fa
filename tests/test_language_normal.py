import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.language.normal import fold, fold_text

SYLLABLES = st.sampled_from(
    "hoà hòa uỷ ủy thuý thúy khoẻ khỏe quý giá già gìn của huyện khuỷu "
    "Nguyễn TOÀ Đảng Mỹ kỹ tế - – , . café".split()
)
SENTENCES = st.lists(SYLLABLES, max_size=12).map(" ".join)
ANY_TEXT = st.one_of(
    SENTENCES, st.text(max_size=60), st.text(alphabet="aàoòuỷYý̀ \u00a0-–Đ\u200bhHqg", max_size=30)
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Uỷ ban", "Ủy ban"),
        ("uỷ viên", "ủy viên"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("TOÀ ÁN", "TÒA ÁN"),
        ("tận tuỵ", "tận tụy"),
        ("qúy", "quý"),
        ("gía", "giá"),
        ("hòan", "hoàn"),
        ("Liên Hợp Quốc", "Liên Hợp Quốc"),
        ("Ðảng", "Đảng"),
        ("kinh tế - xã hội", "kinh tế–xã hội"),
        ("kinh tế-xã hội", "kinh tế — xã hội"),
        ("Hà\u00a0 Nội", "Hà Nội"),
        ("K’Sung", "K'Sung"),
        ("Chính\u200b phủ", "Chính phủ"),
    ],
)
def test_two_spellings_fold_alike(one, other):
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(
    "word", "quý quà giá giờ gì của hoàn toán huỳnh khuya ngoài thuở quốc giặc Huế café déjà".split()
)
def test_right_spelling_stays(word):
    assert fold_text(word) == word


def test_options_are_off_unless_asked_for():
    assert fold_text("kỹ") != fold_text("kĩ")
    assert fold_text("kỹ", y_as_i=True) == fold_text("kĩ", y_as_i=True)
    assert fold_text("Mỹ lý quý", y_as_i=True) == "Mĩ lí quí"
    assert fold_text("thúy ngày yêu", y_as_i=True) == "thúy ngày yêu"
    assert fold_text("Đảng") != fold_text("đảng")
    assert fold_text("Đảng", case=True) == "đảng"


def test_a_span_leads_back_to_the_original():
    original = "Phát triển kinh tế  -  xã hội và uỷ quyền"
    folded = fold(original)
    at = folded.text.index("kinh tế-xã hội")
    start, end = folded.span(at, at + len("kinh tế-xã hội"))
    assert original[start:end] == "kinh tế  -  xã hội"
    at = folded.text.index("ủy quyền")
    assert original[slice(*folded.span(at, at + 8))] == "uỷ quyền"


def test_a_span_of_decomposed_text_takes_whole_letters():
    original = unicodedata.normalize("NFD", "đồng chí Nguyễn Văn Nên")
    folded = fold(original)
    at = folded.text.index("Nguyễn")
    start, end = folded.span(at, at + 6)
    assert unicodedata.normalize("NFC", original[start:end]) == "Nguyễn"


def test_a_span_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="no span"):
        fold("Hà Nội").span(3, 9)


@given(ANY_TEXT, st.booleans(), st.booleans())
def test_folding_twice_is_folding_once(text, case, y_as_i):
    once = fold_text(text, case=case, y_as_i=y_as_i)
    assert fold_text(once, case=case, y_as_i=y_as_i) == once


@given(ANY_TEXT, st.booleans())
def test_composition_makes_no_difference(text, case):
    composed = unicodedata.normalize("NFC", text)
    assert fold_text(unicodedata.normalize("NFD", composed), case=case) == fold_text(composed, case=case)


@given(ANY_TEXT)
def test_offsets_never_fall_and_stay_inside(text):
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@given(SENTENCES, st.data())
def test_what_a_span_covers_folds_to_the_span(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    piece = folded.text[start:end]
    a, b = folded.span(start, end)
    # a tone may have moved over the cut, so whole words are compared
    if (
        piece
        and (start == 0 or folded.text[start - 1] in " -")
        and (end == len(folded.text) or folded.text[end] in " -")
    ):
        assert fold_text(text[a:b]).strip(" ") == piece.strip(" ")


@given(SENTENCES)
def test_an_offset_goes_there_and_back(text):
    folded = fold(text)
    for i, offset in enumerate(folded.offsets[:-1]):
        assert folded.offsets[folded.at(offset)] == offset
        assert folded.at(offset) <= i
