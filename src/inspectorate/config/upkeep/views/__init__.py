"""The pages about the installation itself."""

from inspectorate.config.upkeep.views.epoch import epoch_view
from inspectorate.config.upkeep.views.privacy import (
    due_csv,
    end_hold,
    impact_page,
    one_person_page,
    place_hold,
    privacy_page,
    register_page,
)
from inspectorate.config.upkeep.views.status import in_force_page, run_again, status_page

__all__ = [
    "due_csv",
    "end_hold",
    "epoch_view",
    "impact_page",
    "in_force_page",
    "one_person_page",
    "place_hold",
    "privacy_page",
    "register_page",
    "run_again",
    "status_page",
]
