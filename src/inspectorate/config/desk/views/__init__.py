"""The pages that gather from all stages."""

from inspectorate.config.desk.views.my_work import my_work_page
from inspectorate.config.desk.views.start import accessibility_page, start_page

__all__ = ["accessibility_page", "my_work_page", "start_page"]
