"""How much one client may ask: queries at once, query time and errors in a minute.

A client is the address that the connection, or a trusted proxy, gives; for IPv6 the first 64 bits,
which one subscriber has whole.
"""

from __future__ import annotations

import contextlib
import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fiscograph.queries import (
    EngineBusy,
    EngineFailed,
    QueryError,
    QueryOutOfMemory,
    QueryTimeout,
    TooManyQueries,
)

_MINUTE = 60.0
# What a query that cost a worker counts as.
_KILLED = 5.0
_MOST_CLIENTS = 10_000
_SUBSCRIBER_BITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """What one client has: ``at_once`` queries, ``seconds`` of worker time and ``errors`` in a
    minute; a query that had to be killed counts as five errors.
    """

    at_once: int = 2
    seconds: int = 60
    errors: int = 30


@dataclass(slots=True)
class _Client:
    """What one client has used; each entry is when, and how much."""

    running: int = 0
    spent: deque[tuple[float, float]] = field(default_factory=deque)
    errors: deque[tuple[float, float]] = field(default_factory=deque)


class Admission:
    """The accounts of all clients; used on the event loop alone.

    Args:
        quotas: what each has.
        clock: seconds that only grow.
    """

    def __init__(self, quotas: Quotas, clock: Callable[[], float] = time.monotonic) -> None:
        self._quotas = quotas
        self._clock = clock
        self._clients: OrderedDict[str, _Client] = OrderedDict()

    @contextlib.contextmanager
    def admitted(self, address: str | None) -> Iterator[None]:
        """One query of a client, counted with its time and its error.

        Raises:
            TooManyQueries: the client has used its share.
        """
        client = self._client(name_of(address))
        self._check(client)
        client.running += 1
        start = self._clock()
        try:
            yield
        except (EngineBusy, EngineFailed):  # ours, not the client's
            raise
        except QueryError as error:
            weight = _KILLED if isinstance(error, QueryTimeout | QueryOutOfMemory) else 1.0
            client.errors.append((self._clock(), weight))
            raise
        finally:
            client.running -= 1
            now = self._clock()
            client.spent.append((now, now - start))

    def _client(self, name: str) -> _Client:
        client = self._clients.setdefault(name, _Client())
        self._clients.move_to_end(name)
        # The longest silent are forgotten first; one that is being answered never is.
        while len(self._clients) > _MOST_CLIENTS:
            oldest = next((key for key, one in self._clients.items() if not one.running), None)
            if oldest is None:
                break
            del self._clients[oldest]
        return client

    def _check(self, client: _Client) -> None:
        quotas = self._quotas
        if client.running >= quotas.at_once:
            raise TooManyQueries("at once", quotas.at_once, 1)
        for what, used, limit in (
            ("seconds", client.spent, quotas.seconds),
            ("errors", client.errors, quotas.errors),
        ):
            wait = self._wait(used, limit)
            if wait is not None:
                raise TooManyQueries(what, limit, wait)

    def _wait(self, used: deque[tuple[float, float]], limit: float) -> int | None:
        """Whole seconds until a share is free again; None where it is."""
        start = self._clock() - _MINUTE
        while used and used[0][0] <= start:
            used.popleft()
        over = sum(amount for _, amount in used) - limit
        if over < 0:
            return None
        for when, amount in used:
            over -= amount
            if over < 0:
                return max(1, int(when - start) + 1)
        return int(_MINUTE)


def name_of(address: str | None) -> str:
    """What a client is counted under.

    >>> name_of("2001:db8:1:2::77"), name_of("::ffff:192.0.2.1"), name_of(None)
    ('2001:db8:1:2::/64', '192.0.2.1', '')
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _SUBSCRIBER_BITS), strict=False))
    return str(parsed)
