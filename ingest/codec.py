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


def pieces(value: Any) -> Iterator[Any]:
    """A dataclass in pieces: first itself without its long fields, then each item of those."""
    long = _long(type(value))
    yield replace(value, **dict.fromkeys(long, ()))
    for name in long:
        yield from getattr(value, name)


def whole(parts: Iterable[Any]) -> Any:
    """The dataclass that these pieces make; an item belongs to the long field of its type."""
    rest = iter(parts)
    short = next(rest)
    named = {item: name for name, item in _long(type(short)).items()}
    found: dict[str, list[Any]] = {name: [] for name in named.values()}
    for part in rest:
        found[named[type(part)]].append(part)
    return replace(short, **{name: tuple(items) for name, items in found.items()})


def dumped_lines(parts: Iterable[Any]) -> Iterator[str]:
    """Each piece of a dataclass as a line of JSON: neither who writes them nor who reads them holds the whole text."""
    rest = iter(parts)
    short = next(rest)
    named = {item: name for name, item in _long(type(short)).items()}
    yield dumps(short)
    for part in rest:
        kind: Any = type(part)
        yield _line([named[kind], _encoder(kind)(part)])


def loaded_lines(lines: Iterable[str | bytes], kind: Any) -> Any:
    """The value of type `kind` that `dumped_lines` wrote; raises Undecodable."""
    try:
        return whole(_loaded(lines, kind))
    except (StopIteration, *MISFITS) as error:
        raise Undecodable(f"{getattr(kind, '__name__', kind)}: {error}") from error


def joined_lines(lines: Iterable[str | bytes], kind: Any) -> str:
    """What `dumps` would write of the dataclass whose `dumped_lines` these are, put together without decoding them."""
    found: dict[str, list[str]] = {name: [] for name in _long(kind)}
    short, *rest = (_text(line).rstrip("\n") for line in lines)
    for line in rest:
        name = line[2 : line.index('"', 2)]
        found[name].append(line[len(name) + 4 : -1])
    long = ",".join(f'"{name}":[{",".join(items)}]' for name, items in found.items() if items)
    return f"{short[:-1]},{long}}}" if long else short


def _loaded(lines: Iterable[str | bytes], kind: Any) -> Iterator[Any]:
    long = {name: _decoder(item) for name, item in _long(kind).items()}
    found = map(_decoding().decode, map(_text, lines))
    for short in found:
        yield _decoder(kind)(short)
        break
    for name, part in found:
        yield long[name](part)


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
