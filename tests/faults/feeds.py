"""Feeds on loopback with invented articles, and how often each was asked for."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

N_ARTICLES = 3  # of each feed
TEXT = """The harbour council of Port Velm met on Tuesday over the toll for ferries, its second session in a week.

"The toll for ferry {number} stays as it is," said Ada Holm, the harbour master of Velm.

Shipowners had asked for a lower toll since the spring, when traffic fell and two lines gave up their routes. The
council heard their accountants for an hour and put no question to them.

The question of the night tariff remains unresolved. A new session was called for Friday, and the pilots will be
heard then, a clerk of the council said. Nobody of the shipowners stayed until the end of the session."""


def item(feed: int, number: int, published: datetime) -> str:
    name = f"{feed}-{number}"
    paragraphs = "".join(f"<p>{p}</p>" for p in TEXT.format(number=name).split("\n\n"))
    return (
        f"<item><title>Port Velm keeps the toll for ferry {name}</title><link>https://velm.example/{name}</link>"
        f"<guid>{name}</guid><pubDate>{format_datetime(published)}</pubDate>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
    )


@dataclass
class FeedServer:
    """Serves any number of feeds: /feed/1, /feed/2 and so on."""

    hits: Counter[int] = field(default_factory=Counter)

    def __enter__(self) -> Self:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.rpartition("/")[2]
                if not name.isdigit():
                    self.send_error(404)
                    return
                owner.hits[int(name)] += 1
                body = owner.body(int(name)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def url(self, feed: int) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/feed/{feed}"

    def body(self, feed: int) -> str:
        published = datetime.now(UTC) - timedelta(hours=2)  # noqa: TID251 - the worker has the clock of the machine
        items = "".join(item(feed, n, published.replace(microsecond=0)) for n in range(N_ARTICLES))
        return (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Velm {feed}</title>{items}</channel></rss>"
        )
