"""All variants read once, in two processes, and counted."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from tests.golden.disclosed import NAMES, TONGNAN
from tests.mutation.ambiguity import truly_open
from tests.mutation.damage import DAMAGES, Damaged
from tests.mutation.draft import Draft, draft_of, rendered
from tests.mutation.kinds import KINDS, MIXED, OPENING, seeded, variant
from tests.mutation.known import KNOWN
from tests.mutation.outcome import Compared, compared

COMPOSED = "composed"
# Tongnan's filing takes as long to read as the four others together.
_SEEDS, _SEEDS_OF_TONGNAN = 12, 1
_MIXES, _MIXES_OF_TONGNAN = 54, 2
_DAMAGES, _DAMAGES_OF_TONGNAN = 5, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One variant by its recipe: the same recipe makes the same text."""

    name: str
    kinds: tuple[str, ...]
    seed: int

    @property
    def group(self) -> str:
        """The kind that it is counted under."""
        return self.kinds[0] if len(self.kinds) == 1 else COMPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a case; ``silent`` says that damage which shows was not told."""

    case: Case
    what: str
    compared: Compared
    silent: bool = False


@cache
def damage_of(case: Case) -> Damaged | None:
    """The damaged draft of a case of damage."""
    kind = case.kinds[0]
    return DAMAGES[kind](draft_of(case.name), seeded(case.name, kind, case.seed))


# The processes that read the cases have the drafts from the one that planned them.
@cache
def draft_for(case: Case) -> Draft | None:
    """The draft of a case, or None where there is nothing to change."""
    if case.group in DAMAGES:
        damaged = damage_of(case)
        return damaged.draft if damaged else None
    return variant(case.name, case.kinds, case.seed)


def planned() -> list[Case]:
    """The cases in order; variants with the same text are planned once."""
    seen: set[bytes] = set()
    cases: list[Case] = []
    for case in _recipes():
        draft = draft_for(case)
        if draft is None:
            continue
        digest = sha256(rendered(draft).text.encode()).digest()
        if digest not in seen:
            seen.add(digest)
            cases.append(case)
    return cases


def _recipes() -> Iterator[Case]:
    for name in NAMES:
        dear = name == TONGNAN
        for kind in KINDS:
            for seed in range(_SEEDS_OF_TONGNAN if dear else _SEEDS):
                yield Case(name=name, kinds=(kind,), seed=seed)
        for seed in range(_MIXES_OF_TONGNAN if dear else _MIXES):
            sound = [kind for kind in MIXED if (kind, name) not in KNOWN]
            mixed = seeded(name, seed).sample(sound, 2 + seed % 3)
            kinds = tuple(sorted(mixed, key=MIXED.index))
            yield Case(name=name, kinds=kinds, seed=seed)
        for kind in DAMAGES:
            for seed in range(_DAMAGES_OF_TONGNAN if dear else _DAMAGES):
                yield Case(name=name, kinds=(kind,), seed=seed)


def run(case: Case) -> Result:
    """Make, read and compare one case."""
    if case.group not in DAMAGES:
        draft = draft_for(case)
        assert draft is not None
        lost = "boundaries-lost" in case.kinds
        read = compared(draft, excused=truly_open(draft) if lost else frozenset())
        if not lost and read.count("chosen") and OPENING & set(case.kinds):
            read = compared(draft, excused=truly_open(draft))
        return Result(case=case, what=" ".join(case.kinds), compared=read)
    damaged = damage_of(case)
    assert damaged is not None
    read = compared(damaged.draft)
    said = bool(read.news) or read.refused is not None
    hurt = any(fault.kind != "chosen" for fault in read.faults)
    return Result(
        case=case, what=damaged.what, compared=read, silent=not said and (damaged.told or hurt)
    )


def run_all(cases: Sequence[Case]) -> list[Result]:
    """Every case, in the order of the plan, on at most two cores."""
    with ProcessPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        return list(pool.map(run, cases, chunksize=8))


def table(results: Sequence[Result]) -> list[str]:
    """The counts by kind, as lines of text."""
    heads = ("kind", "variants", "right", "chosen", "open", "excused", "wrong", "row", "value",
             "lost", "unnamed", "invented", "beyond", "refused", "silent")  # fmt: skip
    lines = [f"{heads[0]:<24}" + "".join(f"{head:>9}" for head in heads[1:])]
    groups = [*KINDS, COMPOSED, *DAMAGES]
    totals = [0] * (len(heads) - 1)
    for group in groups:
        counts = counted([result for result in results if result.case.group == group])
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        lines.append(f"{group:<24}" + "".join(f"{count:>9}" for count in counts))
    lines.append(f"{'all':<24}" + "".join(f"{count:>9}" for count in totals))
    return lines


def counted(results: Sequence[Result]) -> tuple[int, ...]:
    """Variants, then amounts by outcome, then variants refused and silent."""
    read = [result.compared for result in results]

    def faults(kind: str) -> int:
        return sum(one.count(kind) for one in read)

    return (
        len(results),
        sum(one.right for one in read),
        faults("chosen"),
        sum(one.open for one in read),
        sum(one.excused for one in read),
        faults("wrong"),
        faults("wrong row"),
        faults("wrong value"),
        faults("lost"),
        faults("unnamed"),
        faults("invented"),
        faults("overclaimed"),
        sum(one.refused is not None for one in read),
        sum(result.silent for result in results),
    )
