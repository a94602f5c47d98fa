import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.language.dates import find_dates
from bulletin.language.english_dates import compare_dates, find_english_dates


@pytest.mark.parametrize(
    ("text", "source", "english"),
    [
        ("Chiều 16/1, tại Hà Nội", "16/1", "January 16"),
        ("sáng 2/10", "2/10", "October 2"),
        ("ngày 2/9/2023", "2/9/2023", "September 2, 2023"),
        ("tối 3-2", "3-2", "February 3"),
        ("chiều qua (19-4)", "19-4", "April 19"),
        ("ngày 30.4", "30.4", "April 30"),
        ("ngày 5 tháng 4 năm 2024", "5 tháng 4 năm 2024", "April 5, 2024"),
        ("ngày 02 tháng 9", "02 tháng 9", "September 2"),
        ("tháng 3/2024", "tháng 3/2024", "March 2024"),
        ("tháng 9-1968", "tháng 9-1968", "September 1968"),
        ("vào tháng 3 tới", "tháng 3", "March"),
        ("từ ngày 3-5/4", "3-5/4", "April 3-5"),
        ("từ ngày 10 đến 11/4/2023", "10 đến 11/4/2023", "April 10-11, 2023"),
        ("từ 3 đến 5-6", "3 đến 5-6", "June 3-5"),
        ("16/1 - 20/1", "16/1 - 20/1", "January 16-20"),
        ("nghỉ lễ 30/4-1/5", "30/4-1/5", "April 30 - May 1"),
        ("ngày 3, 4 và 5/4", "3, 4 và 5/4", "April 3, 4 and 5"),
        ("quý II/2024", "quý II/2024", "second quarter of 2024"),
        ("6 tháng đầu năm 2024", "6 tháng đầu năm 2024", "first six months of 2024"),
        ("ba tháng cuối năm", "ba tháng cuối năm", "last three months"),
        ("nhiệm kỳ 2020-2025", "2020-2025", "2020-2025"),
        ("giai đoạn 2021 - 2025", "2021 - 2025", "2021-2025"),
        ("năm 2019", "2019", "2019"),
        ("thập niên 90", "thập niên 90", "1990s"),
        ("lúc 14h30", "14h30", "2:30 pm"),
        ("8 giờ 30", "8 giờ 30", "8:30 am"),
        ("sáng thứ Hai", "thứ Hai", "Monday"),
        ("Lễ kỷ niệm 2/9", "2/9", "September 2"),
        ("Trong tháng 9.2016, UBND", "tháng 9.2016", "September 2016"),
        ("Đại hội lần thứ 17 tháng 10-2007", "tháng 10-2007", "October 2007"),
        ("từ ngày 9-7 năm nay", "9-7", "July 9"),
        ("lấy ngày 11-6 Ngày truyền thống", "11-6", "June 11"),
        ("tại buổi họp sáng 27 - 4.", "27 - 4", "April 27"),
        ("trong quý 2/2019", "quý 2/2019", "second quarter of 2019"),
        ("đến ngày 16-4 giờ địa phương", "16-4", "April 16"),
        ("Từ 8-4, hãng", "8-4", "April 8"),
        ("9-12, Tổng Bí thư ký", "9-12", "December 9"),
        ("ngày giao dịch 13-5", "13-5", "May 13"),
        ("31-5, tại trụ sở Chính phủ", "31-5", "May 31"),
        ("(khai mạc 20-5)", "20-5", "May 20"),
        ("hai ngày quốc tang (26 và 27-9)", "26 và 27-9", "September 26 and 27"),
        ("chiều thứ 7", "thứ 7", "Saturday"),
        ("từ tháng 5 đến tháng 7/2024", "tháng 5 đến tháng 7/2024", "May-July 2024"),
        ("trong tháng 5 và tháng 7", "tháng 5 và tháng 7", "May and July"),
        ("tháng 1-2/2024", "tháng 1-2/2024", "January-February 2024"),
        ("Vào 24 tháng Chín, ông", "24 tháng Chín", "September 24"),
        ("ngày 1 tháng Một", "1 tháng Một", "January 1"),
        ("ký ngày 1 tháng Bảy năm 2020", "1 tháng Bảy năm 2020", "July 1, 2020"),
        ("từ 15 tháng mười hai năm 2020", "15 tháng mười hai năm 2020", "December 15, 2020"),
        ("khoảng 9:30 sáng, đoàn", "9:30 sáng", "9:30 am"),
        ("bắt đầu 14:05 chiều", "14:05 chiều", "2:05 pm"),
        ("Lúc 11:20, lễ bắt đầu", "11:20", "11:20 am"),
        ("khoảng 11:00 giờ sáng", "11:00 giờ sáng", "11 am"),
    ],
)
def test_dates(text, source, english):
    (match,) = find_dates(text)
    assert (match.source, match.english()) == (source, english)
    assert text[match.start : match.end] == source


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("0h ngày 1/7, luật có hiệu lực", ["12 am", "July 1"]),
        ("(5-2012 - 8-2013)", ["May 2012", "August 2013"]),
        ("từ tháng 8-2015 đến 8-2018", ["August 2015", "August 2018"]),
        ("từ 29-5 đến 2-6", ["May 29", "June 2"]),
        ("thứ 3 (23/1) và thứ 5 (25/1)", ["Tuesday", "January 23", "Thursday", "January 25"]),
    ],
)
def test_stretches_between_written_out_ends(text: str, english: list[str]) -> None:
    assert [match.english() for match in find_dates(text)] == english


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In May, the Minister met them.", ["May"]),
        ("The regular meeting for May ended.", ["May"]),
        ("Last March, Iran agreed.", ["March"]),
        ("at its May session or in February or March", ["May", "February", "March"]),
        ("You may see May Man village, then march on.", []),
    ],
)
def test_may_and_march_are_months_behind_what_goes_before_one(text: str, found: list[str]) -> None:
    assert [match.source for match in find_english_dates(text)] == found


