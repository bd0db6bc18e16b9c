"""``kg publish``: a build into a named graph of any SPARQL 1.1 store, over HTTP.

By the Graph Store Protocol it is one PUT, by SPARQL Update one request that drops the graph and inserts it: either
way the store replaces the graph at once or leaves it as it was, as far as it runs a request as one transaction.
Credentials come from the environment alone, are sent to no address that the store redirects to, and stand in no
message.
"""

from __future__ import annotations

import base64
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    BaseHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    Request,
    build_opener,
)

from kg import dataset, folder
from kg.errors import PublishError, UsageError
from kg.export.iri import BASE, graph_iri, is_iri
from kg.rdf import RdfFormat, Triple, read_file, serialize

USER: Final = "KG_PUBLISH_USER"
PASSWORD: Final = "KG_PUBLISH_PASSWORD"  # noqa: S105  # the name of a variable
TOKEN: Final = "KG_PUBLISH_TOKEN"  # noqa: S105

#: How much of a refusal is shown.
_SHOWN: Final = 300


@dataclass(frozen=True)
class Credentials:
    """A user with a password (Basic or Digest, as the store asks), or a bearer token; or neither."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @staticmethod
    def of(environment: Mapping[str, str] = os.environ) -> Credentials:
        """Those of KG_PUBLISH_USER and KG_PUBLISH_PASSWORD, or of KG_PUBLISH_TOKEN."""
        found = Credentials(*(environment.get(name, "") for name in (USER, PASSWORD, TOKEN)))
        if found.token and found.user:
            raise UsageError(f"{USER} and {TOKEN} are both set; leave one out")
        if bool(found.user) != bool(found.password):
            raise UsageError(f"{USER} and {PASSWORD} go together; set both")
        return found

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    @property
    def basic(self) -> str:
        """What Authorization says to a store that asks for Basic."""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Published:
    """What stands where now."""

    graph: str
    triples: int


def publish(
    target: Path,
    endpoint: str,
    *,
    graph: str = "",
    update: bool = False,
    evidence: bool = True,
    licence: str = "",
    credentials: Credentials | None = None,
    timeout: float = 300.0,
) -> Published:
    """Replace a named graph of the store by the graph of a build with its description, or by an RDF file.

    Without ``graph`` its name is the base of the build, ``graph/`` and the name of the folder. ``timeout`` is in
    seconds of silence. Raises UsageError, FormatError, and PublishError with what the store says.
    """
    credentials = credentials or Credentials()
    _refuse(endpoint, graph, credentials)
    graph = graph or _name(target)
    told = (*_triples(target, evidence), *dataset.describe(target, graph, licence=licence))
    triples = list(dict.fromkeys(told))
    request = _update(endpoint, graph, triples) if update else _put(endpoint, graph, triples)
    _send(request, endpoint, credentials, timeout)
    return Published(graph, len(triples))


def _refuse(endpoint: str, graph: str, credentials: Credentials) -> None:
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("--endpoint: give an address that begins with http:// or https://")
    if "@" in parts.netloc:
        raise UsageError(f"--endpoint: leave name and password out of the address; set {USER} and {PASSWORD}")
    if credentials and parts.scheme == "http" and not _here(parts.hostname):
        raise UsageError(f"--endpoint {_shown(endpoint)}: credentials are sent over https only")
    if graph and not is_iri(graph):
        raise UsageError(f"--graph {graph}: must be an absolute IRI")


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _name(target: Path) -> str:
    report = folder.read_report(target) if target.is_dir() else None
    return graph_iri(target.resolve().stem, str((report or {}).get("base", BASE)))


def _triples(target: Path, evidence: bool) -> list[Triple]:
    files = folder.turtle_files(target)
    return [triple for path in (files if evidence else files[:1]) for triple in read_file(path)]


def _put(endpoint: str, graph: str, triples: list[Triple]) -> Request:
    """One PUT of the Graph Store Protocol."""
    joint = "&" if urlsplit(endpoint).query else "?"
    address = f"{_address(endpoint)}{joint}graph={quote(graph, safe='')}"
    headers = {"Content-Type": "text/turtle; charset=utf-8"}
    return Request(address, _ntriples(triples), headers, method="PUT")  # noqa: S310  # http or https: _refuse


def _update(endpoint: str, graph: str, triples: list[Triple]) -> Request:
    """One request of two operations, which the store runs as one."""
    name = f"<{graph}>".encode()
    body = b"DROP SILENT GRAPH %b ;\nINSERT DATA { GRAPH %b {\n%b} }\n" % (name, name, _ntriples(triples))
    headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
    return Request(_address(endpoint), body, headers, method="POST")  # noqa: S310


def _ntriples(triples: list[Triple]) -> bytes:
    """N-Triples are Turtle, and the body of INSERT DATA."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _address(endpoint: str) -> str:
    """The endpoint, what is no ASCII in its path and query encoded."""
    parts = urlsplit(endpoint)
    path, query = (quote(part, safe="/%:;=@!$&'()*+,~?") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _shown(endpoint: str) -> str:
    """The endpoint without its query, which may hold a key."""
    parts = urlsplit(endpoint)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


class _Stay(HTTPRedirectHandler):
    """Goes nowhere else: a redirected PUT would carry graph and credentials to an address nobody gave."""

    def redirect_request(self, *arguments: object) -> None:
        """No request: the redirection is an error."""
        return


class _Answer(HTTPDigestAuthHandler):
    """Answers one challenge of the store, with Digest when it offers that, or else with Basic.

    Nothing is sent unasked: Virtuoso, which wants Digest, does not say so to who comes with Basic.
    """

    def __init__(self, credentials: Credentials, address: str) -> None:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, address, credentials.user, credentials.password)
        super().__init__(passwords)
        self._basic = credentials.basic
        self._answered = False

    def http_error_401(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> Any:
        """Send the request again with an answer; a second refusal is final."""
        if self._answered:
            return None
        self._answered = True
        asked = {scheme.split(" ")[0].lower(): scheme for scheme in headers.get_all("WWW-Authenticate") or ()}
        if "digest" in asked:
            return self.retry_http_digest_auth(req, asked["digest"])
        if "basic" in asked:
            req.add_unredirected_header("Authorization", self._basic)
            return self.parent.open(req, timeout=req.timeout)
        return None


def _send(request: Request, endpoint: str, credentials: Credentials, timeout: float) -> None:
    handlers: list[BaseHandler] = [_Stay()]
    if credentials.token:
        request.add_unredirected_header("Authorization", f"Bearer {credentials.token}")
    if credentials.user:
        handlers.append(_Answer(credentials, request.full_url))
    shown = _shown(endpoint)
    try:
        with build_opener(*handlers).open(request, timeout=timeout):
            return
    except HTTPError as error:
        with error:
            raise PublishError(shown, _why(error, bool(credentials))) from None
    except URLError as error:
        raise PublishError(shown, f"cannot be reached: {error.reason}") from None
    except (OSError, HTTPException) as error:
        raise PublishError(shown, f"broke off: {error or type(error).__name__}") from None


def _why(error: HTTPError, known: bool) -> str:
    """What the status means, and what the store says itself."""
    if error.code in (401, 403):
        remedy = "look at" if known else "set"
        return f"refuses us ({error.code}); {remedy} {USER} and {PASSWORD}, or {TOKEN}"
    if 300 <= error.code < 400:
        where = _shown(error.headers.get("Location") or "")
        return f"sends us on to {where or 'nowhere'} ({error.code}); give that address as --endpoint"
    if error.code in (404, 405, 501):
        return f"takes no graphs here ({error.code}); give the address of its Graph Store, or of its updates with --update"
    return f"answers {error.code}: {_body(error) or error.reason}"


def _body(answer: IO[bytes]) -> str:
    return " ".join(answer.read(4 * _SHOWN).decode("utf-8", "replace").split())[:_SHOWN]
