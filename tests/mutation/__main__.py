"""``python -m tests.mutation [KIND …]`` prints the counts, and with kinds what went wrong."""

from __future__ import annotations

import sys

from tests.mutation.session import Result, planned, run_all, table


def _told(result: Result) -> list[str]:
    read = result.compared
    faults = [fault for fault in read.faults if fault.kind != "chosen"] or list(read.faults)
    if not faults and not result.silent and read.refused is None:
        return []
    head = f"{result.case.name} {result.case.kinds} seed {result.case.seed}: {result.what}"
    said = read.refused or ", ".join(read.news) or ("SILENT" if result.silent else "-")
    lines = [f"{head} [{said}] {len(read.faults)} faults"]
    return lines + [
        f"    {fault.kind} line {fault.line} {fault.printed!r}: true {fault.true}; read {fault.read}"
        for fault in faults[:4]
    ]


if __name__ == "__main__":
    wanted = set(sys.argv[1:])
    results = run_all([case for case in planned() if not wanted or set(case.kinds) & wanted])
    lines = table(results)
    if wanted:
        lines += [line for result in results for line in _told(result)]
    sys.stdout.write("\n".join(lines) + "\n")
