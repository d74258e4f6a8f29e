"""Who gets in: only who knows the token, and only from a page that this server sent."""

import hmac
import ipaddress
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

HEADERS = {
    # The page may load what this server sends, and nothing from anywhere else; no other page may frame it.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        "img-src 'self' data:; connect-src 'self' {socket}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # the address holds the token
    "X-Content-Type-Options": "nosniff",
}


def guard(token: str, host: str) -> Middleware:
    """A middleware that refuses whoever is not meant; nothing behind it is reached without the token."""
    loopback = is_loopback(host)

    @web.middleware
    async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.path.split("/")[1] if "/" in request.path else ""
        if not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
            return _refusal("This address lacks its token. Use the whole address that “obelos serve” has printed.")
        # A name that leads here through somebody else's name server is not ours (DNS rebinding).
        if loopback and not is_loopback(_host(request)):
            return _refusal("This server answers only to localhost.")
        origin, is_socket = request.headers.get("Origin"), request.path == f"/{token}/ws"
        if (origin or is_socket) and origin != f"{request.scheme}://{request.host}":
            return _refusal("Another page asked for this. Only the page that this server sends may.")
        if request.path != f"/{token}/" and request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
            return _refusal("Another page asked for this. Only the page that this server sends may.")
        return await handler(request)

    return refuse


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on every answer."""
    for name, value in HEADERS.items():
        response.headers[name] = value.replace("{socket}", f"ws://{request.host}")


def is_loopback(host: str) -> bool:
    """Whether a name or address means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host(request: web.Request) -> str:
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""


def _refusal(why: str) -> web.Response:
    return web.Response(status=403, text=f"{why}\n")
