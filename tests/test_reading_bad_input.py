"""Bad input: each kind gives one clear line with the place and the mend, and nothing else."""

import contextlib
import io
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.errors import BulletinError, ReadingError
from bulletin.reading import read_article
from reading_samples import HTML, MARKDOWN, SENTENCE, TEXT, repacked, sample_docx, small_docx

ENGLISH = (
    "The Government Office held a conference on administrative reform in Hanoi on Thursday morning.\n" * 3
)
DOCX = small_docx(SENTENCE)
ENTITY = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document/>"""


def packed(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def locked(package):
    # bit 0 of the flags, in the local header and in the directory
    data = bytearray(package)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


CASES = {
    "empty": (b"", "bai.txt", "is empty"),
    "blank": (b" \n\n ", "bai.txt", "is empty"),
    "only a bom": (b"\xef\xbb\xbf", "bai.txt", "no text|is empty"),
    "only residue": (b"leftcenterrightdel\n", "bai.txt", "no text"),
    "english": (ENGLISH.encode(), "bai.txt", "does not look like Vietnamese"),
    "english html": (
        f"<html><body><p>{ENGLISH}</p></body></html>".encode(),
        "bai.html",
        "does not look like Viet",
    ),
    "english docx": (small_docx(ENGLISH), "bai.docx", "does not look like Vietnamese"),
    "french": (
        "L’été dernier, le président a été reçu à l’Élysée par le Premier ministre.".encode(),
        "b.txt",
        "not look",
    ),
    "chinese": ("政府办公厅在河内召开会议。".encode(), "bai.txt", "does not look like Vietnamese"),
    "no marks": (
        b"Van phong Chinh phu to chuc Hoi nghi ve cai cach hanh chinh tai Ha Noi",
        "b.txt",
        "without its marks",
    ),
    "digits": ("12,5% – 13,4%".encode(), "bai.txt", "does not look like Vietnamese .it has no words"),
    "binary": (bytes(range(256)) * 40, "bai.txt", "binary file"),
    "zeros": (b"\0" * 5000, "bai.txt", "binary file"),
    "latin bytes": (b"\x80\x81\x90\xa0\xff" * 400, "bai.txt", "binary|not look like"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "bai.txt", "is a picture"),
    "pdf": (b"%PDF-1.7\n", "bai.pdf", "PDF.*\\.txt, \\.md, \\.html and \\.docx"),
    "pdf by name": (SENTENCE.encode(), "bai.pdf", "\\.pdf is not read.*\\.docx"),
    "rtf": (b"{\\rtf1 x}", "bai.rtf", "RTF.*\\.docx"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "bai.doc", "old Office.*save it as .docx"),
    "doc by name": (SENTENCE.encode(), "bai.DOC", "\\.doc is not read"),
    "docm": (DOCX, "bai.docm", "without macros"),
    "gzip": (b"\x1f\x8b\x08", "bai.txt.gz", "unpack"),
    "docx named txt": (DOCX, "bai.txt", "rename"),
    "text named docx": (SENTENCE.encode(), "bai.docx", "not a zip"),
    "50 MB": (SENTENCE.encode() * 470_000, "bai.txt", r"is 50\.8 MB.*at most 20 MB"),
    "6 MB of text": (b"a " * 3_000_000, "bai.txt", "6.0 million characters.*at most 5 million"),
    "zip, no word": (packed(a=b"x"), "bai.docx", "no Word document"),
    "truncated docx": (DOCX[: len(DOCX) // 2], "bai.docx", "damaged"),
    "corrupt docx": (DOCX[:300] + b"\xff" * 300 + DOCX[600:], "bai.docx", "damaged|password|packed"),
    "zip bomb": (repacked(DOCX, word__media__a=b"\0" * 120_000_000), "bai.docx", "unpacks to 121 MB"),
    "text bomb": (
        repacked(DOCX, word__document_xml=b"x").replace(b"document_xml", b"document.xml"),
        "b.docx",
        "damaged",
    ),
    "macros": (
        repacked(DOCX, word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
        "b.docx",
        "macros",
    ),
    "locked": (locked(DOCX), "bai.docx", "password"),
    "html without text": (b"<html><body><script>x()</script></body></html>", "bai.html", "no article text"),
    "html, only a comment": (b"<!-- x -->", "bai.html", "not HTML|no article text"),
    "yaml broken": (
        f"---\ntitle: a\ndate: [1\n---\n{SENTENCE}".encode(),
        "bai.md",
        "line [34]: front matter is not YAML",
    ),
    "yaml list": (f"---\n- a\n---\n{SENTENCE}".encode(), "bai.md", "line 2: front matter must be"),
    "yaml tag": (
        f"---\ntitle: !!python/name:os.system x\n---\n{SENTENCE}".encode(),
        "bai.md",
        "line 2: .*no anchors",
    ),
    "yaml alias": (
        f"---\ntitle: &a x\nsource: *a\n---\n{SENTENCE}".encode(),
        "bai.md",
        "line 2: .*no anchors",
    ),
    "yaml deep": (
        f"---\nimages: {'[' * 500}{']' * 500}\n---\n{SENTENCE}".encode(),
        "bai.md",
        "line 2: .*nested too deep",
    ),
    "yaml long": (f"---\ntitle: {'a' * 70_000}\n---\n{SENTENCE}".encode(), "bai.md", "line 1: .*over 64 kB"),
    "yaml control": (
        f"---\ntitle: \x01\n---\n{SENTENCE}".encode(),
        "bai.md",
        "front matter is not YAML|binary",
    ),
    "bad date": (
        f"---\ntitle: a\ndate: 2026-13-40\n---\n{SENTENCE}".encode(),
        "bai.md",
        "line 3: date '2026-13-40' is no day",
    ),
    "bad title": (
        f"---\ntitle: {{a: b}}\n---\n{SENTENCE}".encode(),
        "bai.md",
        "line 2: title must be one line",
    ),
    "bad images": (
        f"---\nimages: a.jpg\n---\n{SENTENCE}".encode(),
        "bai.md",
        "line 2: images must be a list",
    ),
    "deep markdown": (f"{SENTENCE}\n\n{'> ' * 80}{SENTENCE}".encode(), "bai.md", "line 3: .*nested too deep"),
    "brackets": (f"{SENTENCE}\n\n{'[' * 20_000}".encode(), "bai.md", "square brackets"),
    "bad image key": (
        f"---\nimages:\n  - {{file: a}}\n---\n{SENTENCE}".encode(),
        "bai.md",
        "line 3: .*'file'",
    ),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_is_one_clear_line(case):
    data, name, pattern = CASES[case]
    with pytest.raises(ReadingError, match=pattern) as caught:
        read_article(data=data, name=name)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(name)
    assert len(message) < 350


@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "docProps/core.xml"])
@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_entities_in_a_document_are_refused(part, encoding):
    content = ENTITY if encoding == "ascii" else ENTITY.decode().encode("utf-16")
    with pytest.raises(ReadingError, match="declares a document type or entities"):
        read_article(data=repacked(DOCX, **{part.replace("/", "__"): content}), name="bai.docx")


def test_external_targets_in_a_document_are_not_fetched():
    with zipfile.ZipFile(io.BytesIO(DOCX)) as package:
        rels = package.read("word/_rels/document.xml.rels")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = b'<Relationship Id="rId99" Type="%s" Target="http://192.0.2.1/x" TargetMode="External"/>' % kind
    data = repacked(
        DOCX,
        **{"word___rels__document.xml.rels": rels.replace(b"</Relationships>", link + b"</Relationships>")},
    )
    assert read_article(data=data, name="bai.docx").blocks[0].text == SENTENCE


def test_paths(tmp_path):
    with pytest.raises(ReadingError, match="no such file"):
        read_article(tmp_path / "khong-co.txt")
    with pytest.raises(ReadingError, match="is a folder"):
        read_article(tmp_path)
    fifo = tmp_path / "ong.txt"
    os.mkfifo(fifo)
    with pytest.raises(ReadingError, match="not a regular file"):
        read_article(fifo)
    with pytest.raises(ReadingError, match=r"cannot be read|no such file"):
        read_article(tmp_path / ("a" * 300))
    with pytest.raises(ReadingError, match=r"cannot be read|no such file"):
        read_article(tmp_path / "a\0b.txt")


def test_no_permission(tmp_path, monkeypatch):
    path = tmp_path / "kin.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):  # the super-user may read everything: have the system refuse

        def refuse(*_args, **_kwargs):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(ReadingError, match="may not be read; change its permissions"):
        read_article(path)


def test_large_file_is_not_read_whole(tmp_path):
    path = tmp_path / "lon.txt"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(ReadingError, match=r"is 3000\.0 MB"):
        read_article(path)


def test_scripts_are_never_read_as_text():
    page = (
        f"<html><body onload='x()'><p>{SENTENCE}<script>alert('Đoạn mã lạ')</script></p><p>{SENTENCE}</p>"
        "<style>p {}</style><noscript>Bật kịch bản</noscript><template>Khuôn</template></body></html>"
    )
    article = read_article(data=page.encode(), name="bai.html")
    assert [block.text for block in article.blocks] == [SENTENCE, SENTENCE]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 5_000 + SENTENCE,
        "<p>" * 20_000 + SENTENCE,
        "<b>" * 3_000 + SENTENCE + "</b>" * 3_000,
        f"<table>{'<tr><td>' * 2_000}{SENTENCE}",
        f"<p>{SENTENCE}</p><p>{SENTENCE}" + "<a href=" * 2_000,
        f"<p>{SENTENCE}" + "&lt;" * 5_000,
    ],
    ids=["div", "p", "b", "table", "attribute", "entities"],
)
def test_strange_pages_end_in_an_article_or_a_reading_error(page):
    try:
        article = read_article(data=page.encode(), name="bai.html")
    except ReadingError as error:
        assert "\n" not in str(error)
    else:
        assert SENTENCE in " ".join(block.text for block in article.blocks)


@pytest.mark.parametrize(
    "unit",
    [
        "Ảnh: ",
        "(",
        "[",
        "./.",
        "leftcenterrightdel ",
        "(TTXVN) ",
        "Hà ",
        "- ",
        "12/3/2026 ",
        "a.b.",
        "\u200b",
        "Xem thêm: ",
    ],
)
def test_long_lines_of_anything_are_read_in_step_with_their_length(unit):
    # patterns that go back and forth would run for hours on these
    text = (unit * 60_000)[:120_000]
    for data in (f"{SENTENCE}\n\n{text}\n\n{SENTENCE}", f"{SENTENCE} {text}"):
        with contextlib.suppress(ReadingError):
            read_article(data=data.encode(), name="bai.txt")


SEEDS = [
    ("bai.txt", TEXT.read_bytes()),
    ("bai.md", MARKDOWN.read_bytes()),
    ("bai.html", HTML.read_bytes()),
    ("bai.docx", sample_docx()),
]


@st.composite
def damaged_files(draw):
    name, data = draw(st.sampled_from(SEEDS))
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(changed) - 1))
        action = draw(st.sampled_from(["flip", "cut", "insert", "repeat"]))
        if action == "flip":
            changed[at] = draw(st.integers(0, 255))
        elif action == "cut":
            del changed[at : at + draw(st.integers(1, 400))]
        elif action == "insert":
            changed[at:at] = draw(st.binary(max_size=30))
        else:
            changed[at:at] = changed[at : at + 200]
        if not changed:
            break
    return name, bytes(changed)


@given(damaged_files())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_only_bulletin_errors_come_out_of_damaged_files(case):
    name, data = case
    try:
        read_article(data=data, name=name)
    except BulletinError as error:
        assert "\n" not in str(error)


@given(st.binary(max_size=600), st.sampled_from(["", "a.txt", "a.md", "a.html", "a.docx", "a"]))
@settings(max_examples=200, deadline=None)
def test_only_bulletin_errors_come_out_of_random_bytes(data, name):
    try:
        read_article(data=data, name=name)
    except BulletinError as error:
        assert "\n" not in str(error)


@given(st.text(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html"]))
@settings(max_examples=200, deadline=None)
def test_only_bulletin_errors_come_out_of_random_text(text, name):
    data = f"{SENTENCE} {text}\n\n{SENTENCE}\n".encode("utf-8", "replace")
    try:
        read_article(data=data, name=name)
    except BulletinError as error:
        assert "\n" not in str(error)
