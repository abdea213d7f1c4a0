"""The pages about the installation itself."""

from inspectorate.config.upkeep.views.epoch import epoch_view
from inspectorate.config.upkeep.views.status import in_force_page, run_again, status_page

__all__ = ["epoch_view", "in_force_page", "run_again", "status_page"]
