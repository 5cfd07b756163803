"""What the server counts, in the text format of Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from fiscograph.resources import program_version
from fiscograph.serving.site import Site

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# Addresses are open-ended, so they are counted by what they lead to.
_PLACES = frozenset(
    {
        "api",
        "catalog",
        "code",
        "describe",
        "download",
        "filing",
        "organization",
        "policy",
        "project",
    }
    | {"resolve", "search", "source", "sparql", "static", "trace"}
)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Measures:
    """Counters of one server."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, int], tuple[Counter, Histogram, Counter]] = {}
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._requests = Counter(
            "fiscograph_http_requests",
            "Requests that were answered.",
            ("place", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "fiscograph_http_request_seconds",
            "From the request's head to the end of the answer.",
            ("place",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._bytes = Counter(
            "fiscograph_http_response_bytes",
            "Bytes of the answers' bodies, packed where they were.",
            ("place",),
            registry=self._registry,
        )
        self._open = Gauge(
            "fiscograph_http_requests_open", "Requests not yet answered.", registry=self._registry
        )
        self._release = Gauge(
            "fiscograph_release_info",
            "1 for the release that is served.",
            ("identity", "program"),
            registry=self._registry,
        )
        self._workers = Gauge(
            "fiscograph_query_workers",
            "Processes that answer queries or stand ready.",
            ("engine",),
            registry=self._registry,
        )

    def begun(self) -> None:
        """A request has come."""
        self._open.inc()

    def ended(self) -> None:
        """A request that had come has been answered, or its client is gone."""
        self._open.dec()

    def answered(self, *, path: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count an answer."""
        place = place_of(path)
        key = (place, method if method in _METHODS else "other", status)
        # Finding a counter by its labels costs more than counting.
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = (
                self._requests.labels(place=place, method=key[1], status=str(status)),
                self._seconds.labels(place=place),
                self._bytes.labels(place=place),
            )
        requests, times, sizes = found
        requests.inc()
        times.observe(seconds)
        sizes.inc(size)

    def text(self, site: Site) -> bytes:
        """Everything counted so far, with what ``site`` is."""
        self._release.clear()
        self._release.labels(identity=site.identity, program=program_version()).set(1)
        for name, engine in (("public", site.public), ("pages", site.pages)):
            self._workers.labels(engine=name).set(len(engine.pids))
        return generate_latest(self._registry)


def place_of(path: str) -> str:
    """What an address leads to, one of a few words.

    >>> place_of("/policy/渝财社/2022/155"), place_of("/"), place_of("/wp-login.php")
    ('policy', 'start', 'other')
    """
    if path == "/":
        return "start"
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in _PLACES else "other"
