"""Images: what is published of them, and what is refused."""

import dataclasses
import datetime
import io
import struct
import zlib

import pytest
from PIL import Image as Pillow
from PIL import TiffImagePlugin

from bulletin.article import BlockKind, Image
from bulletin.publishing.bulletin import Bulletin, BulletinBlock
from bulletin.publishing.formats import FORMATS, write_bulletin
from bulletin.publishing.images import MAX_SIDE, attach_images


def bulletin_with(path, alt="A hall"):
    caption = BulletinBlock(BlockKind.CAPTION, "The hall.", "(Photo: VNA)", Image(path, alt))
    lead = BulletinBlock(BlockKind.PARAGRAPH, "The lead.")
    return Bulletin("hoi-nghi", "A headline", (lead, caption), "HANOI – ", datetime.date(2021, 3, 12))


def photo(folder, name="hall.jpg", size=(400, 300), **options):
    picture = Pillow.linear_gradient("L").resize(size).convert("RGB")
    picture.save(folder / name, **options)
    return folder / name


def attached(path, folder, alt="A hall"):
    bulletin, findings = attach_images(bulletin_with(path, alt), folder)
    return bulletin.blocks[1].picture, [finding.code for finding in findings]


def test_a_photo_is_made_smaller_turned_upright_and_loses_its_metadata(tmp_path):
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera of the office"
    exif.get_ifd(0x8825)[2] = (TiffImagePlugin.IFDRational(21), TiffImagePlugin.IFDRational(1), 0)
    photo(tmp_path, size=(3000, 2000), exif=exif, comment=b"secret")
    picture, codes = attached("hall.jpg", tmp_path)
    assert codes == []
    assert (picture.width, picture.height) == (1067, MAX_SIDE)
    assert picture.media_type == "image/jpeg"
    again = Pillow.open(io.BytesIO(picture.data))
    assert not again.getexif()
    assert "comment" not in again.info
    assert b"Camera" not in picture.data


def test_the_same_file_gives_the_same_picture(tmp_path):
    photo(tmp_path)
    assert attached("hall.jpg", tmp_path) == attached("hall.jpg", tmp_path)


def test_drawings_stay_sharp_and_clear(tmp_path):
    Pillow.new("RGBA", (20, 10), (255, 0, 0, 0)).save(tmp_path / "logo.png")
    picture, _ = attached("logo.png", tmp_path)
    assert picture.media_type == "image/png"
    assert Pillow.open(io.BytesIO(picture.data)).getpixel((0, 0))[3] == 0


def test_a_subfolder_is_inside(tmp_path):
    (tmp_path / "img").mkdir()
    photo(tmp_path, "img/hall.jpg")
    assert attached("img/hall.jpg", tmp_path)[0] is not None


def test_missing_alt_is_a_finding(tmp_path):
    photo(tmp_path)
    picture, codes = attached("hall.jpg", tmp_path, alt=" ")
    assert picture is not None
    assert codes == ["alt-missing"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("absent.jpg", "image-missing"),
        ("../secret.jpg", "image-outside"),
        ("a/../../secret.jpg", "image-outside"),
        ("/etc/passwd", "image-outside"),
        ("..\\secret.jpg", "image-outside"),
        ("C:secret.jpg", "image-outside"),
        ("a\0b.jpg", "image-outside"),
        ("https://example.org/a.jpg", "image-remote"),
        ("//example.org/a.jpg", "image-remote"),
        ("data:image/png;base64,AAAA", "image-remote"),
        ("javascript:alert(1)", "image-remote"),
        ("link.jpg", "image-missing"),
        (".", "image-outside"),
        ("x" * 5000, "image-missing"),
        ("text.jpg", "image-unreadable"),
        ("cut.jpg", "image-unreadable"),
        ("drawing.svg", "image-unreadable"),
    ],
)
def test_what_is_no_safe_image_is_left_out(tmp_path, path, code):
    folder = tmp_path / "article"
    folder.mkdir()
    photo(tmp_path, "secret.jpg")
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "text.jpg").write_text("this is no picture")
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    (folder / "cut.jpg").write_bytes(photo(folder).read_bytes()[:500])
    picture, codes = attached(path, folder)
    assert picture is None
    assert codes == [code]


def test_a_file_of_200_megapixels_is_refused_before_it_is_decoded(tmp_path):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 0, 0, 0, 0)
    (tmp_path / "bomb.png").write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
    assert attached("bomb.png", tmp_path) == (None, ["image-too-large"])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_a_picture(tmp_path, name):
    photo(tmp_path)
    bulletin, _ = attach_images(bulletin_with("hall.jpg"), tmp_path)
    plain = dataclasses.replace(
        bulletin, blocks=tuple(dataclasses.replace(b, picture=None) for b in bulletin.blocks)
    )
    (with_picture,) = write_bulletin(bulletin, tmp_path / "with", [name])
    (without,) = write_bulletin(plain, tmp_path / "without", [name])
    if name == "txt":
        assert with_picture.read_bytes() == without.read_bytes()
    else:
        assert with_picture.read_bytes() != without.read_bytes()
    if FORMATS[name].pictures_beside:
        assert (tmp_path / "with" / "images" / bulletin.blocks[1].picture.name).is_file()
