"""QR codes as inline SVG, drawn on the server: no image request, no script."""

import functools

import segno
from django.utils.safestring import SafeString


@functools.lru_cache(maxsize=256)
def qr_svg(address: str) -> SafeString:
    """The code of `address` with its quiet zone; size and meaning are the page's matter."""
    code = segno.make(address, error="m", micro=False)
    return SafeString(code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None))
