"""The terms of the graph at their addresses: the ontology, its shapes and its JSON-LD context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg import release
from kg.serve.headers import OWN_ONLY, VARY, accepted
from kg.serve.media import HTML, TRIPLES, Media, choose
from kg.serve.protocol import ProtocolError
from kg.serve.resource import ontology_page

_FORMATS: Final = {"TURTLE": "ttl", "N_TRIPLES": "nt", "JSON_LD": "jsonld", "RDF_XML": "rdfxml"}
_MEDIA: Final = tuple(media for media in TRIPLES if media.format in _FORMATS)


async def ontology(request: Request) -> Response:
    """The ontology at its own address or that of its version, in the format asked for."""
    version = request.path_params.get("version")
    if version not in (None, release.version()):
        raise ProtocolError(404, f"this is version {release.version()} of the ontology")
    media = _written_as(request, "the ontology", (*_MEDIA, HTML))
    if media is HTML:
        headers = {"Content-Security-Policy": OWN_ONLY, **VARY}
        return Response(ontology_page(), media_type=HTML.header, headers=headers)
    return Response(release.text(_FORMATS[media.format]), media_type=media.header, headers=VARY)


async def shapes(request: Request) -> Response:
    """The SHACL shapes that the ontology points to."""
    media = _written_as(request, "the shapes", _MEDIA)
    written = release.text(_FORMATS[media.format], shapes=True)
    return Response(written, media_type=media.header, headers=VARY)


async def context(_: Request) -> Response:
    """The JSON-LD context that the ontology points to; a reader of JSON-LD on any page may fetch it."""
    headers = {"Access-Control-Allow-Origin": "*"}
    return Response(release.text("context"), media_type="application/ld+json", headers=headers)


def _written_as(request: Request, what: str, offered: Sequence[Media]) -> Media:
    media = choose(accepted(request), offered)
    if media is None:
        raise ProtocolError(406, f"{what} can be had as {', '.join(m.type for m in offered)}")
    return media
