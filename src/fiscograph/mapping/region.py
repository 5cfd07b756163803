"""Administrative divisions as concepts."""

from __future__ import annotations

from dataclasses import replace

from fiscograph.budget import Concept, ConceptKey, Region
from fiscograph.vocabulary.concepts import REGION, listed


def region_concept(region: Region) -> Concept:
    """A region as the list has it, under the wider one that the release carries."""
    key = ConceptKey(scheme=REGION, edition=None, notation=region.code)
    known = listed(REGION).get(key)
    if known is not None:
        return replace(known, parent=region.parent)
    return Concept(
        key=key,
        labels=(region.name,),
        label_en=None,
        parent=region.parent,
        support="printed",
    )
