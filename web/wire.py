"""Which requests does the server refuse by their first lines, before anything of their body is read?"""

import re
from typing import Final

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError

from web.security import MOST_BYTES

LENGTHS: Final = tuple(
    re.compile(rb"^%s[ \t]*:" % name, re.I | re.M) for name in (b"content-length", b"transfer-encoding")
)


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads one request off the wire.

    Two statements of one length are refused with 400, whichever a proxy in front believed. A body that is too large
    is left on the wire, which ends with the answer: the website sees its length alone and says so on a page of its own.
    """

    content_length: int

    def parse_header(self, header_plus: bytes) -> None:
        """Read the first line and the headers."""
        if all(length.search(header_plus) for length in LENGTHS):
            raise ParsingError("Content-Length and Transfer-Encoding")
        super().parse_header(header_plus)
        if self.content_length > MOST_BYTES:
            self.body_rcv, self.content_length, self.expect_continue = None, 0, False
            self.headers["CONNECTION"] = "close"


def guard() -> None:
    """Let every connection of this process read its requests so."""
    HTTPChannel.parser_class = Parser
