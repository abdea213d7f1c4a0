"""The pages about the installation itself."""

from inspectorate.config.upkeep.views.epoch import epoch_view

__all__ = ["epoch_view"]
