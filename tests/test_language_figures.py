from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.language.english_figures import compare_figures, find_english_figures
from bulletin.language.figure_forms import ordinal
from bulletin.language.figures import FigureKind, find_figures
from bulletin.language.numerals import parse_english, parse_vietnamese, roman_value


@pytest.mark.parametrize(
    ("text", "source", "value", "english"),
    [
        ("1.234,5 tỷ đồng", "1.234,5 tỷ đồng", "1234500000000", "1,234.5 billion VND"),
        ("chi 1.250 tỷ đồng cho", "1.250 tỷ đồng", "1250000000000", "1,250 billion VND"),
        ("1,5 triệu người", "1,5 triệu", "1500000", "1.5 million"),
        ("hơn 3.000 tỷ USD", "3.000 tỷ USD", "3000000000000", "3,000 billion USD"),
        ("2,8 triệu tỷ đồng", "2,8 triệu tỷ đồng", "2800000000000000", "2.8 quadrillion VND"),
        ("đạt 8,02%", "8,02%", "8.02", "8.02%"),
        ("50 nghìn người", "50 nghìn", "50000", "50,000"),
        ("100.000 ha rừng", "100.000 ha", "100000", "100,000 ha"),
        ("265,99 km2", "265,99 km2", "265.99", "265.99 sq.km"),
        ("dài 100km", "100km", "100", "100 km"),
        ("35 độ C", "35 độ C", "35", "35 degrees Celsius"),
        ("tăng 0,5 điểm phần trăm", "0,5 điểm phần trăm", "0.5", "0.5 percentage points"),
        ("5-7%", "5-7%", "7", "5-7%"),
        ("2-3 triệu USD", "2-3 triệu USD", "3000000", "2-3 million USD"),
        ("2 thị trấn", "2", "2", "two"),
        ("27 đơn vị", "27", "27", "27"),
        ("652.572 người", "652.572", "652572", "652,572"),
        ("3 đồng chí", "3", "3", "three"),
        ("công nghiệp 4.0", "4.0", "4", "4.0"),
        ("hai mươi lăm xã", "hai mươi lăm", "25", "25"),
        ("hàng chục nghìn hộ", "hàng chục nghìn", "10000", "tens of thousands"),
        ("phiên họp thứ 55", "55", "55", "55th"),
        ("khóa XIII", "XIII", "13", "13th"),
        ("lần thứ XIV", "XIV", "14", "14th"),
    ],
)
def test_figures(text, source, value, english):
    (match,) = find_figures(text)
    assert (match.source, match.value, match.english) == (source, Decimal(value), english)
    assert text[match.start : match.end] == source


def test_accepted_forms():
    (match,) = find_figures("1.234,5 tỷ đồng")
    assert {"1.2345 trillion VND", "VND1,234.5 billion", "1,234.5 billion dong"} <= set(match.accepted)
    (match,) = find_figures("200 triệu USD")
    assert {"US$200 million", "$200 million", "USD 200 million"} <= set(match.accepted)
    (match,) = find_figures("1/3 dân số")
    assert match.kind is FigureKind.FRACTION and {"1/3", "a third"} <= set(match.accepted)


@pytest.mark.parametrize(
    "text", ["quy tắc 5K", "COVID-19", "Chiều 16/1", "năm 2024", "bốn cơ quan", "", "xã An Phú"]
)
def test_what_is_no_figure(text):
    assert find_figures(text) == ()


@pytest.mark.parametrize(
    ("text", "english", "fixed"),
    [
        ("Công văn số 7097 chấp thuận", "7097", False),
        ("Quyết định 6565 ngày 27/12/2005", "6565", False),
        ("số CMND 201700179 do Công an cấp", "201700179", False),
        ("gọi 0902363759 để biết", "0902363759", False),
        ("con số 5000 cho thấy", "5,000", True),
        ("một số 4500 người", "4,500", True),
        ("khoảng 12500 hộ", "12,500", True),
    ],
)
def test_names_made_of_figures_take_no_commas(text, english, fixed):
    figure = find_figures(text)[0]
    assert (figure.english, figure.fixed) == (english, fixed)


