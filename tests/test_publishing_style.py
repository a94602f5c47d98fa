"""Style files: what the built-in ones say, what an office's own may say, what is refused and how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import PublishingError
from bulletin.publishing.style import fill, load_style, style_names


def test_three_houses_are_built_in():
    assert style_names() == ("mofa", "vna", "vns")
    assert [load_style(name).name for name in style_names()] == ["mofa", "vna", "vns"]


@pytest.mark.parametrize(
    ("name", "country", "hanoi", "diacritics", "order", "percent"),
    [
        ("vna", "Vietnam", "Hanoi", False, "mdy", "%"),
        ("vns", "Việt Nam", "Hà Nội", True, "mdy", "per cent"),
        ("mofa", "Viet Nam", "Ha Noi", False, "dmy", "per cent"),
    ],
)
def test_houses_differ_where_they_say_so(name, country, hanoi, diacritics, order, percent):
    style = load_style(name)
    assert style.places.country == country
    assert style.places.spellings["Hà Nội"] == hanoi
    assert style.names.diacritics is diacritics
    assert style.dates.order == order
    assert style.figures.percent == percent


def test_own_style_extends_a_built_in_one(tmp_path):
    file = tmp_path / "house.toml"
    file.write_text('extends = "vna"\n[dateline]\nagency = "TTPO"\ncity = "Huế"\n', encoding="utf-8")
    style = load_style(file)
    assert (style.name, style.base) == ("house", "vna")
    assert style.dateline.agency == "TTPO"
    assert style.dateline.form == load_style("vna").dateline.form
    assert style.places.spellings["Hà Nội"] == "Hanoi"


def test_own_style_extends_another_file_from_its_own_folder(tmp_path):
    (tmp_path / "base.toml").write_text('[places]\ncountry = "Viet Nam"\n', encoding="utf-8")
    (tmp_path / "house.toml").write_text('extends = "base.toml"\n', encoding="utf-8")
    style = load_style(str(tmp_path / "house.toml"))
    assert (style.name, style.base, style.places.country) == ("house", "vna", "Viet Nam")


def test_the_base_is_the_nearest_built_in_style(tmp_path):
    (tmp_path / "house.toml").write_text('extends = "vns"\n', encoding="utf-8")
    assert load_style(tmp_path / "house.toml").base == "vns"
    assert [load_style(name).base for name in style_names()] == list(style_names())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[names]\ndiacritic = true\n", "did you mean 'names.diacritics'"),
        ("[datelines]\n", "did you mean 'dateline'"),
        ('[names]\ndiacritics = "yes"\n', "names.diacritics is true or false"),
        ('[dates]\norder = "ymd"\n', "dates.order is one of 'mdy', 'dmy'"),
        ('[dateline]\nform = "{town} – "\n', "{town} is not a place; the places are {city}"),
        ('[dateline]\nform = "{city"\n', "a brace is not closed"),
        ('[captions]\ncredit = "[{credit}"\n', "a square bracket is not closed"),
        ("names = 3\n", "names is a table"),
        ("[places]\nkeep = 3\n", "places.keep takes a list of texts"),
        ("[places.spellings]\nHue = 3\n", "places.spellings.Hue takes a text"),
        ("[places]\nspellings = 3\n", "places.spellings is a table"),
        ("title = 4\n", "title takes a text"),
        ('name = ""\n', "name takes a text"),
        ("extends = 4\n", "extends takes the name or path"),
        ('extends = "vnaa"\n', "did you mean 'vna'"),
        ('extends = "house.toml"\n', "in a circle"),
        ("=\n", "this is not TOML"),
    ],
)
def test_a_broken_style_names_its_file_and_the_mend(tmp_path, content, says):
    file = tmp_path / "house.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PublishingError) as caught:
        load_style(file)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value).strip()
    if "vnaa" not in content:
        assert "house.toml" in str(caught.value)


def test_files_that_are_no_style(tmp_path):
    with pytest.raises(PublishingError, match="the built-in ones are mofa, vna, vns"):
        load_style("vnn")
    with pytest.raises(PublishingError, match="no such style file"):
        load_style(tmp_path / "absent.toml")
    big = tmp_path / "big.toml"
    big.write_bytes(b"#" * 300_000)
    with pytest.raises(PublishingError, match="at most 256 KiB"):
        load_style(big)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'title = "\xe9"')
    with pytest.raises(PublishingError, match="UTF-8"):
        load_style(latin)


@pytest.mark.parametrize(
    ("pattern", "values", "filled"),
    [
        ("{city}[ ({agency})] – ", {"city": "HANOI", "agency": "VNA"}, "HANOI (VNA) – "),
        ("{city}[ ({agency})] – ", {"city": "HANOI", "agency": ""}, "HANOI – "),
        ("{city}[, {date}] – ", {"city": "Ha Noi", "date": ""}, "Ha Noi – "),
        ("no places", {}, "no places"),
    ],
)
def test_patterns_are_filled(pattern, values, filled):
    assert fill(pattern, values) == filled


@given(st.text(), st.text(min_size=1))
def test_values_are_never_patterns(city, agency):
    assert fill("{city}[ ({agency})]", {"city": city, "agency": agency}) == f"{city} ({agency})"
