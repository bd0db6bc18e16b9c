"""Headers that several answers share, and the one in which a client says what it reads."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

#: The query page: scripts and styles from here alone, and no address but this one may be asked.
#: The hash is that of the one style sheet which YASGUI's column resizer writes into the page.
OWN_ONLY: Final = (
    "default-src 'none'; script-src 'self'; "
    "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: The reviewer's page brings its own policy in its head.
PAGE_POLICY: Final = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
#: Of every answer whose format was chosen.
VARY: Final = {"Vary": "Accept"}


def accepted(request: Request) -> str:
    """The media types that a request accepts, of all its Accept headers."""
    return ", ".join(request.headers.getlist("accept"))
