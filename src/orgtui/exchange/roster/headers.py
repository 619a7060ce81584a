"""The names that columns have in exports of HR systems, directories and charts, by the part they play.

English, German and Chinese, as seen in public exports. Whole names are compared, folded, never parts of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.exchange.roster.texts import fold_header

PARTS: Mapping[str, tuple[str, ...]] = {
    "id": (
        *(
            "employee #",
            "employee id",
            "employee number",
            "employee no",
            "emp id",
            "emp no",
            "emp #",
            "staff id",
        ),
        *("staff no", "worker id", "workday id", "associate id", "payroll number", "file number", "file #"),
        *("badge id", "person id", "person number", "personnel number", "personalnummer", "personal-nr"),
        *("mitarbeiternummer", "mitarbeiter-id", "工号", "员工编号", "员工工号", "人员编号", "员工userid"),
        *("用户id", "编号", "账号", "帐号", "position id", "position number", "position no", "position code"),
        *(
            "岗位编号",
            "职位编号",
            "user id",
            "user name",
            "login",
            "login id",
            "uid",
            "unique id",
            "identity",
            "id",
            "key",
            "samaccountname",
        ),
        *("user principal name", "object id"),
    ),
    "worker_id": ("incumbent id",),
    "name": (
        *("full name", "display name", "employee name", "worker name", "name", "employee", "worker"),
        *("payroll name", "incumbent", "incumbent name", "position holder", "last name, first name"),
        *("first and last name", "legal name", "member name", "staff name", "mitarbeiter", "mitarbeitername"),
        *("vollständiger name", "姓名", "名字", "员工姓名", "成员姓名", "人员姓名", "真实姓名"),
    ),
    "first_name": (*("first name", "first", "given name", "forename", "legal first name", "vorname", "名"),),
    "last_name": ("last name", "last", "surname", "sn", "family name", "legal last name", "nachname", "姓"),
    "preferred_name": (
        *("preferred name", "preferred first name", "nickname", "known as", "rufname"),
        *("别名", "英文名", "花名", "昵称"),
    ),
    "email": (
        *("work email", "work e-mail", "business email", "company email", "email", "e-mail", "mail"),
        *("email address", "e-mail address", "email primary", "primary email", "primary work email"),
        *("e-mail-adresse", "工作邮箱", "企业邮箱", "邮箱", "公司邮箱", "电子邮箱", "邮箱地址"),
    ),
    "dn": ("distinguished name", "dn"),
    "title": (
        *("business title", "job title", "title", "position title", "employee title", "working title"),
        *("job title description", "position name", "position", "job position", "job profile", "job role"),
        *(
            "job",
            "role",
            "stelle",
            "stellenbezeichnung",
            "jobtitel",
            "berufsbezeichnung",
            "funktionsbezeichnung",
        ),
        *("岗位", "岗位名称", "职位", "职位名称", "职务", "职务名称"),
    ),
    "team": (
        *("org unit path", "organization unit path", "business unit", "事业部", "公司部门", "中心"),
        *("division", "bereich", "geschäftsbereich", "一级部门", "function", "org unit", "org unit name"),
        *("organizational unit", "organization unit", "organisational unit", "organisationseinheit"),
        *("supervisory organization", "home department description", "home department", "department"),
        *("department name", "cost center name", "abteilung", "部门", "所在部门", "所属部门", "部门名称"),
        *(
            "二级部门",
            "sub-department",
            "sub department",
            "sub-function",
            "sub-division",
            "三级部门",
            "group",
        ),
        *(
            "section",
            "team",
            "team name",
            "squad",
            "gruppe",
            "小组",
            "四级部门",
            "团队",
            "组别",
            "科室",
            "stpid",
        ),
    ),
    "parent_team": (
        *("parent department", "superior organization", "parent org unit", "parent team", "上级部门"),
    ),
    "manager": (
        *(
            "manager id",
            "manager employee id",
            "manager employee number",
            "manager number",
            "supervisor position id",
            "supervisor's position id",
            "manager position number",
            "superior position",
            "manager no",
        ),
        *("mgr no", "mgr id", "manager #", "supervisor id", "supervisor e id", "supervisor employee id"),
        *(
            "reports to id",
            "reports to file number",
            "boss id",
            "manager's position id",
            "manager position id",
        ),
        *(
            "reports to position id",
            "reports to position",
            "parent position id",
            "parent id",
            "pid",
            "上级id",
        ),
        *(
            "上级工号",
            "直属上级工号",
            "直接上级工号",
            "汇报对象工号",
            "主管工号",
            "上级岗位编号",
            "manager userid",
        ),
        *("manager email", "manager e-mail", "manager work email", "supervisor email", "reports to email"),
        *("manager user principal name", "直属上级邮箱", "vorgesetzten-id", "vorgesetzter id"),
        *("vorgesetzter personalnummer", "manager", "manager name", "managers name", "line manager"),
        *("direct manager", "reporting manager", "people manager", "reporting to", "reports to"),
        *("reports to name", "supervisor", "supervisor name", "boss", "direct supervisor", "parent"),
        *(
            "vorgesetzter",
            "vorgesetzte",
            "direkter vorgesetzter",
            "führungskraft",
            "teamleiter",
            "berichtet an",
        ),
        *(
            "直属上级",
            "直接上级",
            "直属主管",
            "直接主管",
            "上级",
            "上级主管",
            "主管",
            "汇报对象",
            "汇报给",
            "汇报人",
        ),
        *("汇报上级", "直线经理", "上级姓名"),
    ),
    "manager_name": (),
    "second_manager": (
        *("dotted-line manager", "dotted line manager", "dotted line", "dotted-rep id", "dotted reports to"),
        *("matrix manager", "secondary manager", "second manager", "functional manager", "fachvorgesetzter"),
        *("fachlicher vorgesetzter", "虚线上级", "虚线主管", "虚线汇报", "业务上级"),
    ),
    "lead": (
        *("leader", "sub leader", "is manager", "is leader", "team lead", "is team lead", "is lead"),
        *("department head", "is department head", "people manager flag", "是否部门负责人", "是否部门主管"),
        *("是否此部门主管", "是否为部门负责人", "是否负责人", "是否主管", "部门负责人", "是否部门领导"),
    ),
    "assistant": ("is assistant", "assistant"),
    "state": (
        *(
            "status",
            "employment status",
            "employee status",
            "worker status",
            "lifecycle status",
            "user account control",
            "position status",
            "user status",
        ),
        *("active status", "active", "is active", "enabled", "account enabled", "suspended", "is suspended"),
        *("vacancy", "vacant", "is vacant", "on leave", "mitarbeiterstatus", "beschäftigungsstatus", "状态"),
        *("员工状态", "在职状态", "启用状态", "激活状态", "禁用状态", "人员状态", "任职状态", "岗位状态"),
    ),
    "contract": (
        *("employment type", "employee type", "worker type", "workforce type", "user type", "contract type"),
        *("time type", "beschäftigungsart", "anstellungsart", "vertragsart", "arbeitsverhältnis", "tags"),
        *(
            "人员类型",
            "雇员类型",
            "用工类型",
            "人员类别",
            "员工类别",
            "employment category",
            "员工类型",
            "用工形式",
        ),
    ),
    "fte": (
        *("fte", "fte %", "fte percent", "fte percentage", "full time equivalent", "capacity", "workload"),
        *("beschäftigungsgrad", "arbeitszeitanteil", "vzä", "投入比例", "全职当量", "工时比例"),
    ),
    "hours": (
        *("standard hours", "weekly hours", "hours per week", "scheduled weekly hours", "work hours"),
        *("contracted hours", "wochenstunden", "wochenarbeitszeit", "stunden pro woche", "工时", "周工时"),
        *("每周工时",),
    ),
    "start": (
        *("hire date", "start date", "date joining", "date of joining", "joining date", "original hire date"),
        *(
            "effective date",
            "eintrittsdatum",
            "eintritt",
            "startdatum",
            "入职日期",
            "入职时间",
            "到岗日期",
            "预计到岗",
        ),
    ),
    "end": (
        *("termination date", "end date", "leaving date", "last day", "last working day", "left on"),
        *("austrittsdatum", "austritt", "letzter arbeitstag", "离职日期", "离职时间", "最后工作日"),
    ),
}
"""The names of each part's columns, the most telling first."""

