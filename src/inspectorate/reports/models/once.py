"""Rows that are added once and never changed: versions of a text, drafts, comments, answers, signed reports."""

from typing import Any, NoReturn

from django.db import models


class OnceError(TypeError):
    """Somebody tried to change or delete what is only ever added to."""

    def __init__(self) -> None:
        super().__init__("Versions, drafts, comments and signed reports are only ever added: add a newer one.")


class OnceQuerySet(models.QuerySet[Any]):
    """Reads and inserts; refuses to change or delete."""

    def update(self, **_: Any) -> NoReturn:
        """Refuse."""
        raise OnceError

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise OnceError

    def update_or_create(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise OnceError

    def delete(self) -> NoReturn:
        """Refuse."""
        raise OnceError

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> list[Any]:
        """Insert; refuse to write over rows that stand."""
        if update_conflicts:
            raise OnceError
        return super().bulk_create(objs, *args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Once(models.Model):
    """A row that is added once."""

    objects = OnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *_: Any, **__: Any) -> None:
        """Insert; refuse to write over a row that stands."""
        if not self._state.adding:
            raise OnceError
        super().save(force_insert=True)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise OnceError
