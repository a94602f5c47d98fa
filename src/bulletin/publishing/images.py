"""Images: found inside the article's folder, bounded, decoded, made smaller and encoded afresh."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import warnings
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bulletin.article import Image
from bulletin.finding import Finding, Severity
from bulletin.language.detect import looks_vietnamese
from bulletin.publishing.bulletin import Bulletin, BulletinBlock, Picture

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

MAX_BYTES = 50 * 2**20
MAX_PIXELS = 64_000_000
"""What cameras make today stays below; a file that unpacks to more is refused before it is decoded."""
MAX_SIDE = 1600
"""Pixels of the longer side as published: sharp across a page at 240 an inch."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class _RefusedError(Exception):
    """Why an image is not published: a finding's code, its message and its mend."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.code, self.message, self.mend = code, message, mend


def attach_images(bulletin: Bulletin, folder: Path) -> tuple[Bulletin, tuple[Finding, ...]]:
    """Give each caption the picture that it names, from ``folder``, the article's own.

    An image that is missing, unsafe or not an image is left out and reported. So is alternative
    text that is missing, which readers who cannot see the picture need, or is not English.
    """
    blocks: list[BulletinBlock] = []
    findings: list[Finding] = []
    for block in bulletin.blocks:
        done = block
        if block.image is not None and block.image.path:
            try:
                done = dataclasses.replace(block, picture=_load(block.image.path, folder))
            except _RefusedError as refused:
                findings.append(
                    Finding(refused.code, Severity.ERROR, refused.message, bulletin.name, mend=refused.mend)
                )
            alt = block.image.alt.strip()
            if looks_vietnamese(alt):
                # a screen reader would read it out as English
                done = dataclasses.replace(done, image=Image(block.image.path))
                findings.append(
                    _about_alt(
                        "alt-vietnamese",
                        f"the alternative text {alt!r} is Vietnamese, and left out",
                        bulletin,
                    )
                )
            elif not alt:
                shown = _shown(block.image.path)
                findings.append(
                    _about_alt("alt-missing", f"the picture {shown} has no alternative text", bulletin)
                )
        blocks.append(done)
    return dataclasses.replace(bulletin, blocks=tuple(blocks)), tuple(findings)


def _about_alt(code: str, message: str, bulletin: Bulletin) -> Finding:
    mend = "describe in a few English words what the picture shows"
    return Finding(code, Severity.WARNING, message, bulletin.name, mend=mend)


def _load(path: str, folder: Path) -> Picture:
    """One image of the article's folder; nothing of its file but the pixels is kept."""
    return _encode(_decode(_read(path, folder), path))


def _read(path: str, folder: Path) -> bytes:
    if "://" in path or path.lower().startswith(("data:", "javascript:", "//")):
        raise _RefusedError(
            "image-remote",
            f"the picture {_shown(path)} is an address, and nothing is fetched",
            "save it beside the article and name the file",
        )
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path or ":" in path:
        raise _RefusedError(
            "image-outside",
            f"the picture {_shown(path)} is not inside the article's folder",
            "copy it there and name it without .. and without a drive",
        )
    base = folder.resolve()
    try:
        file = (base / path).resolve()
        inside = file.is_relative_to(base) and file.is_file()
        if inside and file.stat().st_size > MAX_BYTES:
            raise _RefusedError(
                "image-too-large",
                f"the picture {_shown(path)} has more than {MAX_BYTES // 2**20} MiB",
                "save a smaller version",
            )
        # a link that leads out of the folder is treated as an absent file: what it names is no one's business
        content = file.read_bytes() if inside else None
    except (OSError, ValueError, RuntimeError):
        content = None
    if content is None:
        raise _RefusedError(
            "image-missing",
            f"the picture {_shown(path)} is not in the article's folder",
            "put it there, or take its name out of the article",
        )
    return content


def _decode(content: bytes, path: str) -> PillowImage:
    from PIL import Image as Pillow
    from PIL import ImageOps

    try:
        with warnings.catch_warnings():
            # Pillow warns at a size of its own; ours is checked below, before anything is decoded
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            image: PillowImage = Pillow.open(io.BytesIO(content), formats=_FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise Pillow.DecompressionBombError
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            image.load()
            image = ImageOps.exif_transpose(image)
    except Pillow.DecompressionBombError:
        raise _RefusedError(
            "image-too-large",
            f"the picture {_shown(path)} has more than {MAX_PIXELS // 1_000_000} million pixels",
            "save a smaller version",
        ) from None
    # a damaged file can fail in any decoder, each with errors of its own
    except Exception as error:
        raise _RefusedError(
            "image-unreadable",
            f"the picture {_shown(path)} is not a sound JPEG, PNG, WebP or GIF file",
            "save it again as JPEG or PNG",
        ) from error
    return image


def _encode(image: PillowImage) -> Picture:
    """Colours to sRGB, the longer side to MAX_SIDE, then JPEG, or PNG for drawings and transparency."""
    from PIL import Image as Pillow

    drawing = image.mode in ("P", "PA", "LA", "RGBA", "1") or "transparency" in image.info
    clear = "transparency" in image.info or image.mode in ("PA", "LA", "RGBA")
    image = _to_srgb(image).convert("RGBA" if clear else "RGB")
    image.thumbnail((MAX_SIDE, MAX_SIDE), Pillow.Resampling.LANCZOS)
    # a new image, so that nothing of the old file's metadata goes along
    fresh = Pillow.new(image.mode, image.size)
    fresh.paste(image)
    encoded = io.BytesIO()
    if drawing:
        fresh.save(encoded, "PNG", optimize=True)
        suffix, media_type = "png", "image/png"
    else:
        fresh.save(encoded, "JPEG", quality=85, optimize=True, progressive=True)
        suffix, media_type = "jpg", "image/jpeg"
    data = encoded.getvalue()
    digest = hashlib.sha256(data).hexdigest()[:16]
    return Picture(f"{digest}.{suffix}", media_type, data, fresh.width, fresh.height)


def _to_srgb(image: PillowImage) -> PillowImage:
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or image.mode not in ("RGB", "CMYK"):
        return image
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _shown(path: str) -> str:
    """A path as a message shows it: short, and without characters that act on a terminal."""
    return ascii(path if len(path) <= 80 else path[:77] + "...")
