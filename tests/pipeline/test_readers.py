"""The processes that read filings end with the one that started them, however it ends."""

from __future__ import annotations

import os
import select
import subprocess
import sys

import pytest

CODE = (
    "import os, time\n"
    "from fiscograph.pipeline import readers\n"
    "with readers(1) as pool:\n"
    "    print(pool.submit(os.getpid).result(), flush=True)\n"
    "    time.sleep(60)\n"
)


@pytest.mark.skipif(sys.platform != "linux", reason="pidfd_open is Linux's")
def test_readers_end_with_a_killed_build() -> None:
    with subprocess.Popen([sys.executable, "-c", CODE], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        watched = os.pidfd_open(int(first.stdout.readline()))
        first.kill()
        first.wait()
    poll = select.poll()
    poll.register(watched, select.POLLIN)
    assert poll.poll(30_000), "a reader outlived the build"
    os.close(watched)
