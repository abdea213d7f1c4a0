"""The record: who did what, when and why. Append-only and hash-chained.

It knows no stage: actors and subjects are named by (kind, public id), never by a foreign key.
"""
