"""The pages that gather from all stages."""

from inspectorate.config.desk.views.clearances import (
    asked_for_page,
    change_asked_for,
    clearances_csv,
    clearances_of,
    clearances_page,
    my_clearances,
    record_one,
    withdraw_one,
)
from inspectorate.config.desk.views.doors import openapi_view
from inspectorate.config.desk.views.export import (
    agree_export,
    ask_export,
    end_export,
    export_page,
    take_export_file,
)
from inspectorate.config.desk.views.leavers import leavers_page
from inspectorate.config.desk.views.log import entries_csv, entries_page, log_csv, log_page
from inspectorate.config.desk.views.me import declare, me_page, withdraw
from inspectorate.config.desk.views.my_work import my_work_page
from inspectorate.config.desk.views.overview import overview_page
from inspectorate.config.desk.views.people import new_person_page, people_csv, people_page
from inspectorate.config.desk.views.person import (
    change_footing,
    change_role,
    end_sessions,
    leave_page,
    offer_reset,
    person_page,
    readmit,
    send_invitation,
    tie,
    tie_team,
    untie,
)
from inspectorate.config.desk.views.record import head_file, record_page, verifier_file
from inspectorate.config.desk.views.security import security_csv, security_page
from inspectorate.config.desk.views.start import accessibility_page, start_page
from inspectorate.config.desk.views.why import why_csv, why_page

__all__ = [
    "accessibility_page",
    "agree_export",
    "ask_export",
    "asked_for_page",
    "change_asked_for",
    "change_footing",
    "change_role",
    "clearances_csv",
    "clearances_of",
    "clearances_page",
    "declare",
    "end_export",
    "end_sessions",
    "entries_csv",
    "entries_page",
    "export_page",
    "head_file",
    "leave_page",
    "leavers_page",
    "log_csv",
    "log_page",
    "me_page",
    "my_clearances",
    "my_work_page",
    "new_person_page",
    "offer_reset",
    "openapi_view",
    "overview_page",
    "people_csv",
    "people_page",
    "person_page",
    "readmit",
    "record_one",
    "record_page",
    "security_csv",
    "security_page",
    "send_invitation",
    "start_page",
    "take_export_file",
    "tie",
    "tie_team",
    "untie",
    "verifier_file",
    "why_csv",
    "why_page",
    "withdraw",
    "withdraw_one",
]
