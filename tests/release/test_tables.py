"""The columns are a contract with everyone who reads the tables: the design's own words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.release.sample import sample

from fiscograph.release.tables import TABLES, Directory, as_csv

COLUMNS = {
    "filings": "filing,source,source_file,sha256,region,department,budget_code,fiscal_year,kind",
    "printed_amounts": "amount,filing,source,line,start,end,printed,value,unit,unit_basis,"
    "amount_cny,table,form,row_code,row_label,column,fiscal_year,phase,placement,rivals,"
    "is_aggregate",
    "allocations": "allocation,cube,filing,organization,fiscal_year,phase,fund,scheme,code,label,"
    "spending_type,amount_cny,evidence,rule",
    "projects": "project_budget,project,filing,code,name,unit,unit_code,department,category,"
    "amount_cny,upper_cny,own_cny,other_cny,lines",
    "indicators": "indicator,filing,project_budget,of,level1,level2,name,operator,"
    "operator_printed,target,unit,weight,direction,core,line",
    "policies": "policy,number,issuer_code,issuer,year,serial,title,kind",
    "statements": "statement,filing,line,start,about,value,unit,year",
    "citations": "citation,filing,project_budget,cited_by,field,printed,number,title,policy,line,"
    "start,score",
    "funding": "policy,number,title,project_budget,project_code,project_name,unit,department,"
    "fiscal_year,amount_cny,via",
    "checks": "check,filing,rule,outcome,left,right,difference,tolerance,lines",
    "findings": "finding,filing,rule,severity,message_zh,message_en,printed,expected,lines",
    "ledger": "filing,source,line,start,end,token,printed,bin",
    "organizations": "organization,name,code,region,role,parent",
}
DOCUMENTED = Path(__file__).resolve().parents[2] / "docs/reference/tables.md"


def test_every_table_is_named() -> None:
    assert {table.name for table in TABLES} == set(COLUMNS)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_header_rows_and_order(table: object) -> None:
    made = next(one for one in TABLES if one is table)
    data, number = as_csv(made, Directory.of(sample()))
    text = data.decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    header, *rows = csv.reader(text.splitlines())
    assert ",".join(header) == COLUMNS[made.name]
    assert len(rows) == number > 0
    keys = [tuple(row[header.index(name)] for name in made.key) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_documented(table: object) -> None:
    made = next(one for one in TABLES if one is table)
    text = DOCUMENTED.read_text("utf-8")
    section = text.partition(f"## {made.name}.csv")[2].partition("\n## ")[0]
    assert section
    missing = [name for name in made.columns if f"| `{name}` |" not in section]
    assert not missing
