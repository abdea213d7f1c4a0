"""How samples, scores and ratings come about.

Pure: no Django, clock, chance, network or database. Frozen values go in and frozen values come out; the time and the
seed are arguments. It works alone: ``pip install inspectorate`` and ``from inspectorate.methodology import editions``.
"""
