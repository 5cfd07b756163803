"""What is asked of the index. ``:years`` and the like are values, never formatted in.

A filter is NULL where nothing is filtered; ``:regions`` and ``:ways`` are JSON arrays. Covered
project budgets are in no figure but ``covered``.
"""

from __future__ import annotations

_MONEY = """
  COALESCE(SUM(amount) FILTER (WHERE NOT covered), 0) AS money,
  COALESCE(SUM(amount) FILTER (WHERE NOT covered AND NOT inferred), 0) AS stated,
  COUNT(*) FILTER (WHERE NOT covered) AS projects,
  COUNT(*) FILTER (WHERE NOT covered AND inferred) AS inferred_projects,
  COUNT(*) FILTER (WHERE NOT covered AND amount IS NULL) AS without_amount,
  COUNT(*) FILTER (WHERE covered) AS covered_projects
"""
_TAKEN = """
  (:year IS NULL OR year = :year) AND (:phase IS NULL OR phase = :phase)
  AND (:regions IS NULL OR region IN (SELECT value FROM json_each(:regions)))
"""
_OF_LEVEL = "(:level IS NULL OR document IN (SELECT id FROM document WHERE level = :level))"
_PAIRS = f"SELECT * FROM edge WHERE {_TAKEN} AND {_OF_LEVEL}"
# Made once over all regions: year, phase and level take whole rows of it.
_SUMS = f"""
  SELECT document, year, phase, {_MONEY},
    COUNT(DISTINCT region) FILTER (WHERE NOT covered) AS regions
"""
RANKED = f"""
CREATE TABLE ranked AS {_SUMS} FROM edge GROUP BY document, year, phase;
CREATE INDEX ranked_by_money ON ranked (money DESC, projects DESC, document, year, phase);
"""
_OF_ALL = f"""
  SELECT * FROM ranked
  WHERE (:year IS NULL OR year = :year) AND (:phase IS NULL OR phase = :phase) AND {_OF_LEVEL}
"""
_OF_REGIONS = f"{_SUMS} FROM ({_PAIRS}) GROUP BY document, year, phase"
_SHARED = f"""
  SELECT document, year, phase FROM ({_PAIRS}) WHERE NOT covered
  GROUP BY document, year, phase HAVING COUNT(DISTINCT region) > 1
"""
_SHARED_PAIRS = f"SELECT * FROM ({_PAIRS}) WHERE (document, year, phase) IN ({_SHARED})"

# One row per project budget that rests on a document or on what hands it on; a project budget is
# inferred where each of these links is.
_FUNDED = """
  SELECT budget, year, phase, amount, covered, MIN(inferred) AS inferred,
    MAX(document = (SELECT id FROM document WHERE iri = :own)) AS direct
  FROM edge
  WHERE document IN (SELECT id FROM document WHERE iri IN (SELECT value FROM json_each(:ways)))
  GROUP BY budget
"""
FUNDING_TOTALS = f"""
SELECT year, phase, {_MONEY},
  COALESCE(SUM(amount) FILTER (WHERE NOT covered AND direct), 0) AS direct_money
FROM ({_FUNDED}) GROUP BY year, phase ORDER BY year DESC, phase DESC
"""
FUNDING_ROWS = f"""
SELECT budget, said FROM (
  SELECT funded.budget, direct, budget.year, filing, code, iri
  FROM ({_FUNDED}) AS funded JOIN budget ON budget.id = funded.budget
  ORDER BY direct DESC, budget.year, filing, code, iri LIMIT :most OFFSET :skipped
) JOIN told USING (budget) ORDER BY direct DESC, year, filing, code, iri
"""
DOCUMENTS_OF = """
SELECT budget, document.iri FROM edge JOIN document ON document.id = edge.document
WHERE budget IN (SELECT value FROM json_each(:budgets))
"""


def ranking(*, shared: bool, within: bool) -> str:
    """The documents of each year and phase, ranked, with how many there are in all.

    Args:
        shared: only those behind projects of several regions, the most regions first.
        within: only some regions are asked for.
    """
    return f"""
SELECT document.iri, sums.*, COUNT(*) OVER ()
FROM ({_OF_REGIONS if within else _OF_ALL}) AS sums JOIN document ON document.id = sums.document
WHERE {"regions > 1" if shared else "TRUE"}
ORDER BY {"regions DESC," if shared else ""} money DESC, projects DESC, document, year, phase
LIMIT :rows
"""


