"""Any frozen dataclass ↔ JSON, by its type hints alone; the stored form of reports, facts, chunks and findings.

Lossless: Decimal keeps its digits, tuples come back as tuples. A field that holds its default is left out, so a
report of a thousand cells stays small. Knows no class of ours by name and refuses types it cannot restore exactly.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Step = Callable[[Any], Any]
PLAIN = (str, int, float, bool, type(None))
MISFITS = (TypeError, ValueError, KeyError, AttributeError, ArithmeticError, RecursionError)
"""What decoding raises where the JSON is not what its type says."""


class Undecodable(ValueError):
    """The JSON does not fit the type it is said to be."""


def dumps(value: object, kind: Any = None) -> str:
    """`value` as JSON; `kind` is its type where that is not a dataclass (`tuple[Fact, ...]`)."""
    step: Any = kind or type(value)
    return _line(_encoder(step)(value))


def loads(text: str | bytes, kind: Any) -> Any:
    """The value of type `kind` that `dumps` wrote; raises Undecodable."""
    try:
        return _decoder(kind)(_decoding().decode(_text(text)))
    except MISFITS as error:
        raise Undecodable(f"{getattr(kind, '__name__', kind)}: {error}") from error


def dumped_lines(value: object) -> Iterator[str]:
    """`value`, a dataclass, as lines of JSON: first what is short, then each item of its long fields by itself.

    So neither who writes them nor who reads them holds the whole text.
    """
    kind: Any = type(value)
    long = _long(kind)
    yield _line(_encoder(kind)(replace(value, **dict.fromkeys(long, ()))))  # type: ignore[type-var]
    for name, item in long.items():
        step = _encoder(item)
        for part in getattr(value, name):
            yield _line([name, step(part)])


def loaded_lines(lines: Iterable[str | bytes], kind: Any) -> Any:
    """The value of type `kind` that `dumped_lines` wrote; raises Undecodable."""
    long = _long(kind)
    try:
        rest = map(_decoding().decode, map(_text, lines))
        short = _decoder(kind)(next(rest))
        found: dict[str, list[Any]] = {name: [] for name in long}
        for name, part in rest:
            found[name].append(_decoder(long[name])(part))
        return replace(short, **{name: tuple(parts) for name, parts in found.items()})
    except (StopIteration, *MISFITS) as error:
        raise Undecodable(f"{getattr(kind, '__name__', kind)}: {error}") from error


def _long(kind: Any) -> dict[str, Any]:
    """The fields of a dataclass that hold any number of other dataclasses, and of which."""
    hints = get_type_hints(kind)
    shapes = {field.name: _parts(hints[field.name]) for field in fields(kind) if get_origin(hints[field.name]) is tuple}
    return {name: item for name, (item, shape) in shapes.items() if shape == "many" and is_dataclass(item)}


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _text(line: str | bytes) -> str:
    return line if isinstance(line, str) else line.decode("utf-8", "surrogatepass")


class _Once(dict[str, Any]):
    """Written numbers to numbers, each made once: a report repeats its pages, margins, rows and columns."""

    def __init__(self, kind: type[int] | type[float]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, written: str) -> Any:
        return self.setdefault(written, self._kind(written))


def _decoding() -> json.JSONDecoder:
    return json.JSONDecoder(parse_float=_Once(float).__getitem__, parse_int=_Once(int).__getitem__)


@lru_cache(1 << 12)
def _once(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The same object for equal texts: a thousand paragraphs stand under one heading."""
    return texts


def _same(value: Any) -> Any:
    return value


@cache
def _encoder(kind: Any) -> Step:
    """The function that turns a value of this type into what `json` can write."""
    if kind in PLAIN or get_origin(kind) is Literal:
        return _same
    if kind is Decimal:
        return str
    if is_dataclass(kind):
        return _dataclass_encoder(kind)
    item, shape = _parts(kind)
    if shape == "optional":
        step = _encoder(item)
        return step if step is _same else lambda value: None if value is None else step(value)
    if shape == "pair":
        steps = tuple(map(_encoder, item))
        return lambda value: [step(part) for step, part in zip(steps, value, strict=True)]
    step = _encoder(item)
    if shape == "map":
        return lambda value: {key: step(part) for key, part in value.items()}
    return list if step is _same else lambda value: [step(part) for part in value]


@cache
def _decoder(kind: Any) -> Step:
    """The inverse of `_encoder`."""
    if kind in PLAIN or get_origin(kind) is Literal:
        return _same
    if kind is Decimal:
        return Decimal
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    item, shape = _parts(kind)
    if shape == "optional":
        step = _decoder(item)
        return step if step is _same else lambda value: None if value is None else step(value)
    if shape == "pair":
        steps = tuple(map(_decoder, item))
        return lambda value: tuple(step(part) for step, part in zip(steps, value, strict=True))
    step = _decoder(item)
    if shape == "map":
        return lambda value: {key: step(part) for key, part in value.items()}
    if item is str:
        return lambda value: _once(tuple(value))
    return tuple if step is _same else lambda value: tuple(map(step, value))


def _parts(kind: Any) -> tuple[Any, str]:
    """What a compound type is made of, and its shape: optional, many (tuple[X, ...]), pair (tuple[X, Y]) or map."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        rest = tuple(part for part in arguments if part is not type(None))
        if len(rest) == 1:
            return rest[0], "optional"
        if all(part in PLAIN for part in rest):
            return str, "optional"
    if origin is tuple and arguments:
        return (arguments[0], "many") if arguments[-1] is Ellipsis else (arguments, "pair")
    if origin is dict and arguments[0] is str:
        return arguments[1], "map"
    raise TypeError(f"codec cannot restore {kind!r} exactly")


def _dataclass_encoder(kind: Any) -> Step:
    hints = get_type_hints(kind)
    plan = tuple((field.name, field.default, _encoder(hints[field.name])) for field in fields(kind))

    def encode(value: Any) -> dict[str, Any]:
        written = {}
        for name, default, step in plan:
            part = getattr(value, name)
            if part is default or (type(part) in (str, tuple, int) and type(part) is type(default) and part == default):
                continue
            written[name] = part if step is _same else step(part)
        return written

    return encode


def _dataclass_decoder(kind: Any) -> Step:
    hints = get_type_hints(kind)
    steps = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if _required(field)}

    def decode(value: dict[str, Any]) -> Any:
        if not needed <= value.keys():
            raise KeyError(f"{kind.__name__} lacks {sorted(needed - value.keys())}")
        return kind(**{name: steps[name](part) for name, part in value.items()})

    return decode


def _required(field: Field[Any]) -> bool:
    return field.init and field.default is MISSING and field.default_factory is MISSING
