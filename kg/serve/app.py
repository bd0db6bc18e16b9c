"""The addresses of the service, and what each answers. Starlette's door."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg import __version__, questions
from kg.export.formats import namespaces
from kg.export.iri import BASE, NODES
from kg.folder import DOCUMENTS, PAGE, SERVED, STORE, read_report
from kg.serve import terms
from kg.serve.answer import Reply
from kg.serve.guard import LOOPBACK, Guard
from kg.serve.headers import OWN_ONLY, PAGE_POLICY, VARY, accepted
from kg.serve.media import HTML, TRIPLES, choose
from kg.serve.options import Options
from kg.serve.pool import Pool
from kg.serve.protocol import Asked, ProtocolError, asked
from kg.serve.resource import iri_of, service_description

_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".txt": "text/plain"}
#: Seconds in which a body must have come.
_BODY_TIME: Final = 30.0


class Service:
    """The handlers of one folder."""

    def __init__(self, folder: Path, options: Options) -> None:
        self._folder = folder
        self._limits = options.limits
        self.pool = Pool(folder, options.limits)
        self._spool = Path()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The workers, and the folder in which answers wait, live as long as this; raises WorkerError."""
        with tempfile.TemporaryDirectory(prefix="kg-serve-") as spool:
            self._spool = Path(spool)
            try:
                await self.pool.open()
                yield
            finally:
                await self.pool.close()

    async def sparql(self, request: Request) -> Response:
        """The endpoint; its own description when nothing is asked."""
        body = await self._body(request) if request.method == "POST" else b""
        content_type = request.headers.get("content-type", "")
        if len(request.scope["query_string"]) > self._limits.body_bytes:
            raise ProtocolError(413, f"a query may have {self._limits.body:g} MB")
        found = asked(request.method, request.scope["query_string"], content_type, body)
        return self._description(request) if found is None else await self._answer(request, found)

    async def _answer(self, request: Request, found: Asked) -> Response:
        job = {
            "kind": "sparql",
            "query": found.query,
            "default": found.default,
            "named": found.named,
            "accept": accepted(request),
        }
        return await self._spooled(request, job)

    def _description(self, request: Request) -> Response:
        media = choose(accepted(request), (*TRIPLES, HTML))
        if media is None:
            raise ProtocolError(406, f"the description can be had as {', '.join(m.type for m in TRIPLES)}")
        if media is HTML:
            return RedirectResponse("/query", 303, headers=VARY)
        written = service_description(f"{_root(request)}/sparql", media)
        return Response(written, media_type=media.header, headers=VARY)

    async def thing(self, request: Request) -> Response:
        """An entity or a node of the evidence, described; who reads HTML sees the entity on the page."""
        base = str((read_report(self._folder) or {}).get("base") or BASE)
        iri = iri_of(request.scope["raw_path"], base)
        if iri is None:
            raise ProtocolError(404, "the address is not UTF-8")
        media = choose(accepted(request), (*TRIPLES, HTML))
        page = media is HTML and request.url.path.startswith("/id/")
        accept = "*/*" if media is HTML else accepted(request)
        described = await self._spooled(request, {"kind": "describe", "iri": iri, "accept": accept})
        if page and described.status_code == 200:
            if described.background:
                await described.background()
            return RedirectResponse(f"/#e={quote(iri, safe='')}", 303, headers=VARY)
        return described

    async def question(self, request: Request) -> Response:
        """The SPARQL of a named question, with the values that the address gives."""
        job = {
            "kind": "question",
            "name": request.path_params["name"],
            "params": dict(request.query_params),
        }
        reply = await self._reply(request, job)
        if reply["status"] != 200:
            return _refused(reply)
        return PlainTextResponse(reply["text"], media_type="application/sparql-query; charset=utf-8")

    async def health(self, _: Request) -> Response:
        """200 while there are workers."""
        alive = self.pool.alive
        status = {"status": "ok" if alive else "no workers", "workers": alive, "version": __version__}
        return JSONResponse(status, 200 if alive else 503)

    async def page(self, _: Request) -> Response:
        """The reviewer's page as the build wrote it; of a large graph the one that asks this service for the rest."""
        headers = {"Content-Security-Policy": PAGE_POLICY}
        pages = (self._folder / STORE / SERVED, self._folder / PAGE)
        found = next((path for path in pages if path.is_file()), None)
        if found is None:
            raise ProtocolError(404, "this build has no page")
        return FileResponse(found, media_type=HTML.header, headers=headers)

    async def text(self, request: Request) -> Response:
        """The text of a document, in which its offsets count."""
        texts = (self._folder / DOCUMENTS).resolve()
        path = (texts / request.path_params["name"]).resolve()
        if path.suffix != ".txt" or not path.is_relative_to(texts) or not path.is_file():
            raise ProtocolError(404, "there is no such text")
        return FileResponse(path, media_type="text/plain; charset=utf-8")

    async def catalogue(self, _: Request) -> Response:
        """The prefixes and the named questions, for the query page."""
        base = str((read_report(self._folder) or {}).get("base") or BASE)
        rows = [
            {
                "name": question.name,
                "title": question.title,
                "about": question.about,
                "parameters": [
                    {"name": p.name, "type": p.type, "required": p.required, "about": p.about}
                    for p in question.parameters
                ],
            }
            for question in questions.list_queries()
        ]
        return JSONResponse({"prefixes": namespaces(base), "questions": rows})

    async def _spooled(self, request: Request, job: Mapping[str, Any]) -> Response:
        """The answer to a job that writes a file, sent when it is whole."""
        with tempfile.NamedTemporaryFile(dir=self._spool, delete=False) as file:
            path = Path(file.name)
        try:
            reply = await self._reply(request, {**job, "path": str(path)})
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        if reply["status"] != 200:
            path.unlink(missing_ok=True)
            return _refused(reply)
        gone = BackgroundTask(path.unlink, missing_ok=True)
        headers = {"Content-Type": reply["type"], "Content-Length": str(reply["size"]), **VARY}
        return FileResponse(path, headers=headers, background=gone)

    async def _reply(self, request: Request, job: Mapping[str, Any]) -> Reply:
        """The pool's reply; a client that goes away takes the work with it."""
        work = asyncio.ensure_future(self.pool.ask(job))
        away = asyncio.ensure_future(_disconnected(request))
        try:
            await asyncio.wait((work, away), return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise ClientDisconnect
            return work.result()
        finally:
            for task in (work, away):
                task.cancel()
            await asyncio.gather(work, away, return_exceptions=True)

    async def _body(self, request: Request) -> bytes:
        most = self._limits.body_bytes
        body = bytearray()
        try:
            async with asyncio.timeout(_BODY_TIME):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > most:
                        raise ProtocolError(413, f"a query may have {self._limits.body:g} MB")
        except TimeoutError:
            raise ProtocolError(408, "the query did not arrive in time") from None
        return bytes(body)


async def query_page(_: Request) -> Response:
    """The page on which a query is written."""
    return _static("query.html", {"Content-Security-Policy": OWN_ONLY})


async def static(request: Request) -> Response:
    """A script or a style of the query page; names come from a listing, never from the address."""
    name = request.path_params["name"]
    if name not in {path.name for path in (files("kg.serve") / "static").iterdir()}:
        raise ProtocolError(404, "there is nothing at this address")
    return _static(name, {})


def _static(name: str, headers: Mapping[str, str]) -> Response:
    content = (files("kg.serve") / "static" / name).read_bytes()
    return Response(content, media_type=_TYPES.get(Path(name).suffix, "text/plain"), headers=headers)


def _root(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def _refused(reply: Reply) -> Response:
    return _sentence(reply["status"], reply["says"])


def _sentence(status: int, says: str, headers: Mapping[str, str] | None = None) -> Response:
    retry = {"Retry-After": "5"} if status == 503 else {}
    return PlainTextResponse(f"{says}\n", status, headers={**(headers or {}), **retry, **VARY})


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _protocol_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProtocolError)
    return _sentence(error.status, error.says)


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    says = {404: "there is nothing at this address", 405: "this address takes no such method"}
    return _sentence(error.status_code, says.get(error.status_code, error.detail), error.headers)


async def _gone(_: Request, error: Exception) -> Response:
    return _sentence(499, "the client went away")  # nobody reads it


def make_app(service: Service, options: Options) -> Starlette:
    """The application of a service."""
    get: Callable[..., Route] = lambda path, do: Route(path, do, methods=["GET"])  # noqa: E731
    roots = ("id", *NODES)
    return Starlette(
        routes=[
            get("/", service.page),
            get("/documents/{name:path}", service.text),
            get("/query", query_page),
            get("/static/{name}", static),
            Route("/sparql", service.sparql, methods=["GET", "POST"]),
            get("/questions", service.catalogue),
            get("/questions/{name}", service.question),
            get("/ontology", terms.ontology),
            get("/ontology/{version}", terms.ontology),
            get("/shapes", terms.shapes),
            get("/context.jsonld", terms.context),
            get("/health", service.health),
            *(get(f"/{root}/{{rest:path}}", service.thing) for root in roots),
        ],
        middleware=[
            Middleware(Guard, hosts=(*LOOPBACK, options.host, *options.hosts), origins=options.origins)
        ],
        exception_handlers={
            ProtocolError: _protocol_error,
            HTTPException: _http_error,
            ClientDisconnect: _gone,
        },
    )
