"""What the tests of fieldwork and quality share."""

from tests.stages.casework import begun, sample, submitted, tie  # noqa: F401 - fixtures
from tests.stages.ground import ground, inspection, people, trust  # noqa: F401 - fixtures