REGIONS = """
SELECT region.iri, region.name, SUM(amount), COUNT(*)
FROM edge JOIN region ON region.id = edge.region
WHERE document = :document AND year = :year AND phase = :phase AND NOT covered
  AND (:regions IS NULL OR edge.region IN (SELECT value FROM json_each(:regions)))
GROUP BY edge.region ORDER BY edge.region
"""
DEPARTMENTS = """
SELECT COUNT(DISTINCT payer) FROM edge
WHERE document = :document AND year = :year AND phase = :phase AND NOT covered
  AND (:regions IS NULL OR region IN (SELECT value FROM json_each(:regions)))
"""


def unions(*, shared: bool, every: bool) -> str:
    """Each project budget once, by year and phase.

    Args:
        shared: only those of the documents that several regions share.
        every: documents of all levels are asked for, so that what rests on any is in.
    """
    if every and not shared:
        return _unions("1")
    return f"""
SELECT year, phase, {_MONEY} FROM (
  SELECT budget, year, phase, amount, covered, MIN(inferred) AS inferred
  FROM ({_SHARED_PAIRS if shared else _PAIRS}) GROUP BY budget
) GROUP BY year, phase ORDER BY year DESC, phase DESC
"""


def _unions(founded: str) -> str:
    return f"""
SELECT year, phase, {_MONEY} FROM budget WHERE founded = {founded} AND {_TAKEN}
GROUP BY year, phase ORDER BY year DESC, phase DESC
"""


def union_documents(*, shared: bool, within: bool) -> str:
    """How many documents stand behind what :func:`unions` counts."""
    return f"""
SELECT year, phase, COUNT(*) FROM ({_OF_REGIONS if within else _OF_ALL})
WHERE projects > 0 {"AND regions > 1" if shared else ""} GROUP BY year, phase
"""


WITHOUT_BASIS = f"""
SELECT budget.iri, budget.name, filing, year, phase, region.iri, region.name,
  organization.iri, organization.name, amount, covered
FROM budget LEFT JOIN region ON region.id = budget.region
LEFT JOIN organization ON organization.id = COALESCE(budget.unit, budget.payer)
WHERE founded = 0 AND {_TAKEN.replace("region IN", "budget.region IN")}
ORDER BY COALESCE(amount, 0) DESC, budget.iri LIMIT :rows
"""
WITHOUT_BASIS_UNIONS = _unions("0")
# The region is that of the first project budget in the order of IRIs: with MIN, SQLite takes the
# other columns from the row that has it.
SHARES = f"""
WITH shared AS (
  SELECT payer, year, phase, {_MONEY},
    COALESCE(SUM(amount) FILTER (WHERE founded AND NOT covered), 0) AS founded_money,
    COALESCE(SUM(amount) FILTER (WHERE founded AND NOT inferred AND NOT covered), 0)
      AS founded_stated,
    COUNT(*) FILTER (WHERE founded AND NOT covered) AS founded_projects,
    region, MIN(iri)
  FROM budget WHERE {_TAKEN} GROUP BY payer, year, phase
)
SELECT organization.iri, organization.name, region.iri, region.name, year, phase, money,
  founded_money, founded_stated, projects, founded_projects, inferred_projects, without_amount,
  covered_projects, COUNT(*) OVER ()
FROM shared LEFT JOIN organization ON organization.id = payer
LEFT JOIN region ON region.id = shared.region
ORDER BY money DESC, COALESCE(organization.iri, ''), year, phase LIMIT :rows
"""

YEARS = "SELECT DISTINCT year FROM budget WHERE year <> '' ORDER BY year"
PHASES = "SELECT DISTINCT phase FROM budget WHERE phase <> '' ORDER BY phase"
FILING_REGIONS = """
SELECT iri, name FROM region
WHERE iri IS NOT NULL AND id IN (SELECT region FROM budget) ORDER BY iri
"""

DOCUMENTS = "SELECT said FROM document ORDER BY id"
RELATIONS = "SELECT said FROM relation ORDER BY id"
POSSIBLE = "SELECT document, said FROM possible ORDER BY id"
