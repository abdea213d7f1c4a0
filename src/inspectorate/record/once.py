"""Rows that are written once and then stand: the shape of everything that is superseded and never changed.

Entries of the record and of a journal, versions of a text, drafts, comments, judgements, settlements, signed reports:
each inherits ``Once``. What is wrong in such a row is put right by a newer one.
"""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

from inspectorate.methodology.refusals import RefusedError

M = TypeVar("M", bound=models.Model)


class WrittenOnceError(RefusedError):
    """Somebody tried to change or delete a row that is only ever added to; the sentence says what to do instead."""

    def __init__(self, model: type[models.Model]) -> None:
        what, instead = model._meta.verbose_name_plural, getattr(model, "instead", Once.instead)  # noqa: SLF001 - _meta is public in all but name
        super().__init__("written-once", f"Rows of {what} are written once, neither changed nor deleted: {instead}.")


class OnceQuerySet(models.QuerySet[M]):
    """Reads and inserts; refuses to change or delete, one row or many."""

    def update(self, **_: Any) -> NoReturn:
        """Refuse."""
        raise WrittenOnceError(self.model)

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise WrittenOnceError(self.model)

    def update_or_create(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise WrittenOnceError(self.model)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise WrittenOnceError(self.model)

    def forget(self, **fields: Any) -> int:
        """Put something else in the place of what is due to be erased; the actions that erase alone call it."""
        return models.QuerySet.update(self, **fields)

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> list[M]:
        """Insert; refuse to write over rows that stand."""
        if update_conflicts:
            raise WrittenOnceError(self.model)
        return super().bulk_create(objs, *args, **kwargs)

    delete.alters_data = forget.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = forget.queryset_only = True  # type: ignore[attr-defined]


class Once(models.Model):
    """A row that is inserted once and then stands."""

    instead: ClassVar[str] = "add a newer one, which takes its place"
    """What to do in place of changing such a row, as the refusal says it."""

    objects = OnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *_: Any, **__: Any) -> None:
        """Insert; refuse to write over a row that stands."""
        if not self._state.adding:
            raise WrittenOnceError(type(self))
        super().save(force_insert=True)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise WrittenOnceError(type(self))
