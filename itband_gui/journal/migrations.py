"""Brings the lines of an older file to this program's schema: what changed since, as rows of data.

A row belongs to the schema that it leads away from. Rows are never changed once they are released,
only added; `tests/journal/golden/` holds a file of every schema. A line to which no row applies
keeps its bytes, as its versions are told apart by them: a new kind or a new optional field needs a
new schema, but no row.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

Fields = Mapping[str, Any]


class Renamed(msgspec.Struct, frozen=True):
    """A field of a kind has another name since."""

    schema: int
    kind: str
    field: str
    to: str

    def applied(self, fields: Fields) -> Fields:
        """Return the fields, in their order, with the new name."""
        if self.field not in fields:
            return fields
        return {self.to if name == self.field else name: fields[name] for name in fields}


class Added(msgspec.Struct, frozen=True):
    """A field of a kind is there since; older lines mean this value."""

    schema: int
    kind: str
    field: str
    value: object

    def applied(self, fields: Fields) -> Fields:
        """Return the fields with the new one, at the end."""
        return fields if self.field in fields else {**fields, self.field: self.value}


class Dropped(msgspec.Struct, frozen=True):
    """A field of a kind is gone since."""

    schema: int
    kind: str
    field: str

    def applied(self, fields: Fields) -> Fields:
        """Return the fields without it."""
        if self.field not in fields:
            return fields
        return {name: fields[name] for name in fields if name != self.field}


class Converted(msgspec.Struct, frozen=True):
    """The values of a field of a kind are other ones since; those not in `values` stay."""

    schema: int
    kind: str
    field: str
    values: Mapping[str | int | bool | None, object]

    def applied(self, fields: Fields) -> Fields:
        """Return the fields with the new value."""
        if self.field not in fields or isinstance(fields[self.field], list | dict):
            return fields
        value = fields[self.field]
        return {**fields, self.field: self.values.get(value, value)}


Row = Renamed | Added | Dropped | Converted
MIGRATIONS: Sequence[Row] = ()  # in the order in which they are applied


def any_leads_from(schema: int, rows: Sequence[Row]) -> bool:
    """Whether a line of a file of `schema` may have to be changed."""
    return any(row.schema >= schema for row in rows)


def migrated(fields: Fields, schema: int, rows: Sequence[Row]) -> Fields:
    """Return a line of a file of `schema` as the rows say, itself where they change nothing."""
    version = fields.get("version")
    if isinstance(version, dict):  # an overruled line holds a line
        now = migrated(version, schema, rows)
        fields = fields if now is version else {**fields, "version": now}
    for row in rows:
        if row.schema >= schema and fields.get("kind") == row.kind:
            fields = row.applied(fields)
    return fields
