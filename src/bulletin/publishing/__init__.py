"""Publishing: a draft's English laid out in a house style, in every format that readers use."""

from bulletin.publishing.bulletin import Bulletin, BulletinBlock, Picture, make_bulletin
from bulletin.publishing.formats import FORMATS, write_bulletin
from bulletin.publishing.style import Style, load_style, style_names

__all__ = [
    "FORMATS",
    "Bulletin",
    "BulletinBlock",
    "Picture",
    "Style",
    "load_style",
    "make_bulletin",
    "style_names",
    "write_bulletin",
]
