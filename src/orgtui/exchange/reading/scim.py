"""Reading SCIM 2.0: the list of users that directories give (RFC 7643, RFC 7644)."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from orgtui.exchange.problems import CannotRead, ImportProblem, Option, Question
from orgtui.exchange.reading.json_objects import Located
from orgtui.exchange.rows import Row, Sheet, SheetChoice
from orgtui.model.sentence import sentence

_ENTERPRISE: Final = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

FIELDS = {
    "id": "id",
    "displayName": "name",
    "givenName": "first_name",
    "familyName": "last_name",
    "email": "email",
    "title": "title",
    f"{_ENTERPRISE}:department": "team",
    f"{_ENTERPRISE}:manager.value": "manager",
    f"{_ENTERPRISE}:manager.displayName": "manager_name",
    "active": "state",
    "userType": "contract",
}
"""The fields that are taken, and the part that each plays."""

Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else str(value))]


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class _Name(_Lenient):
    given: Text = Field("", validation_alias="givenName")
    family: Text = Field("", validation_alias="familyName")
    formatted: Text = ""


class _Email(_Lenient):
    value: Text = ""
    type: Text = ""
    primary: bool = False


class _Manager(_Lenient):
    value: Text = ""
    name: Text = Field("", validation_alias="displayName")


class _Enterprise(_Lenient):
    department: Text = ""
    manager: _Manager = Field(default_factory=lambda: _Manager.model_validate({}))


class _User(_Lenient):
    id: Text = ""
    user_name: Text = Field("", validation_alias="userName")
    display_name: Text = Field("", validation_alias="displayName")
    name: _Name = Field(default_factory=lambda: _Name.model_validate({}))
    title: Text = ""
    active: bool = True
    user_type: Text = Field("", validation_alias="userType")
    emails: list[_Email] = []
    enterprise: _Enterprise = Field(
        default_factory=lambda: _Enterprise.model_validate({}), validation_alias=_ENTERPRISE
    )


def is_scim(value: object) -> bool:
    """Whether a JSON value is a list response of SCIM."""
    return isinstance(value, dict) and isinstance(value.get("Resources"), list)


def read_scim(value: dict[str, Any], text: str) -> SheetChoice:
    """The users of a list response; raises CannotRead for one that is no user."""
    rows = [Row(1, tuple(FIELDS))]
    for resource in value["Resources"]:
        line = resource.line if isinstance(resource, Located) else 1
        try:
            user = _User.model_validate(resource)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"])) or "Resources"
            raise CannotRead(
                sentence("{place} does not fit a user of SCIM ({reason})", place=place, reason=first["msg"]),
                line,
            ) from None
        rows.append(Row(line, _cells(user)))
    return SheetChoice(
        (
            Sheet(
                tuple(rows),
                {"encoding": "utf-8", "format": "scim"},
                _missing_page(value, text),
                has_fields=True,
                parts=FIELDS,
            ),
        )
    )


def _cells(user: _User) -> tuple[str, ...]:
    name = user.name
    mail = next((each.value for each in user.emails if each.primary), "")
    return (
        user.id or user.user_name,
        user.display_name or name.formatted,
        name.given,
        name.family,
        mail or next((each.value for each in user.emails), ""),
        user.title,
        user.enterprise.department,
        user.enterprise.manager.value,
        user.enterprise.manager.name,
        "true" if user.active else "false",
        user.user_type,
    )


def _missing_page(value: dict[str, Any], text: str) -> tuple[ImportProblem, ...]:
    """The question about users that stand on other pages of the list."""
    total, here = value.get("totalResults"), len(value["Resources"])
    if not isinstance(total, int) or isinstance(total, bool) or total <= here:
        return ()
    says = sentence(
        "{here} of {total} users are in this file; fetch the next page too", here=here, total=total
    )
    options = (
        Option("go-on", sentence("go on without them")),
        Option("stop", sentence("stop, to fetch them first")),
    )
    question = Question("incomplete-export", says, options, "go-on")
    line = text.count("\n", 0, text.find('"totalResults"')) + 1
    return (ImportProblem(line, "question", "incomplete-export", says, question=question),)
