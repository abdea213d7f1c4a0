"""Every writing to the register: one transaction and one entry each; ``by`` is (kind, public id) of who did it."""

from inspectorate.register.actions.bodies import (
    NewBody,
    add_ldu,
    end_body,
    merge_bodies,
    register_body,
    rename_body,
    split_body,
)
from inspectorate.register.actions.load import Loaded, load_published_record
from inspectorate.register.actions.results import (
    NewResult,
    add_measures,
    hide_results,
    open_programme_year,
    record_result,
    withdraw_results,
)

__all__ = [
    "Loaded",
    "NewBody",
    "NewResult",
    "add_ldu",
    "add_measures",
    "end_body",
    "hide_results",
    "load_published_record",
    "merge_bodies",
    "open_programme_year",
    "record_result",
    "register_body",
    "rename_body",
    "split_body",
    "withdraw_results",
]