def test_two_months_are_no_stretch_of_months() -> None:
    (both,) = find_dates("trong tháng 5 và tháng 7")
    (through,) = find_dates("từ tháng 5 đến tháng 7")
    assert "May-July" not in both.accepted() and "May and July" not in through.accepted()
    (row,) = find_dates("trong tháng 1 và tháng 2")
    assert {"January and February", "January-February"} <= {row.english(), *row.accepted()}


def test_months_over_the_new_year_are_two() -> None:
    found = find_dates("Mùa mưa (Tháng 11 đến Tháng 3) và vụ tháng 5 - 7")
    assert [(match.source, match.english()) for match in found] == [
        ("Tháng 11", "November"), ("Tháng 3", "March"), ("tháng 5 - 7", "May-July"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "phục vụ 24/7",
        "người thứ 3 trong danh sách",
        "ngày thứ 7 liên tiếp",
        "lễ rằm tháng Bảy và rằm tháng 8",
        "4/5 em học sinh",
        "từ 3-2 lần",
        "mỗi sáng 3 - 4 người đến",
        "khoảng 27 - 4 cái",
        "tỷ số 21-4",
        "nhóm 3 và 4-5 người",
        "Đội nhà thắng 21:15",
        "bản đồ tỷ lệ 1:50",
        "3 tháng hai bên làm việc",
        "trực 24/24",
        "Thông báo 81/TB-VPCP",
        "Nghị quyết số 18-NQ/TW",
        "Luật số 76/2025/QH15",
        "Nghị định 10/2023/NĐ-CP",
        "2/3 số đại biểu tán thành",
        "hơn 1/3 dân số",
        "đạt 9/10 chỉ tiêu",
        "có 11/12 xã",
        "tỷ số 3-2",
        "trẻ 1-5 tuổi",
        "số 12/5 Nguyễn Du",
        "mùng 1 Tết",
        "10/3 âm lịch",
        "ngày 31/2",
        "1.234,5 tỷ đồng",
        "phiên họp lần thứ Hai",
        "3 tháng qua",
        "làm việc 8 giờ mỗi ngày",
        "",
    ],
)
def test_what_is_no_date(text):
    assert find_dates(text) == ()


def test_the_lead_stays_outside():
    (match,) = find_dates("Sáng ngày 16/1")
    assert (match.lead, match.lead_start, match.start) == ("Sáng ngày", 0, 10)


def test_order_and_accepted():
    (match,) = find_dates("ngày 16/1/2024")
    assert match.english("dmy") == "16 January 2024"
    assert {"16 January 2024", "January 16 2024", "Jan. 16, 2024"} <= set(match.accepted())
    assert match.normal == "2024-01-16"
    (quarter,) = find_dates("quý I")
    assert quarter.article and not match.article


def test_several_in_one_sentence():
    found = find_dates("lúc 14h30 ngày 3/4 và các năm 2021, 2022; giai đoạn 2016 - 2020")
    assert [m.normal for m in found] == ["14:30", "--04-03", "2021", "2022", "2016/2020"]


@given(st.dates(datetime.date(1850, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(["mdy", "dmy"]))
def test_any_day_goes_into_english_and_is_read_back(date, order):
    source = f"Ngày {date.day}/{date.month}/{date.year}, hội nghị khai mạc."
    (match,) = find_dates(source)
    assert match.normal == date.isoformat()
    for form in (match.english(order), *match.accepted(order)):
        english = f"The conference opened on {form}."
        assert [m.normal for m in find_english_dates(english)] == [date.isoformat()], form
        assert compare_dates(source, english) == ()


@given(st.integers(1, 27), st.integers(1, 12), st.data())
def test_any_stretch_is_read_back(first, month, data):
    last = data.draw(st.integers(first + 1, 28))
    source = f"từ ngày {first}-{last}/{month}"
    (match,) = find_dates(source)
    for form in (match.english(), *match.accepted(), *match.accepted("dmy")):
        assert compare_dates(source, f"from {form}") == (), form


@pytest.mark.parametrize(
    "text", ["16th January", "16th of January", "Jan. 16", "January 16", "16/1", "16 January", "January 16th"]
)
def test_english_spellings(text):
    (match,) = find_english_dates(f"held on {text} in Hanoi")
    assert match.normal == "--01-16"


@pytest.mark.parametrize(
    "text", ["He may attend", "The march began", "2,019 people", "24 communes", "Decree 10"]
)
def test_english_that_is_no_date(text):
    assert find_english_dates(text) == ()


def test_differences():
    (missing, extra) = compare_dates(
        "Chiều 16/1, hội nghị diễn ra.", "The conference took place on January 17."
    )
    assert missing.missing and missing.match.source == "16/1"
    assert not extra.missing and extra.match.source == "January 17"
    assert compare_dates("từ ngày 3-5/4/2024", "from April 3 to April 5") == ()
    assert compare_dates("quý I", "in the first three months") == ()
    assert [d.match.source for d in compare_dates("năm 2019", "in 2018")] == ["2019", "2018"]


@given(st.text(alphabet="0123456789/-.,: ngàythángnămquýIVchủ ", max_size=60))
def test_nothing_breaks_on_noise(text):
    end = 0
    for match in find_dates(text):
        assert match.start >= end and text[match.start : match.end] == match.source
        assert match.english() and match.normal
        end = match.end
    find_english_dates(text)