PRIVATE = (
    *("password", "salary", "base pay", "base salary", "annual salary", "pay", "pay rate", "compensation"),
    *("total compensation", "bonus", "gehalt", "jahresgehalt", "monatsgehalt", "birth date", "date of birth"),
    *(
        "birthday",
        "dob",
        "age",
        "geburtsdatum",
        "gender",
        "sex",
        "geschlecht",
        "marital status",
        "nationality",
    ),
    *("ethnicity", "religion", "phone", "work phone", "home phone", "mobile", "mobile phone", "cell phone"),
    *("telephone", "telephone number", "telefon", "mobiltelefon", "phone number", "home address", "address"),
    *("street address", "adresse", "postal code", "personal e-mail", "personal email", "home email", "photo"),
    *("ssn", "social security number", "national id", "tax id", "iban", "bank account", "passport"),
    *("月薪", "薪资", "工资", "年薪", "基本工资", "身份证号", "身份证", "手机", "手机号", "手机号码", "电话"),
    *(
        "联系电话",
        "性别",
        "出生日期",
        "生日",
        "家庭住址",
        "住址",
        "地址",
        "个人邮箱",
        "银行卡号",
        "民族",
        "婚姻状况",
    ),
)
"""The columns that are never taken, whatever they are asked for."""

NEVER = frozenset(map(fold_header, PRIVATE))
POSITION_IDS = frozenset(map(fold_header, ("position id", "position number", "position no", "position code")))
"""The ids of seats rather than of people: several people may share one."""

_DEPARTMENTS = frozenset(
    map(
        fold_header,
        (
            "department",
            "department name",
            "org unit path",
            "org unit",
            "abteilung",
            "team",
            "部门",
            "所在部门",
        ),
    )
)

_RANKS = {fold_header(name): (part, rank) for part, names in PARTS.items() for rank, name in enumerate(names)}


def part_of(header: str) -> str | None:
    """The part that a column with this name plays; None for one that is not known."""
    found = _RANKS.get(fold_header(header))
    return None if found is None else found[0]


def rank_of(header: str) -> int:
    """How telling a name is among those of its part, 0 first; only for known ones."""
    return _RANKS[fold_header(header)][1]


def is_private(header: str) -> bool:
    """Whether a column holds what is never taken."""
    return fold_header(header) in NEVER


def is_department(header: str) -> bool:
    """Whether a column of teams has one of the names that mean nothing else."""
    return fold_header(header) in _DEPARTMENTS
