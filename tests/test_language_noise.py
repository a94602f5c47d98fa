"""Long noise costs no finder more than its length: no pattern looks back again and again."""

import pytest

from bulletin.language.dates import find_dates
from bulletin.language.english_dates import find_english_dates
from bulletin.language.english_figures import find_english_figures
from bulletin.language.figures import find_figures
from bulletin.language.names import find_names

FINDERS = (find_dates, find_english_dates, find_figures, find_english_figures, find_names)


@pytest.mark.parametrize("finder", FINDERS, ids=lambda finder: finder.__name__)
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1, 2, ",
        "1/",
        "1.234.",
        "Nguyễn Văn ",
        "hai mươi ",
        "one hundred ",
        " ",
        "tháng ",
        "các đồng chí ",
        "ngày ",
    ],
)
def test_long_noise_is_passed_over(finder, piece):
    finder(piece * (6_000 // len(piece)))