def test_document_numbers():
    for text in ("Luật số 176/2025/QH15", "Nghị quyết số 176-NQ/TW", "Thông báo 176/TB-VPCP"):
        (match,) = find_figures(text)
        assert match.kind is FigureKind.DOCUMENT and match.value == 176


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("chi 1.500 tỷ đồng", "spent 1.5 trillion VND"),
        ("chi 1.500 tỷ đồng", "spent VNĐ1,500 billion"),
        ("chi 1.500 tỷ đồng", "spent 1,500 billion đồng"),
        ("chi 1.500 tỷ đồng", "spent 1,500 billion VND"),
        ("2 nước", "both countries"),
        ("2 nước", "two countries"),
        ("12/15 chỉ tiêu", "12 of the 15 targets"),
        ("2/3 đại biểu", "two-thirds of the deputies"),
        ("hơn 50% số hộ", "more than half of the households"),
        ("Đại hội XIII", "the 13th National Party Congress"),
        ("phiên họp thứ 3", "the third session"),
        ("tăng gấp 2 lần", "doubled"),
        ("Nghị quyết số 18-NQ/TW", "Resolution No. 18-NQ/TW"),
        ("Luật số 176/2025/QH15", "Law No. 176"),
        ("trực 24/7", "on duty around the clock"),
        ("2-3 triệu USD", "2 million to 3 million USD"),
        ("mười năm qua", "over the past 10 years"),
        ("ba mươi lăm người", "35 people"),
        ("hàng chục người", "dozens of people"),
        ("phòng, chống COVID-19", "COVID-19 prevention"),
        ("1 thị trấn", "a township"),
        ("họp ngày 16/1/2024 với 25 người", "met on January 16, 2024 with 25 people"),
        ("77 tạ", "7.7 tonnes"),
        ("2,5 triệu người", "two and a half million people"),
    ],
)
def test_right_english_has_no_difference(source, english):
    assert compare_figures(source, english) == ()


@pytest.mark.parametrize(
    ("source", "english", "missing", "extra"),
    [
        ("chi 1.500 tỷ đồng", "spent 1.5 billion VND", ["1.500 tỷ đồng"], ["1.5 billion VND"]),
        ("có 27 đơn vị", "has 28 units", ["27"], ["28"]),
        ("tăng 8,02%", "grew by 8.2%", ["8,02%"], ["8.2%"]),
        ("phiên họp thứ 55", "the 54th session", ["55"], ["54th"]),
        ("giảm 5-7%", "down 5-8%", ["5-7%"], ["8%"]),
        ("có 36 người", "has people", ["36"], []),
        ("nhiều người", "25 people", [], ["25"]),
    ],
)
def test_wrong_english_is_reported(source, english, missing, extra):
    found = compare_figures(source, english)
    assert [d.match.source for d in found if d.missing] == missing
    assert [d.match.source for d in found if not d.missing] == extra


def vietnamese(number):
    return f"{number:,}".replace(",", ".")


@given(
    st.integers(0, 10**9),
    st.sampled_from(["", " triệu", " tỷ", " nghìn"]),
    st.sampled_from(["", " đồng", " USD", "%", " ha"]),
)
def test_any_number_goes_into_english_and_is_met(number, scale, unit):
    source = f"Tổng số là {vietnamese(number)}{scale}{unit}."
    (match,) = find_figures(source)
    power = {"": 0, " nghìn": 3, " triệu": 6, " tỷ": 9}[scale]
    assert match.value == Decimal(number) * Decimal(10) ** power
    for form in (match.english, *match.accepted):
        assert compare_figures(source, f"The total is {form}.") == (), form


@given(st.integers(2, 399))
def test_roman_figures(number):
    letters = ""
    rest = number
    for value, letter in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        letters += letter * (rest // value)
        rest %= value
    assert roman_value(letters) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "ABC", "xiii", "IC"])
def test_not_roman(text):
    assert roman_value(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hai mươi", 20), ("mười lăm", 15), ("một trăm linh năm", 105), ("ba nghìn hai trăm", 3200),
        ("hai tỷ rưỡi", 2_500_000_000),
        ("bốn mươi mốt", 41), ("hai trăm nghìn", 200_000), ("mười", 10), ("chín mươi tư", 94),
    ],
)  # fmt: skip
def test_vietnamese_words(text, value):
    assert [v for _, _, v, _ in parse_vietnamese(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("bốn nghìn năm lịch sử", 4000), ("hai trăm năm xây dựng", 200), ("ba triệu năm tuổi", 3_000_000),
        ("ba nghìn năm trăm người", 3500), ("ba trăm năm mươi", 350), ("hai trăm linh năm xã", 205),
        ("một tỷ năm trăm triệu", 1_500_000_000),
    ],
)  # fmt: skip
def test_a_year_is_not_taken_for_a_five(text, value):
    found = [int(number) for _, _, number, _ in parse_vietnamese(text)]
    assert found[:1] == [value]


def test_ten_years_are_not_fifteen():
    assert [v for _, _, v, _ in parse_vietnamese("mười năm")] == [10, 5]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-five", 25), ("one hundred and five", 105), ("twenty-first", 21),
        ("two hundred thousand", 200_000),
        ("a million", 1_000_000), ("three million two hundred thousand", 3_200_000), ("third", 3),
    ],
)  # fmt: skip
def test_english_words(text, value):
    assert [v for _, _, v, _ in parse_english(text)] == [value]


def test_ordinals():
    assert [
        ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 111)
    ] == "1st 2nd 3rd 4th 11th 12th 13th 21st 111th".split()


@given(st.text(alphabet="0123456789.,-/% tỷđồngtriệuXVI half and hundred", max_size=60))
def test_nothing_breaks_on_noise(text):
    for finder in (find_figures, find_english_figures):
        end = 0
        for match in finder(text):
            assert match.start >= end and text[match.start : match.end] == match.source
            end = match.end
    compare_figures(text, text)
