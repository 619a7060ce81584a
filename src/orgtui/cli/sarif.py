"""Findings as a SARIF 2.1.0 log, the exchange format of checkers, code hosts and editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from orgtui import __version__
from orgtui.api.checking import CheckedState
from orgtui.cli.common import to_json
from orgtui.cli.finding_locations import LocatedFinding, locate_findings, relative_to_cwd
from orgtui.locales import translate
from orgtui.model.records import Severity
from orgtui.model.sentence import Sentence
from orgtui.rules.registry import CatalogueRule, catalogue

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}


def sarif_lines(checked: CheckedState) -> Iterator[str]:
    """The log as `--format sarif` writes it."""
    yield to_json(_log(locate_findings(checked)))


def _log(findings: Iterable[LocatedFinding]) -> dict[str, object]:
    """The log of one run; accepted findings are included, with their reason as suppression."""
    rules = list(catalogue().values())
    numbers = {each.code: number for number, each in enumerate(rules)}
    driver = {"name": "orgtui", "version": __version__, "rules": [_rule(each) for each in rules]}
    results = [_result(each, numbers[each.reported.finding.code]) for each in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(each: CatalogueRule) -> dict[str, object]:
    summary, _, page = each.page.partition("\n")
    return {
        "id": each.code,
        "name": each.name,
        "shortDescription": {"text": translate(Sentence(summary))},
        "help": {"text": page.strip(), "markdown": page.strip()},
        "defaultConfiguration": {"level": LEVELS[each.severity]},
    }


def _result(each: LocatedFinding, rule: int) -> dict[str, object]:
    reported, finding = each.reported, each.reported.finding
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": LEVELS[reported.severity],
        "message": {"text": each.words},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(each.location.file)},
                    "region": {"startLine": each.location.line},
                },
                "logicalLocations": [{"fullyQualifiedName": subject} for subject in finding.subjects],
            }
        ],
        "partialFingerprints": {"orgtui/v1": " ".join((finding.code, *finding.subjects))},
        "properties": {"size": finding.size, "evidence": dict(finding.evidence)},
    }
    if reported.acceptance is not None:
        result["suppressions"] = [{"kind": "external", "justification": reported.acceptance.why}]
    return result


def _uri(file: str) -> str:
    path = relative_to_cwd(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
