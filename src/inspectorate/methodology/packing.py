"""Packing: the y and x of every step side by side in a few whole numbers, so that one sum over a case makes them all.

Each step has two fields of bits in a word: how many of its questions were judged sufficient (y), and how many applied
at all (x). A field is as wide as the number of the step's questions needs, so it never runs over into its neighbour,
as long as a case answers each question once. The same words serve coded arrays, the database and a columnar engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.forms import COUNTS, Form, Kind
from inspectorate.methodology.plans import Step

WORD_BITS = 62
"""Bits of a word that are used: a sum stays a positive number of 64 bits everywhere."""
BLOCK = 4096
"""Cases that are summed at a time, so that what is in work stays small."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where the sums of a step stand: the word, the lowest bit of y (that of x follows it), and the bits of each."""

    word: int
    shift: int
    bits: int

    @property
    def mask(self) -> int:
        """The bits of one sum, at the lowest place."""
        return (1 << self.bits) - 1

    def weight(self, judgement: int) -> int:
        """Return what one judgement (see COUNTS) adds to the word."""
        y = 1 if judgement == COUNTS["sufficient"] else 0
        x = 1 if judgement in (COUNTS["sufficient"], COUNTS["not_sufficient"]) else 0
        return (y << self.shift) | (x << (self.shift + self.bits))


@dataclass(frozen=True)
class Packing:
    """The fields of all steps that sum questions, by the code of the step."""

    steps: tuple[Step, ...]
    fields: Mapping[str, Field]
    words: int

    @cached_property
    def fields_of(self) -> dict[str, list[Field]]:
        """The fields to which each question adds, by the code of the question."""
        found: dict[str, list[Field]] = {}
        for step in self.steps:
            for question in step.questions:
                found.setdefault(question, []).append(self.fields[step.code])
        return found

    def weights(self, kind: Kind) -> NDArray[np.int64]:
        """Return what each answer adds to each word, shape (words, questions, most options + 1), ABSENT the last."""
        judgements = kind.counts
        table = np.zeros((self.words, *judgements.shape), dtype=np.int64)
        for column, question in enumerate(kind.questions):
            for field in self.fields_of.get(question.code, ()):
                table[field.word, column] += [field.weight(judgement) for judgement in judgements[column].tolist()]
        return table

    def rows(self, form: Form) -> list[tuple[str, str, tuple[int, ...]]]:
        """Return (question, option, its weight in each word) for every answer that adds to anything."""
        return [
            (question.code, option.code, tuple(weights[:, column, number].tolist()))
            for kind in form.kinds
            for weights in [self.weights(kind)]
            for column, question in enumerate(kind.questions)
            for number, option in enumerate(question.options)
            if weights[:, column, number].any()
        ]

    def sum_cases(self, kind: Kind, values: NDArray[np.int8]) -> NDArray[np.int64]:
        """Return the words of each case, shape (words, cases), from answers of shape (cases, questions)."""
        # ABSENT is -1: with its weight put first, a weight stands at the answer plus one, past the start of its row.
        weights = np.roll(self.weights(kind), 1, axis=2)
        sums = np.zeros((self.words, len(values)), dtype=np.int64)
        for word in range(self.words):
            columns = np.flatnonzero(weights[word].any(axis=1))
            flat = weights[word, columns].ravel()
            start = np.arange(len(columns), dtype=np.intp) * weights.shape[2] + 1
            for first in range(0, len(values), BLOCK):
                block = values[first : first + BLOCK, columns] + start
                sums[word, first : first + BLOCK] = flat.take(block, mode="clip").sum(axis=1)
        return sums

    def unpack(self, step: str, sums: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return y and x of each case for one step, from the words of the cases."""
        field = self.fields[step]
        word = sums[field.word]
        return (word >> field.shift) & field.mask, (word >> (field.shift + field.bits)) & field.mask


def pack(steps: Sequence[Step]) -> Packing:
    """Give every step that sums questions its two fields, in the order of the steps."""
    fields: dict[str, Field] = {}
    word = used = 0
    summing = tuple(step for step in steps if step.questions)
    for step in summing:
        bits = len(step.questions).bit_length()
        if used + 2 * bits > WORD_BITS:
            word, used = word + 1, 0
        fields[step.code] = Field(word, used, bits)
        used += 2 * bits
    return Packing(summing, fields, word + 1 if summing else 0)
