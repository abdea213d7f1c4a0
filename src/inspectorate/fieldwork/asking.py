"""Who may do what with a case: the question that every action of this stage and the next asks first."""

from inspectorate.fieldwork.queries import relations_to_case
from inspectorate.people.access import Person, person_of, require
from inspectorate.sampling.models import Case


def require_on(*, case: Case, action: str, by: tuple[str, str] | Person) -> Person:
    """Return the person who acts on a case; raise NotAllowedError where they may not."""
    person = by if isinstance(by, Person) else person_of(by)
    return require(person, action, relations_to_case(person, case))
