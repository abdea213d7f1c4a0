"""The demonstration's story: invented bodies, and one inspection at each stage, made by the actions that people use."""

from inspectorate.config.story.telling import editions_told, tell_story

__all__ = ["editions_told", "tell_story"]
