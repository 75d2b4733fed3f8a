#!/usr/bin/env python3
"""Random tensors from a seed, with the same bits as the JavaScript package tensorseed.

    import tensorseed

    kernel = tensorseed.fill('he_normal', (784, 128), seed=42, name='dense/kernel')

gives the float32 array that `sampler.fill('he_normal', [784, 128], { seed: 42, name: 'dense/kernel' })`
gives in a browser, on any GPU and on any CPU, bit for bit. The values are those of the stream contract,
version 1 (STREAM.md in the repository). This one file is all that is needed, beside NumPy 1.24 or newer and
Python 3.9 or newer.

- `fill` fills a tensor, or a range of its elements, by a Keras initializer's name.
- `bits`, `uniform`, `normal`, `truncated_normal`, `constant` and `eye` are the draws of the contract.
- `bernoulli`, `rademacher`, `randint`, `poisson`, `permutation`, `exponential`, `laplace`, `logistic`,
  `gumbel` and `lognormal` are draws of DISTRIBUTIONS.md. Its `gamma` is not here.
- `Key` is a seed from which keys of names and of integers are derived: `fold` and `split`.

Orthogonal matrices are not here: their bits depend on the order of floating-point sums, so that the contract
does not define them. What cannot be right raises a ValueError of one line.

On the command line:

    python3 tensorseed.py sample he_normal 784,128 --seed 42 --name dense/kernel --out kernel.npy
"""

from __future__ import annotations

import argparse
import difflib
import functools
import itertools
import json
import math
import numbers
import operator
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Callable, NamedTuple

import numpy as np

__all__ = [
    "Key",
    "bernoulli",
    "bits",
    "constant",
    "exponential",
    "eye",
    "fill",
    "gumbel",
    "laplace",
    "logistic",
    "lognormal",
    "normal",
    "permutation",
    "poisson",
    "rademacher",
    "randint",
    "truncated_normal",
    "uniform",
]
__version__ = "0.1.0"

_WORD = 0xFFFFFFFF  # a word is an unsigned 32-bit integer, the largest of which is this


class _Constants(dict):
    """Integers as arrays of one dtype, since NumPy converts a Python int anew in each call, which is slow."""

    def __init__(self, dtype: type) -> None:
        self.dtype = dtype

    def __missing__(self, value: int) -> np.ndarray:
        self[value] = np.array(value, self.dtype)
        return self[value]


_I32 = _Constants(np.int32)
_U32 = _Constants(np.uint32)
_I64 = _Constants(np.int64)
_U64 = _Constants(np.uint64)

# ---- Section 1 of STREAM.md: the generator -----------------------------------------------------

_M0 = 0xD2511F53
_M1 = 0xCD9E8D57
_W0 = 0x9E3779B9
_W1 = 0xBB67AE85


def _round_keys(k0: int, k1: int) -> Iterator[tuple[int, int]]:
    for n in range(10):
        yield (k0 + n * _W0) & _WORD, (k1 + n * _W1) & _WORD


def _philox(c0: int, c1: int, c2: int, c3: int, key: Key) -> tuple[int, int, int, int]:
    """Philox4x32-10 of one counter: Salmon et al., 2011, https://doi.org/10.1145/2063384.2063405."""
    for k0, k1 in _round_keys(key.lo, key.hi):
        p = c0 * _M0
        q = c2 * _M1
        c0, c1, c2, c3 = (q >> 32) ^ c1 ^ k0, q & _WORD, (p >> 32) ^ c3 ^ k1, p & _WORD
    return c0, c1, c2, c3


def _philox_arrays(
    c0: np.ndarray, c1: np.ndarray, c2: np.ndarray, c3: np.ndarray, key: Key, scratch: np.ndarray
) -> None:
    """`_philox` of many counters, in place, each word in a uint64.

    Each round makes the next c0 in the place of c1, and so on. So after ten of them words 0, 1, 2 and 3 are
    in the places of c2, c3, c0 and c1.
    """
    for k0, k1 in _round_keys(key.lo, key.hi):
        c0 *= _U64[_M0]  # both words of the product
        c2 *= _U64[_M1]
        c1 ^= np.uint64(k0)
        c1 ^= np.right_shift(c2, _U64[32], out=scratch)
        c3 ^= np.uint64(k1)
        c3 ^= np.right_shift(c0, _U64[32], out=scratch)
        c2 &= _U64[_WORD]
        c0 &= _U64[_WORD]
        c0, c1, c2, c3 = c1, c2, c3, c0


# ---- Section 2: keys ---------------------------------------------------------------------------

_INTEGER = 0xFFFFFFFF  # the fourth word of the counters that derive keys of integers
_SPLIT = 0xFFFFFFFE
_MOST_KEYS = 1 << 16


class Key:
    """The 64-bit key of a stream of random numbers. It cannot change.

    `Key(42).fold('encoder/kernel')` is the key of one tensor. It depends on the seed and the path alone, so a
    tensor's values stay when other tensors are added, removed or reordered.

    >>> Key(42).fold('encoder/kernel') == Key(42).fold('encoder').fold('kernel')
    True
    >>> Key(42).fold(3) == Key(42).fold('3')
    False
    """

    __slots__ = ("_value",)

    def __init__(self, seed: int | Key) -> None:
        """The key of a seed, an integer in [0, 2^64). Raises ValueError for any other."""
        self._value = seed.value if isinstance(seed, Key) else _integer("seed", seed, 1 << 64)

    @property
    def value(self) -> int:
        """The key as one integer in [0, 2^64). `Key(key.value)` is the same key."""
        return self._value

    @property
    def lo(self) -> int:
        """The lower 32 bits."""
        return self._value & _WORD

    @property
    def hi(self) -> int:
        """The upper 32 bits."""
        return self._value >> 32

    def fold(self, by: str | int) -> Key:
        """Returns the key of a name or of an integer below this key, such as that of a layer or of a step.

        A path is folded segment by segment: `key.fold('a/b')` is `key.fold('a').fold('b')`. An integer is in
        [0, 2^64), and no name: `key.fold(3)` is another key than `key.fold('3')`.
        """
        if not isinstance(by, str):
            try:
                n = _integer("it", by, 1 << 64)
            except ValueError:
                raise ValueError(
                    f"fold takes a name, or an integer in [0, 2^64), got {_shown(by)}"
                ) from None
            return self._derived(n & _WORD, n >> 32, 0, _INTEGER)
        try:
            segments = by.encode("utf-8").split(b"/")
        except UnicodeEncodeError:
            raise ValueError(f"a name must be a string of well-formed Unicode, got {_shown(by)}") from None
        key = self
        for segment in segments:
            for at in range(0, max(len(segment), 1), 12):  # an empty segment is one piece of zeros
                piece = segment[at : at + 12].ljust(12, b"\0")
                p0, p1, p2 = (int.from_bytes(piece[i : i + 4], "little") for i in (0, 4, 8))
                key = key._derived(p0, p1, p2, (1 + len(segment) - at) & _WORD)
        return key

    def split(self, count: int) -> list[Key]:
        """Returns `count` keys below this key, at most 65536, such as one for each worker.

        They are others than those of `fold`, and key i does not depend on the count.
        """
        n = _integer("the number of keys of a split", count, _MOST_KEYS + 1)
        return [self._derived(i, 0, 0, _SPLIT) for i in range(n)]

    def _derived(self, c0: int, c1: int, c2: int, c3: int) -> Key:
        words = _philox(c0, c1, c2, c3, self)
        return Key(words[0] | words[1] << 32)

    def __int__(self) -> int:
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and other._value == self._value

    def __hash__(self) -> int:
        return hash((Key, self._value))

    def __repr__(self) -> str:
        return f"Key({self._value:#x})"


# ---- What may be given -------------------------------------------------------------------------


def _integer(what: str, value: Any, end: int) -> int:
    """`value` as an int, if it is an integer in [0, end); else a ValueError."""
    try:
        n = -1 if isinstance(value, (bool, np.bool_)) else operator.index(value)
    except TypeError:
        n = -1
    if not 0 <= n < end:
        last = "2^64)" if end == 1 << 64 else f"{end - 1}]"
        raise ValueError(f"{what} must be an integer in [0, {last}, got {_shown(value)}")
    return n


class _Numbers(NamedTuple):
    """The numbers that a parameter may be."""

    what: str
    hold: Callable[[float], bool]

    def check(self, name: str, value: Any) -> float:
        """`value` as a float, if it is one of them; else a ValueError."""
        number = math.nan
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            try:
                number = float(value)
            except OverflowError:
                pass  # an int beyond the largest float
        if not self.hold(number):
            raise ValueError(f"{name} must be {self.what}, got {_shown(value)}")
        return number


_FINITE = _Numbers("a finite number", math.isfinite)
_AT_LEAST_0 = _Numbers("a finite number >= 0", lambda x: math.isfinite(x) and x >= 0)
_ABOVE_0 = _Numbers("a finite number > 0", lambda x: math.isfinite(x) and x > 0)
_BOUND = _Numbers("a number, or infinite", lambda x: not math.isnan(x))


def _shown(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 100 else f"{text[:97]}..."


def _shape(shape: Any) -> tuple[int, ...]:
    sizes = shape if isinstance(shape, (tuple, list)) else (shape,)
    sizes = tuple(_integer(f"shape[{axis}]", size, 1 << 64) for axis, size in enumerate(sizes))
    if math.prod(sizes) >= 1 << 64:
        raise ValueError(f"a tensor must have fewer than 2^64 elements, got shape {_shown(sizes)}")
    return sizes


# ---- Section 3: dtypes and rounding ------------------------------------------------------------


class _Dtype(NamedTuple):
    name: str
    numpy: np.dtype  # of the arrays that are returned
    # A float's significand has `digits` bits. It is a multiple of 2^unit, and less than 2^top.
    digits: int = 0
    unit: int = 0
    top: int = 0

    def nearest(self, n: int, e: int) -> float:
        """n 2^e, rounded to the nearest value, ties to even; infinite where that does not fit."""
        m = abs(n)
        drop = max(m.bit_length() - self.digits, self.unit - e)
        if drop > 0:
            m, rest = m >> drop, m & ((1 << drop) - 1)
            half = 1 << (drop - 1)
            m += rest > half or (rest == half and m & 1)
            e += drop
        value = math.inf if m.bit_length() + e > self.top else math.ldexp(m, e)
        return -value if n < 0 else value

    def round(self, value: float) -> float:
        """`value` rounded to float32 and from there to this dtype. The sign of -0 is kept."""
        return self.convert(_FLOAT32.convert(value))

    def convert(self, value: float) -> float:
        if value == 0 or math.isinf(value):
            return value
        n, d = value.as_integer_ratio()  # d is a power of two
        return self.nearest(n, 1 - d.bit_length())

    def store(self, out: np.ndarray, values: np.ndarray) -> None:
        """Writes float32 values, rounded to the dtype, nearest even."""
        if self.name != "bfloat16":
            out[...] = values  # NumPy rounds to float16 to the nearest, ties to even
            return
        # A bfloat16 is the upper half of a float32.
        pattern = values.view(np.uint32)
        rounded = pattern >> 16
        rounded &= 1
        rounded += 0x7FFF
        rounded += pattern
        rounded >>= 16
        out.view(np.uint16)[...] = rounded


_FLOAT32 = _Dtype("float32", np.dtype(np.float32), 24, -149, 128)
_DTYPES = {
    "float32": _FLOAT32,
    "float16": _Dtype("float16", np.dtype(np.float16), 11, -24, 16),
    "bfloat16": _Dtype("bfloat16", np.dtype(np.uint16), 8, -133, 128),
    "uint32": _Dtype("uint32", np.dtype(np.uint32)),
    "int32": _Dtype("int32", np.dtype(np.int32)),
    "uint8": _Dtype("uint8", np.dtype(np.uint8)),
    "int8": _Dtype("int8", np.dtype(np.int8)),
}
_FLOATS = ("float32", "float16", "bfloat16")


def _dtype(dtype: Any) -> _Dtype:
    if isinstance(dtype, str):
        found = _DTYPES.get(dtype)
    else:
        try:
            own = None if dtype is None else np.dtype(dtype)
        except TypeError:
            own = None
        found = _DTYPES.get(own.name) if own is not None and own.isnative else None
        if found is not None:
            found = found._replace(numpy=own)  # ml_dtypes.bfloat16 stays what it is
    if found is None:
        raise ValueError(f"dtype must be one of {', '.join(_DTYPES)}, got {_shown(dtype)}")
    return found


def _fitting(name: str, value: float, dtype: _Dtype) -> float:
    if math.isinf(dtype.round(value)):
        raise ValueError(f"{name} must fit {dtype.name}, got {value}")
    return value


# ---- Section 4: the affine step ----------------------------------------------------------------


class _Affine:
    """offset + scale x / 2^q for integers x with |x| < 2^32, exact, and then rounded to float32.

    It is (a + b x) 2^e for integers a, b and e.
    """

    def __init__(self, offset: float, scale: Fraction, q: int) -> None:
        step = scale / 2**q
        bound = max(abs(Fraction(offset)), step * 2**32)
        # The denominator is a power of two, so this is the least X with bound < 2^X.
        e = bound.numerator.bit_length() - (bound.denominator.bit_length() - 1) - 94
        unit = Fraction(2) ** e
        a, b = round(offset / unit), round(step / unit)  # a Fraction is rounded half to even
        zeros = ((a | b) & -(a | b)).bit_length() - 1
        self.a, self.b, self.e = a >> zeros, b >> zeros, e + zeros
        # In int64, which NumPy rounds to float32 correctly, and without results that are subnormal.
        self.narrow = abs(self.a) + (self.b << 32) < 1 << 63 and -126 <= self.e <= 127

    def at(self, x: int) -> float:
        """The value of one integer, which is a float32."""
        return _FLOAT32.nearest(self.a + self.b * x, self.e)

    def values(self, x: np.ndarray, scratch: _Scratch) -> np.ndarray:
        """The float32 values of int32 or uint32 integers."""
        if not self.narrow:
            return self._wide_values(x)
        values = scratch.values[: x.size]
        if self.a == 0 and self.b == 1:
            values[...] = x
        else:
            n = scratch.integers[: x.size]
            n[...] = x
            n *= self.b
            if self.a != 0:
                n += self.a
            values[...] = n
        values *= np.float32(2.0**self.e)
        return values

    def _wide_values(self, x: np.ndarray) -> np.ndarray:
        """The same for terms that are far apart, which 64 bits do not hold, and for tiny values."""
        # |b x| in two parts: `high` counts 2^32.
        magnitude = np.abs(x.astype(np.int64)).view(np.uint64)
        low = magnitude * np.uint64(self.b & _WORD)
        high = (magnitude * np.uint64(self.b >> 32) + (low >> _U64[32])).view(np.int64)
        low = (low & _U64[_WORD]).view(np.int64)
        # a + b x, with 0 <= low < 2^32
        minus = x < 0
        high = np.where(minus, -high, high) + (self.a >> 32)
        low = np.where(minus, -low, low) + (self.a & _WORD)
        high += low >> 32
        low &= _WORD
        # Its magnitude
        minus = high < 0
        borrow = (low != 0).astype(np.int64)
        high = np.where(minus, -high - borrow, high)
        low = np.where(minus, -low & _WORD, low)
        # In 63 bits. A last bit that is set stands for all that is lost behind it.
        long = high >= 1 << 26
        m = np.where(long, high | (low != 0), high << 32 | low)
        e = np.where(long, self.e + 32, self.e)
        return _float32_of(m, e, minus)


def _float32_of(m: np.ndarray, e: np.ndarray, minus: np.ndarray | None = None) -> np.ndarray:
    """m 2^e for int64 integers m >= 0 and e, rounded to float32 once, and negated where `minus` holds."""
    # Adding to the exponent's field multiplies by 2^e. Subnormal results are multiples of 2^-149.
    pattern = m.astype(np.float32).view(np.int32) + (e << 23)
    subnormal = (pattern < 1 << 23) | (m == 0)
    drop = np.clip(-149 - e, 1, 63)
    half_even = (np.int64(1) << (drop - 1)) - 1 + (m >> drop & 1)
    dropped = (m.view(np.uint64) + half_even.view(np.uint64) >> drop.view(np.uint64)).view(np.int64)
    dropped[-149 - e > 63] = 0
    exact = m << np.clip(e + 149, 0, 63)
    pattern = np.where(subnormal, np.where(e >= -149, exact, dropped), pattern)
    if minus is not None:
        pattern |= minus.astype(np.int64) << 31
    return pattern.astype(np.uint32).view(np.float32)


def _span(
    low: int,
    high: int,
    value: Callable[[int], float],
    above: Callable[[float], bool],
    below: Callable[[float], bool],
) -> tuple[int, int] | None:
    """The first and the last integer in [low, high] whose value, which does not decrease, lies within two
    bounds; None if there is none."""

    def first_where(condition: Callable[[float], bool]) -> int:
        begin, end = low, high + 1
        while begin < end:
            middle = (begin + end) // 2
            if condition(value(middle)):
                end = middle
            else:
                begin = middle + 1
        return begin

    first = first_where(above)
    last = first_where(lambda v: not below(v)) - 1
    return (first, last) if first <= last else None


# ---- The words of blocks -----------------------------------------------------------------------

_BLOCKS = 1 << 13  # how many blocks are computed together, so that the arrays stay in the processor's cache


class _Scratch:
    """Memory for the steps of up to `_BLOCKS` blocks, which is used again and again."""

    def __init__(self, elements: int) -> None:
        self.blocks = min(_BLOCKS, elements // 4 + 2)
        self.counters = np.empty((5, self.blocks), np.uint64)
        self.lanes = np.empty((self.blocks, 4), np.uint32)
        self.integers = np.empty(4 * self.blocks, np.int64)
        self.values = np.empty(4 * self.blocks, np.float32)
        self.doubles = np.empty(2 * self.blocks, np.float64)
        self.rows = np.empty((12, 2 * self.blocks), np.uint32)


def _words(first: int, count: int, key: Key, scratch: _Scratch) -> np.ndarray:
    """Section 3: the words of blocks in a row, an array [4, count] of uint64."""
    blocks = np.arange(count, dtype=np.uint64)
    blocks += np.uint64(first)
    return _words_at(blocks, 0, key, scratch)


def _words_at(blocks: np.ndarray, attempt: int, key: Key, scratch: _Scratch) -> np.ndarray:
    """The words of any blocks, for an attempt: an array [4, blocks] of uint64."""
    words = scratch.counters[:4, : blocks.size]
    c2, c3, c0, c1 = words
    np.bitwise_and(blocks, _U64[_WORD], out=c0)
    np.right_shift(blocks, _U64[32], out=c1)
    c2[...] = attempt
    c3[...] = 0
    _philox_arrays(c0, c1, c2, c3, key, scratch.counters[4, : blocks.size])
    return words


def _interleaved(words: np.ndarray, scratch: _Scratch) -> np.ndarray:
    """The words of blocks in the order of elements, as uint32."""
    lanes = scratch.lanes[: words.shape[1]]
    for lane in range(4):
        lanes[:, lane] = words[lane]
    return lanes.reshape(-1)


def _pieces(start: int, count: int) -> Iterator[tuple[slice, int, int, slice]]:
    """Cuts the elements [start, start + count) of a tensor into pieces of at most `_BLOCKS` blocks.

    Yields where a piece lies among these elements, its first block, how many blocks it has, and where it lies
    among their elements.
    """
    done = 0
    while done < count:
        block, skipped = divmod(start + done, 4)
        blocks = min(_BLOCKS, -(-(skipped + count - done) // 4))
        size = min(4 * blocks - skipped, count - done)
        yield slice(done, done + size), block, blocks, slice(skipped, skipped + size)
        done += size


# ---- Section 5: bits, constant, eye ------------------------------------------------------------


class _Filler(NamedTuple):
    """What a draw comes to for a dtype: it writes the elements of a tensor from an index on into an array."""

    write: Callable[[np.ndarray, int, Key], None]
    random: bool = True


def _bits(dtype: _Dtype) -> _Filler:
    def write(out: np.ndarray, start: int, key: Key) -> None:
        scratch = _Scratch(out.size)
        for at, block, blocks, inside in _pieces(start, out.size):
            out[at] = _interleaved(_words(block, blocks, key, scratch), scratch)[inside]

    return _Filler(write)


def _constant(name: str, value: float, dtype: _Dtype) -> _Filler:
    rounded = dtype.round(_fitting(name, value, dtype))
    element = np.empty(1, dtype.numpy)
    dtype.store(element, np.array([rounded], np.float32))

    def write(out: np.ndarray, start: int, key: Key) -> None:
        out[...] = element

    return _Filler(write, random=False)


def _eye(rows: int, columns: int, name: str, value: float, dtype: _Dtype) -> _Filler:
    on_diagonal = _constant(name, value, dtype)
    elsewhere = _constant(name, 0.0, dtype)

    def write(out: np.ndarray, start: int, key: Key) -> None:
        elsewhere.write(out, start, key)
        step = columns + 1  # from one element of the diagonal to the next
        first = -(-start // step)
        end = min(rows, columns, -(-(start + out.size) // step))
        if first < end:
            diagonal = out[first * step - start : (end - 1) * step + 1 - start : step]
            on_diagonal.write(diagonal, start, key)

    return _Filler(write, random=False)


# ---- Section 6: uniform ------------------------------------------------------------------------


def _uniform(names: tuple[str, str], low: float, high: float, dtype: _Dtype) -> _Filler:
    a = _FLOAT32.round(_fitting(names[0], low, dtype))
    b = _FLOAT32.round(_fitting(names[1], high, dtype))
    if high < low:
        raise ValueError(f"{names[1]} must be >= {names[0]} = {low}, got {high}")
    if a == b:
        return _constant(names[0], low, dtype)
    affine = _Affine(a, Fraction(b) - Fraction(a), 32)

    def value(word: int) -> float:
        return dtype.convert(affine.at(word))

    def words_below(end: float) -> tuple[int, int] | None:
        return _span(0, _WORD, value, lambda v: v >= a, lambda v: v < end)

    words = words_below(min(b, dtype.round(b))) or words_below(b)
    if words is None:
        raise ValueError(f"no {dtype.name} lies in [{low}, {high})")

    def write(out: np.ndarray, start: int, key: Key) -> None:
        scratch = _Scratch(out.size)
        for at, block, blocks, inside in _pieces(start, out.size):
            x = _interleaved(_words(block, blocks, key, scratch), scratch)
            dtype.store(out[at], affine.values(_narrowed(x, words), scratch)[inside])

    return _Filler(write)


def _narrowed(x: np.ndarray, to: tuple[int, int]) -> np.ndarray:
    """Integers, in place: what is beyond the first or the last is replaced by it."""
    first, last = to
    np.maximum(x, x.dtype.type(first), out=x)
    np.minimum(x, x.dtype.type(last), out=x)
    return x


# ---- Section 7: standard normals ---------------------------------------------------------------
#
# The integers are those of the contract, step by step. Each step is one NumPy function on int32 or uint32,
# which writes into memory that is there. In `scratch` are rows that a function may write over.

_FRACTION_BITS = 28
_LARGEST = 6.78125  # a bound that no standard normal exceeds

_LN_2 = 0x058B90C0
_LN_FACTOR = (0x047A17D8, 0x033E647E, 0x01C8FF7C, 0)

# `rest` of step 4: for each octave, from 32 down to 0, that of each segment.
_REST = np.array(
    [(octave * _LN_2 + ln_factor) & _WORD for octave in range(32, -1, -1) for ln_factor in _LN_FACTOR],
    np.uint32,
)


def _normals(words: np.ndarray, scratch: _Scratch) -> np.ndarray:
    """Step 10: the standard normals of blocks in the order of elements, as int32 with `_FRACTION_BITS`."""
    count = words.shape[1]
    radius, w, sine, cosine, *rows = scratch.rows[:, : 2 * count]
    doubles = scratch.doubles[: 2 * count]
    # The pairs (w0, w1) of all blocks, and then their pairs (w2, w3)
    np.copyto(doubles.reshape(2, count), words[::2].view(np.int64))
    np.copyto(w.reshape(2, count), words[1::2], casting="unsafe")
    _radius(doubles, radius, scratch.integers[: 2 * count], rows)
    _sine_cosine(w, sine, cosine, rows)
    first, second, first_sign, *rows = rows
    _hit(radius, cosine, first, rows)
    _hit(radius, sine, second, rows)
    np.left_shift(w, _U32[1], out=first_sign)
    first_sign ^= w
    _negate(first, first_sign)
    _negate(second, w)
    lanes = scratch.lanes[:count]
    lanes[:, 0] = first[:count]
    lanes[:, 1] = second[:count]
    lanes[:, 2] = first[count:]
    lanes[:, 3] = second[count:]
    return lanes.view(np.int32).reshape(-1)


def _negate(number: np.ndarray, sign: np.ndarray) -> None:
    """Negates, in place, where the highest bit of `sign` is set, which is written over."""
    mask = sign.view(np.int32)
    mask >>= _I32[31]  # 0 or -1; (x ^ -1) - -1 is -x
    number ^= sign
    number -= sign


def _hit(a: np.ndarray, b: np.ndarray, out: np.ndarray, scratch: Sequence[np.ndarray]) -> None:
    """The high word of a b without its lowest part. `out` is neither a nor b."""
    b_high, part = scratch[:2]
    np.right_shift(b, _U32[16], out=b_high)
    np.right_shift(a, _U32[16], out=out)
    np.bitwise_and(b, _U32[0xFFFF], out=part)
    part *= out
    part >>= _U32[16]
    out *= b_high
    out += part
    np.bitwise_and(a, _U32[0xFFFF], out=part)
    part *= b_high
    part >>= _U32[16]
    out += part


def _radius(w: np.ndarray, out: np.ndarray, integers: np.ndarray, scratch: Sequence[np.ndarray]) -> None:
    """Steps 1 to 5: R, with 29 fractional bits. The words `w` are float64, and are written over."""
    m, factor, log, far, *rows = scratch

    # Step 1. w + 1/2 is exact. Its exponent has the octave, and the top of its significand is m.
    w += 0.5
    pattern = w.view(np.int64)
    np.copyto(m, np.right_shift(pattern, _I64[21], out=integers), casting="unsafe")
    m |= _U32[0x80000000]
    pattern >>= _I64[50]  # the exponent, and two bits of the significand: the segment
    pattern -= _I64[4 * 1022]  # that of 1/2, the smallest
    rest = _REST[pattern]

    # Steps 2 and 3
    np.right_shift(m, _U32[29], out=factor)
    factor &= _U32[3]
    np.subtract(_U32[7], factor, out=factor)
    m *= factor
    np.invert(m, out=m)
    _log_near_one(m.view(np.int32), log.view(np.int32), [row.view(np.int32) for row in rows])

    # Step 5. `far` is all ones where rest is not 0, and a mask replaces the choice.
    np.copyto(far, rest != 0)
    np.negative(far, out=far)
    np.right_shift(log.view(np.int32), _I32[6], out=m.view(np.int32))
    rest += m
    rest += _U32[2]
    rest >>= _U32[2]
    rest ^= log
    rest &= far
    rest ^= log
    _square_root(rest.view(np.int32), out.view(np.int32), w, m.view(np.int32))
    np.bitwise_and(far, _U32[4], out=m)
    out <<= m
    far &= _U32[8]
    out |= far


def _log_near_one(y: np.ndarray, out: np.ndarray, scratch: Sequence[np.ndarray]) -> None:
    """Step 3: L = -ln(1 - y), with 33 fractional bits."""
    y18, yy, f, *_ = scratch
    np.right_shift(y, _I32[16], out=y18)
    np.bitwise_and(y, _I32[0xFFFF], out=yy)
    yy *= y18
    yy >>= _I32[15]
    yy += np.multiply(y18, y18, out=f)
    np.multiply(y18, _I32[22307], out=f)
    f >>= _I32[18]
    f += _I32[26652]
    f *= y18
    f >>= _I32[18]
    f += _I32[32765]
    f *= y18
    f >>= _I32[18]
    f += _I32[43689]
    f *= y18
    f += _I32[54612]
    f >>= _I32[16]
    np.right_shift(y, _I32[1], out=out)
    out += np.right_shift(yy, _I32[4], out=y18)
    yy >>= _I32[14]
    yy *= f
    yy >>= _I32[8]
    out += yy


def _square_root(x: np.ndarray, out: np.ndarray, doubles: np.ndarray, square: np.ndarray) -> None:
    """floor(sqrt(x 2^26)) for 0 < x < 2^31. `x` is written over."""
    np.copyto(doubles, x)
    doubles *= 2.0**26  # exact
    np.sqrt(doubles, out=doubles)
    np.copyto(out, doubles, casting="unsafe")
    # A root that is rounded correctly is at most one larger than the floor. If it is, x 2^26 minus its square
    # is negative. The difference fits 32 bits, so that it does not matter that its terms do not.
    x <<= _I32[26]
    x -= np.multiply(out, out, out=square)
    x >>= _I32[31]
    out += x


def _sine_cosine(w: np.ndarray, sine: np.ndarray, cosine: np.ndarray, scratch: Sequence[np.ndarray]) -> None:
    """Steps 6 to 9: S and C, with 31 fractional bits."""
    t, z, z16, z11, z21, f, *rows = scratch
    part = rows[0]

    # Step 6
    np.left_shift(w, _U32[2], out=t)
    t |= _U32[2]
    np.absolute(t.view(np.int32), out=t.view(np.int32))
    np.right_shift(t, _U32[16], out=f)
    np.multiply(f, f, out=z)
    z <<= _U32[2]
    np.bitwise_and(t, _U32[0xFFFF], out=part)
    part *= f
    part >>= _U32[13]
    z += part
    np.right_shift(z, _U32[16], out=z16)
    np.right_shift(z, _U32[21], out=z11)
    np.right_shift(z, _U32[11], out=z21)
    z21 &= _U32[0x3FF]

    # Step 7
    np.multiply(z16, _U32[0x2596], out=f)
    f >>= _U32[16]
    np.subtract(_U32[0x000A32C2], f, out=f)
    np.multiply(f, z21, out=part)
    part >>= _U32[10]
    f *= z11
    f += part
    f >>= _U32[7]
    np.subtract(_U32[0x14ABB9EA], f, out=f)
    _hit(f, z, sine, rows)
    np.subtract(_U32[0xC90FDA5F], sine, out=f)
    _hit(f, t, sine, rows)

    # Step 8
    np.multiply(z16, _U32[0x1DA], out=f)
    f >>= _U32[16]
    np.subtract(_U32[0xAAE3], f, out=f)
    f *= z16
    f >>= _U32[16]
    np.subtract(_U32[0x0020783C], f, out=f)
    np.multiply(f, z21, out=part)
    part >>= _U32[10]
    f *= z11
    f += part
    f >>= _U32[6]
    np.subtract(_U32[0x4EF4F320], f, out=f)
    _hit(f, z, cosine, rows)
    cosine >>= _U32[1]
    np.subtract(_U32[0x80000000], cosine, out=cosine)

    # Step 9
    np.left_shift(w, _U32[1], out=t)
    t ^= np.left_shift(w, _U32[2], out=part)
    swapped = t.view(np.int32)
    swapped >>= _I32[31]
    np.bitwise_xor(sine, cosine, out=part)
    part &= t
    sine ^= part
    cosine ^= part


# ---- Section 7: normal and truncated normal ----------------------------------------------------


_NORMAL_NAMES = ("mean", "stddev")


def _location(
    mean: float, stddev: float, dtype: _Dtype, names: tuple[str, str] = _NORMAL_NAMES
) -> tuple[float, float]:
    stddev = _FLOAT32.round(_fitting(names[1], stddev, dtype))
    return _FLOAT32.round(_fitting(names[0], mean, dtype)), stddev


def _check_reach(
    mean: float,
    stddev: float,
    lower: float,
    upper: float,
    dtype: _Dtype,
    names: tuple[str, str] = _NORMAL_NAMES,
    largest: float = _LARGEST,
) -> None:
    for reach in (mean + max(lower, -largest) * stddev, mean + min(upper, largest) * stddev):
        if math.isinf(dtype.round(reach)):
            raise ValueError(
                f"{names[0]} {mean} with {names[1]} {stddev} reaches {reach}, "
                f"which does not fit {dtype.name}"
            )


def _normal(mean: float, stddev: float, dtype: _Dtype) -> _Filler:
    offset, scale = _location(mean, stddev, dtype)
    if scale == 0:
        return _constant("mean", mean, dtype)
    _check_reach(offset, scale, -_LARGEST, _LARGEST, dtype)
    affine = _Affine(offset, Fraction(scale), _FRACTION_BITS)

    def write(out: np.ndarray, start: int, key: Key) -> None:
        scratch = _Scratch(out.size)
        for at, block, blocks, inside in _pieces(start, out.size):
            z = _normals(_words(block, blocks, key, scratch), scratch)
            dtype.store(out[at], affine.values(z, scratch)[inside])

    return _Filler(write)


def _truncated_normal(mean: float, stddev: float, lower: float, upper: float, dtype: _Dtype) -> _Filler:
    if not lower < upper:
        raise ValueError(f"lower must be below upper = {upper}, got {lower}")
    mass = _normal_mass(lower, upper)
    if mass < 1 / 64:
        raise ValueError(
            f"[lower, upper] = [{lower}, {upper}] stddev must hold at least 1/64 of a normal's mass, "
            f"got {mass:.3g}"
        )
    offset, scale = _location(mean, stddev, dtype)
    if scale == 0:
        return _constant("mean", mean, dtype)
    _check_reach(offset, scale, lower, upper, dtype)
    affine = _Affine(offset, Fraction(scale), _FRACTION_BITS)

    # The integers that are accepted
    one = 1 << _FRACTION_BITS
    least = math.floor(lower * one) + 1 if lower >= -_LARGEST else math.floor(-_LARGEST * one)
    most = math.ceil(upper * one) - 1 if upper <= _LARGEST else math.ceil(_LARGEST * one)

    a, b = offset + lower * scale, offset + upper * scale

    def value(z: int) -> float:
        return dtype.convert(affine.at(z))

    def integers_between(left: float, right: float) -> tuple[int, int] | None:
        return _span(least, most, value, lambda v: v > left, lambda v: v < right)

    integers = integers_between(max(a, dtype.round(a)), min(b, dtype.round(b))) or integers_between(a, b)
    if integers is None:
        raise ValueError(f"no {dtype.name} lies strictly between {a} and {b}")

    def rejected(z: np.ndarray) -> np.ndarray:
        return (z - np.int32(least)).view(np.uint32) > np.uint32(most - least)

    def values(z: np.ndarray, scratch: _Scratch) -> np.ndarray:
        return affine.values(_narrowed(z, integers), scratch)

    def write(out: np.ndarray, start: int, key: Key) -> None:
        scratch = _Scratch(out.size)
        waiting = _Waiting()
        for at, block, blocks, inside in _pieces(start, out.size):
            z = _normals(_words(block, blocks, key, scratch), scratch)
            missing = rejected(z)
            missing[: inside.start] = False
            missing[inside.stop :] = False
            waiting.add(at.start - inside.start, missing)
            dtype.store(out[at], values(z, scratch)[inside])
            if waiting.blocks >= 8 * _BLOCKS or at.stop == out.size:
                write_rest(out, waiting, start, key, scratch)
                waiting = _Waiting()

    def write_rest(out: np.ndarray, waiting: _Waiting, start: int, key: Key, scratch: _Scratch) -> None:
        """Writes the elements whose first candidate was rejected."""
        attempt = 0
        while waiting.blocks > 0:
            attempt += 1
            left = _Waiting()
            for at, missing in waiting.pieces(scratch.blocks):
                blocks = at.astype(np.uint64) + np.uint64(start) >> _U64[2]
                z = _normals(_words_at(blocks, attempt, key, scratch), scratch)
                still = rejected(z)
                taken = np.flatnonzero(missing & ~still)
                done = np.empty(taken.size, dtype.numpy)
                dtype.store(done, values(z[taken], scratch))
                out[at[taken >> 2] + (taken & 3)] = done
                left.add(at, missing & still)
            waiting = left

    return _Filler(write)


class _Waiting:
    """Blocks of which elements are missing, because all their candidates so far were rejected."""

    def __init__(self) -> None:
        self.blocks = 0
        self._parts: list[tuple[np.ndarray, np.ndarray]] = []

    def add(self, at: int | np.ndarray, missing: np.ndarray) -> None:
        """Adds the blocks of `missing`, which has four elements for each of them, that miss any.

        `at` is where the blocks begin in the output, or where the first one does if they follow one another.
        """
        rows = np.flatnonzero(missing.view(np.uint32))  # four elements at a time
        positions = at + 4 * rows if isinstance(at, int) else at[rows]
        self._parts.append((positions, missing.reshape(-1, 4)[rows]))
        self.blocks += rows.size

    def pieces(self, size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """What was added, in pieces of at most `size` blocks."""
        at, missing = (np.concatenate(arrays) for arrays in zip(*self._parts))
        for begin in range(0, at.size, size):
            piece = slice(begin, begin + size)
            yield at[piece], missing[piece].reshape(-1)


def _normal_mass(lower: float, upper: float) -> float:
    """The probability that a standard normal lies between two bounds."""
    if lower > 0:  # in the upper tail the difference of the upper tails loses no digits to cancellation
        lower, upper = -upper, -lower
    return (math.erfc(-upper / math.sqrt(2)) - math.erfc(-lower / math.sqrt(2))) / 2


# ---- DISTRIBUTIONS.md, section 4: the integer logarithm ----------------------------------------
#
# These are on arrays of int64, which hold every integer of the steps.


def _high(a: np.ndarray | int, b: np.ndarray) -> np.ndarray:
    """The high word of a b without its lowest part."""
    a_high, b_high = a >> 16, b >> 16
    return a_high * b_high + (a_high * (b & 0xFFFF) >> 16) + ((a & 0xFFFF) * b_high >> 16)


def _log_quotient(y: np.ndarray) -> np.ndarray:
    """Steps 1 to 4: G."""
    y18 = y >> 16
    yy = np.maximum(y18 * y18 + (y18 * (y & 0xFFFF) >> 15), 0)
    s = 38162 + (33522 * y18 >> 18)
    s = 43686 + (s * y18 >> 18)
    s = 52425 + (s * y18 >> 18)
    f = 0x555555BC + (y >> 4) + ((yy >> 14) * s >> 8)
    return 0x80000002 + (y >> 4) + (_high(4 * yy, f) >> 7)


_LOG_FACTOR = np.array([0x8F42FAF4, 0x67CC8FB3, 0x391FEF8F, 0])


def _log_sum(m: np.ndarray) -> np.ndarray:
    """Steps 5 and 6: S."""
    segment = m >> 29 & 3
    y = (_WORD - 1 - m * (7 - segment) & _WORD).astype(np.uint32).view(np.int32).astype(np.int64)
    half = _high(abs(y), _log_quotient(y)) + 1 >> 1
    return _LOG_FACTOR[segment] + np.where(y < 0, -half, half)


def _log_fixed(m: np.ndarray, octave: np.ndarray) -> np.ndarray:
    """Step 7: L."""
    return octave * 0x058B90BF + (_log_sum(m) + 24 * octave + 144 >> 5) - 4


def _octaves(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The octave and m of each word."""
    octave = 32 - np.frexp(w + 0.5)[1].astype(np.int64)
    return octave, np.where(octave == 0, w, 2 * w + 1 << np.maximum(octave - 1, 0))


def _log_words(w: np.ndarray) -> np.ndarray:
    octave, m = _octaves(w)
    return _log_fixed(m, octave)


def _log_digits(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Steps 8 to 10: the digits and the places of E(w)."""
    near = w >= 7 << 29
    v = np.where(near, _WORD - w, w)
    octave, m = _octaves(v)
    total = _log_sum(m)
    medium = octave * 0x162E42FF + (total + 4 >> 3)
    large = octave * 0x058B90BF + (total + 24 * octave + 16 >> 5)
    far = np.where(octave == 0, total, np.where(octave < 6, medium, large))
    # What is not near gets a y that is in range, too.
    head = np.where(near, _high(m, _log_quotient(np.where(near, 4 * v + 2, 0))), far)
    places = np.where(near, 31 + octave, np.where(octave == 0, 32, np.where(octave < 6, 29, 27)))
    zeros = 32 - np.frexp(head.astype(np.float64))[1].astype(np.int64)
    return head << zeros, places + zeros


# ---- DISTRIBUTIONS.md, sections 5 to 7 ---------------------------------------------------------

_LARGEST_LOG = 22.875  # a bound that no -ln((w + 1/2) / 2^32) exceeds
_LEAST_GUMBEL = -3.1328125
_LOG_BITS = 27
_LARGEST_LOGNORMAL = 65536.0


def _by_elements(
    values: Callable[[np.ndarray, _Scratch], np.ndarray],
    dtype: _Dtype,
    x: Callable[[np.ndarray, _Scratch], np.ndarray] = _interleaved,
) -> _Filler:
    """A draw of float32 values of int64 integers, by default the words of the elements."""

    def write(out: np.ndarray, start: int, key: Key) -> None:
        scratch = _Scratch(out.size)
        for at, block, blocks, inside in _pieces(start, out.size):
            integers = x(_words(block, blocks, key, scratch), scratch).astype(np.int64)
            dtype.store(out[at], values(integers, scratch)[inside])

    return _Filler(write)


def _significand(value: float) -> tuple[int, int]:
    """n and e with value = n 2^e, for a float32 above 0."""
    n, d = value.as_integer_ratio()
    return n, 1 - d.bit_length()


def _exponential(scale: float, dtype: _Dtype) -> _Filler:
    a = _FLOAT32.round(_fitting("scale", scale, dtype))
    if a == 0:
        return _constant("scale", 0.0, dtype)
    if math.isinf(dtype.round(_LARGEST_LOG * a)):
        raise ValueError(f"scale {a} reaches {_LARGEST_LOG * a}, which does not fit {dtype.name}")
    n, e = _significand(a)
    zeros = max((n & -n).bit_length() - 1, 0)
    n, e = n >> zeros, e + zeros

    def values(w: np.ndarray, scratch: _Scratch) -> np.ndarray:
        digits, places = _log_digits(w)
        return _float32_of(n * digits, e - places)

    return _by_elements(values, dtype)


def _laplace_of(w: np.ndarray) -> np.ndarray:
    odd = 2 * (w & 0x7FFFFFFF) + 1
    octave = 32 - np.frexp(odd.astype(np.float64))[1].astype(np.int64)
    magnitude = _log_fixed(odd << octave, octave)
    return np.where(w >> 31 == 1, -magnitude, magnitude)


def _logistic_of(w: np.ndarray) -> np.ndarray:
    return _log_words(_WORD - w) - _log_words(w)


def _gumbel_of(w: np.ndarray) -> np.ndarray:
    digits, places = _log_digits(w)
    return _log_fixed(digits, places - 32)


def _located(
    x_of: Callable[[np.ndarray], np.ndarray], lower: float, loc: float, scale: float, dtype: _Dtype
) -> _Filler:
    """loc + scale x for a function of the words."""
    a, b = _location(loc, scale, dtype, ("loc", "scale"))
    if b == 0:
        return _constant("loc", loc, dtype)
    _check_reach(a, b, lower, _LARGEST_LOG, dtype, ("loc", "scale"), _LARGEST_LOG)
    affine = _Affine(a, Fraction(b), _LOG_BITS)
    return _by_elements(lambda w, scratch: affine.values(x_of(w), scratch), dtype)


_laplace = functools.partial(_located, _laplace_of, -_LARGEST_LOG)
_logistic = functools.partial(_located, _logistic_of, -_LARGEST_LOG)
_gumbel = functools.partial(_located, _gumbel_of, _LEAST_GUMBEL)


def _exp2_digits(f: np.ndarray) -> np.ndarray:
    """Section 7, steps 1 and 2: X."""
    q = 0x004B60EC + _high(0x000B3C52, f)
    q = 0x02BF8ACC + _high(q, f)
    q = 0x13B0A75C + _high(q, f)
    q = 0x71AC9E0E + _high(q, f)
    q = 0x7AFEF494 + (_high(q, f) >> 2)
    q = 0xB1721809 + (_high(q, f) >> 1)
    return (1 << 31) + (_high(q, f) >> 1)


_INVERSE_LN_2 = 0x171547652B82FE1777D0FFDA1  # 1 / ln 2 with 96 fractional bits


def _times_inverse_ln_2(value: float, fraction_bits: int) -> int:
    n, d = value.as_integer_ratio()
    return round(Fraction(n * _INVERSE_LN_2, d << (96 - fraction_bits)))


def _lognormal(mean: float, stddev: float, dtype: _Dtype) -> _Filler:
    if abs(mean) > _LARGEST_LOGNORMAL:
        raise ValueError(f"mean must be in [-65536, 65536], got {mean}")
    if stddev > _LARGEST_LOGNORMAL:
        raise ValueError(f"stddev must be in [0, 65536], got {stddev}")
    a, b = _FLOAT32.round(mean), _FLOAT32.round(stddev)
    log = a + _LARGEST * b
    reach = math.exp(log) if log < 700 else math.inf
    if math.isinf(dtype.round(reach)):
        raise ValueError(f"mean {mean} with stddev {stddev} reaches {reach}, which does not fit {dtype.name}")
    offset, scale = _times_inverse_ln_2(a, 32), _times_inverse_ln_2(b, 36)

    def values(z: np.ndarray, scratch: _Scratch) -> np.ndarray:
        magnitude = abs(z)
        step = (scale >> 32) * magnitude + ((scale & _WORD) * magnitude >> 32)
        t = offset + np.where(z < 0, -step, step)
        return _float32_of(_exp2_digits(t & _WORD), (t >> 32) - 31)

    return _by_elements(values, dtype, _normals)


# ---- DISTRIBUTIONS.md: discrete draws ----------------------------------------------------------


def _store_integers(out: np.ndarray, values: np.ndarray, dtype: _Dtype) -> None:
    if dtype.name in _FLOATS:
        dtype.store(out, values.astype(np.float32))
    else:
        out[...] = values.astype(out.dtype)  # modulo its range


def _of_words(values: Callable[[np.ndarray], np.ndarray], dtype: _Dtype) -> _Filler:
    """Integers that are functions of the words of their elements."""

    def write(out: np.ndarray, start: int, key: Key) -> None:
        scratch = _Scratch(out.size)
        for at, block, blocks, inside in _pieces(start, out.size):
            words = _interleaved(_words(block, blocks, key, scratch), scratch)[inside]
            _store_integers(out[at], values(words), dtype)

    return _Filler(write)


def _threshold(probability: float) -> int:
    return round(Fraction(probability) * (1 << 32))  # round() of a Fraction is exact, ties to even


def _bernoulli(probability: float, packed: bool, dtype: _Dtype) -> _Filler:
    threshold = _threshold(probability)
    outcomes = _of_words(lambda words: words < np.uint64(threshold), dtype)

    def write(out: np.ndarray, start: int, key: Key) -> None:
        for begin in range(0, out.size, _BLOCKS):
            words = out[begin : begin + _BLOCKS]
            bits = np.empty(32 * words.size, np.uint8)
            outcomes.write(bits, 32 * (start + begin), key)
            words[...] = np.packbits(bits, bitorder="little").view("<u4")

    if not packed:
        return outcomes
    outcomes = _of_words(lambda words: words < np.uint64(threshold), _DTYPES["uint8"])
    return _Filler(write)


def _rademacher(dtype: _Dtype) -> _Filler:
    return _of_words(lambda words: 1 - 2 * (words >> 31).astype(np.int64), dtype)


_INTEGERS = {"int32": (-(1 << 31), 1 << 31), "uint32": (0, 1 << 32), "int8": (-128, 128), "uint8": (0, 256)}


def _randint(low: int, high: int, dtype: _Dtype) -> _Filler:
    least, end = _INTEGERS[dtype.name]
    if not least <= low < high <= end:
        raise ValueError(f"low and high of {dtype.name} must be {least} <= low < high <= {end}, got {low} and {high}")
    span = np.uint64(high - low)
    threshold = np.uint64((1 << 32) % (high - low))

    def write(out: np.ndarray, start: int, key: Key) -> None:
        scratch = _Scratch(out.size)
        for at, block, blocks, inside in _pieces(start, out.size):
            # NumPy 1 would keep the product of words and a scalar in 32 bits.
            products = _interleaved(_words(block, blocks, key, scratch), scratch).astype(np.uint64) * span
            attempt = 0
            while (missing := np.flatnonzero((products & _U64[_WORD]) < threshold)).size:
                attempt += 1
                again = np.unique(missing >> 2)
                words = _words_at(again.astype(np.uint64) + np.uint64(block), attempt, key, scratch)
                products[missing] = words[missing & 3, np.searchsorted(again, missing >> 2)].astype(np.uint64) * span
            values = (products >> _U64[32]).astype(np.int64) + low
            _store_integers(out[at], values[inside], dtype)

    return _Filler(write)


def _poisson(rate: float, dtype: _Dtype) -> _Filler:
    def terms(ratios: Iterator[float]) -> list[float]:
        found, term = [], 1.0
        for ratio in ratios:
            term *= ratio
            if term < 2.0**-80:
                break
            found.append(term)
        return found

    mode = int(rate)
    below = terms(k / rate for k in range(mode, 0, -1))
    above = terms(rate / k for k in itertools.count(mode + 1))
    sums = list(itertools.accumulate([*reversed(below), 1.0, *above]))
    thresholds = np.array([_threshold(part / sums[-1]) for part in sums], np.uint64)
    first = mode - len(below)
    return _of_words(
        lambda words: first + np.searchsorted(thresholds, words.astype(np.uint64), side="right"), dtype
    )


def _hashed(x: np.ndarray, p: int, q: int) -> np.ndarray:
    h = (x ^ np.uint64(p)) * _U64[0x7FEB352D] & _U64[_WORD]
    return (h ^ h >> _U64[15] ^ np.uint64(q)) * _U64[0x846CA68B] & _U64[_WORD]


def _permutation(size: int, total: int, wide: bool, dtype: _Dtype) -> _Filler:
    end = _INTEGERS[dtype.name][1]
    if wide:
        if dtype.name != "uint32":
            raise ValueError(f"dtype must be uint32 with wide=True, got {dtype.name}")
    elif size > end:
        raise ValueError(f"size of {dtype.name} must be at most {end}, or wide must be True, got {size}")
    elif size < total:
        raise ValueError(f"size must be at least {total}, the number of elements, got {size}")
    bits = max(size - 1, 0).bit_length() // 2
    mask, rows = np.uint64((1 << bits) - 1), np.uint64(-(-size >> bits))
    pairs = max(4, -(-32 // max(bits, 1)))

    def write(out: np.ndarray, start: int, key: Key) -> None:
        if size <= 1:
            out[...] = 0
            return
        words = _philox(0, 0, 0, 0xFFFFFFFD, key)
        for begin in range(0, out.size, 4 * _BLOCKS):
            part = out[begin : begin + 4 * _BLOCKS]
            first, end = start + begin, start + begin + part.size
            places = np.arange(first >> wide, (end + wide) >> wide, dtype=np.uint64)
            left = np.arange(places.size)
            while left.size:
                row, column = places[left] >> np.uint64(bits), places[left] & mask
                for n in range(pairs):
                    p, q, r, s = ((w + n * step) & _WORD for w, step in zip(words, (_W0, _W1, _W0, _W1)))
                    turn = _hashed(row, p, q)
                    column = column + (turn ^ turn >> _U64[16]) & mask
                    row = (row + (_hashed(column, r, s) * rows >> _U64[32])) % rows
                places[left] = row << np.uint64(bits) | column
                left = left[places[left] >= np.uint64(size)]
            if wide:
                places = places.astype("<u8").view("<u4")[first & 1 :][: part.size]
            part[...] = places.astype(part.dtype)

    return _Filler(write)


# ---- Tensors -----------------------------------------------------------------------------------

_Draw = Callable[[_Dtype], _Filler]


def _tensor(
    draw: _Draw,
    shape: tuple[int, ...],
    seed: Any,
    name: Any,
    dtype: Any,
    start: Any,
    count: Any,
    dtypes: tuple[str, ...] = _FLOATS,
) -> np.ndarray:
    known = _dtype(dtypes[0] if dtype is None else dtype)
    if known.name not in dtypes:
        if draw is _bits:
            raise ValueError(f"bits are uint32, got dtype {known.name}")
        if dtypes == _FLOATS:
            raise ValueError(f"dtype {known.name} is for bits; other values are float32, float16 or bfloat16")
        raise ValueError(f"dtype must be one of {', '.join(dtypes)}, got {known.name}")
    filler = draw(known)
    if seed is None and filler.random:
        raise ValueError("seed is missing: give for example seed=42")
    key = Key(0 if seed is None else seed)
    if name is not None:
        if not isinstance(name, str):
            raise ValueError(f"a name must be a string of well-formed Unicode, got {_shown(name)}")
        key = key.fold(name)
    total = math.prod(shape)
    first = 0 if start is None else _integer("start", start, total + 1)
    size = total - first if count is None else _integer(f"count from start {first}", count, total - first + 1)
    out = np.empty(size, known.numpy)
    with np.errstate(all="ignore"):
        filler.write(out, first, key)
    return out.reshape(shape) if start is None and count is None else out


def bits(
    shape: int | Sequence[int],
    *,
    seed: int | Key,
    name: str | None = None,
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns the 32-bit words of the stream as a uint32 array. The other arguments are those of `fill`.

    >>> bits(2, seed=42)
    array([2632642643, 2012563771], dtype=uint32)
    """
    return _tensor(_bits, _shape(shape), seed, name, "uint32", start, count, ("uint32",))


def uniform(
    shape: int | Sequence[int],
    low: float = 0.0,
    high: float = 1.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns uniform values in [low, high). Where both are equal, every element is `low`.

    The other arguments are those of `fill`. Raises ValueError where a number is not finite or does not fit
    the dtype, `high` is below `low`, or no value of the dtype lies in the interval.

    >>> values = uniform((2, 3), -1, 1, seed=42)
    >>> bool((values >= -1).all() and (values < 1).all())
    True
    """
    draw = functools.partial(
        _uniform, ("low", "high"), _FINITE.check("low", low), _FINITE.check("high", high)
    )
    return _tensor(draw, _shape(shape), seed, name, dtype, start, count)


def normal(
    shape: int | Sequence[int],
    mean: float = 0.0,
    stddev: float = 1.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns normal values, none of which is more than 6.78 standard deviations from the mean.

    The other arguments are those of `fill`. Raises ValueError where a number is not finite, `stddev` is
    negative, or values would not fit the dtype.

    >>> latents = normal((1, 4, 64, 64), seed=0)
    >>> latents.shape, latents.dtype
    ((1, 4, 64, 64), dtype('float32'))
    """
    draw = functools.partial(_normal, _FINITE.check("mean", mean), _AT_LEAST_0.check("stddev", stddev))
    return _tensor(draw, _shape(shape), seed, name, dtype, start, count)


def truncated_normal(
    shape: int | Sequence[int],
    mean: float = 0.0,
    stddev: float = 1.0,
    lower: float = -2.0,
    upper: float = 2.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns normal values strictly between mean + lower stddev and mean + upper stddev.

    `lower` and `upper` are in standard deviations, and either may be infinite. The other arguments are those
    of `fill`. Raises ValueError as `normal`, and where less than 1/64 of a normal's mass lies between the
    bounds.

    >>> bool((abs(truncated_normal(1000, seed=42)) < 2).all())
    True
    """
    draw = functools.partial(
        _truncated_normal,
        _FINITE.check("mean", mean),
        _AT_LEAST_0.check("stddev", stddev),
        _BOUND.check("lower", lower),
        _BOUND.check("upper", upper),
    )
    return _tensor(draw, _shape(shape), seed, name, dtype, start, count)


def bernoulli(
    shape: int | Sequence[int],
    probability: float = 0.5,
    *,
    packed: bool = False,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = None,
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns 1 with a probability, and 0 otherwise: float32, or another dtype of floats or integers.

    With `packed`, bit b of the uint32 word i is the outcome of element 32 i + b. The other arguments are those
    of `fill`.

    >>> bernoulli(8, 0.3, seed=42, dtype="uint8")
    array([0, 0, 1, 0, 0, 0, 0, 0], dtype=uint8)
    """
    return fill("bernoulli", shape, seed=seed, name=name, dtype=dtype, start=start, count=count, probability=probability, packed=packed)


def rademacher(
    shape: int | Sequence[int],
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = None,
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns 1 and -1, each with probability 1/2: float32, or float16, bfloat16, int8 or int32.

    The other arguments are those of `fill`.

    >>> rademacher(8, seed=42, dtype="int8")
    array([-1,  1,  1,  1, -1,  1, -1,  1], dtype=int8)
    """
    return fill("rademacher", shape, seed=seed, name=name, dtype=dtype, start=start, count=count)


def randint(
    shape: int | Sequence[int],
    low: int,
    high: int,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = None,
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns integers in [low, high), each with the same probability: int32, or uint32, int8 or uint8.

    The other arguments are those of `fill`. Raises ValueError where the dtype does not hold the integers.

    >>> randint(8, 1, 7, seed=42)
    array([4, 3, 1, 3, 6, 2, 4, 3], dtype=int32)
    """
    return fill("randint", shape, seed=seed, name=name, dtype=dtype, start=start, count=count, low=low, high=high)


def poisson(
    shape: int | Sequence[int],
    rate: float = 1.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = None,
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns counts of events, `rate` of them on average, which is in [0, 2^20]: int32, or uint32 or float32.

    The other arguments are those of `fill`.

    >>> poisson(8, 3, seed=42)
    array([3, 3, 1, 2, 7, 2, 3, 3], dtype=int32)
    """
    return fill("poisson", shape, seed=seed, name=name, dtype=dtype, start=start, count=count, rate=rate)


def permutation(
    shape: int | Sequence[int],
    size: int | None = None,
    *,
    wide: bool = False,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = None,
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns the elements of a permutation of the integers in [0, size): uint32, or int32.

    By default `size` is the number of elements. With `wide`, which goes up to sizes of 2^53, each integer takes
    two elements, its low word and then its high word. The other arguments are those of `fill`. Any range can be
    computed alone. Raises ValueError where there are more elements than `size`, or the dtype does not hold them.

    >>> permutation(10, seed=42)
    array([0, 2, 4, 9, 7, 6, 1, 5, 8, 3], dtype=uint32)
    >>> permutation(10, seed=42, start=3, count=2)
    array([9, 7], dtype=uint32)
    >>> permutation(20, wide=True, seed=42, start=6, count=4).view("<u8")
    array([9, 7], dtype=uint64)
    """
    return fill("permutation", shape, seed=seed, name=name, dtype=dtype, start=start, count=count, size=size, wide=wide)


def exponential(
    shape: int | Sequence[int],
    scale: float = 1.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns exponential values with the mean `scale`.

    The other arguments are those of `fill`. Raises ValueError where a number is not finite, `scale` is
    negative, or values would not fit the dtype.

    >>> bool((exponential(1000, seed=42) > 0).all())
    True
    """
    draw = functools.partial(_exponential, _AT_LEAST_0.check("scale", scale))
    return _tensor(draw, _shape(shape), seed, name, dtype, start, count)


def laplace(
    shape: int | Sequence[int],
    loc: float = 0.0,
    scale: float = 1.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns Laplace values: exponential ones on both sides of `loc`.

    The other arguments are those of `fill`. Raises ValueError where a number is not finite, `scale` is
    negative, or values would not fit the dtype.

    >>> laplace((2, 3), seed=42).shape
    (2, 3)
    """
    draw = functools.partial(_laplace, _FINITE.check("loc", loc), _AT_LEAST_0.check("scale", scale))
    return _tensor(draw, _shape(shape), seed, name, dtype, start, count)


def logistic(
    shape: int | Sequence[int],
    loc: float = 0.0,
    scale: float = 1.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns logistic values around `loc`: the logits of uniform ones.

    The other arguments are those of `fill`. Raises ValueError where a number is not finite, `scale` is
    negative, or values would not fit the dtype.

    >>> logistic((2, 3), seed=42).shape
    (2, 3)
    """
    draw = functools.partial(_logistic, _FINITE.check("loc", loc), _AT_LEAST_0.check("scale", scale))
    return _tensor(draw, _shape(shape), seed, name, dtype, start, count)


def gumbel(
    shape: int | Sequence[int],
    loc: float = 0.0,
    scale: float = 1.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns Gumbel values with the mode `loc`, as the largest of many have them.

    The other arguments are those of `fill`. Raises ValueError where a number is not finite, `scale` is
    negative, or values would not fit the dtype.

    >>> bool((gumbel(1000, seed=42) > -3.14).all())
    True
    """
    draw = functools.partial(_gumbel, _FINITE.check("loc", loc), _AT_LEAST_0.check("scale", scale))
    return _tensor(draw, _shape(shape), seed, name, dtype, start, count)


def lognormal(
    shape: int | Sequence[int],
    mean: float = 0.0,
    stddev: float = 1.0,
    *,
    seed: int | Key,
    name: str | None = None,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns values whose logarithms are normal.

    The other arguments are those of `fill`. Raises ValueError where a number is not finite, `stddev` is
    negative, or values would not fit the dtype.

    >>> bool((lognormal(1000, seed=42) > 0).all())
    True
    """
    draw = functools.partial(_lognormal, _FINITE.check("mean", mean), _AT_LEAST_0.check("stddev", stddev))
    return _tensor(draw, _shape(shape), seed, name, dtype, start, count)


def constant(
    shape: int | Sequence[int],
    value: float,
    *,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns an array with `value`, rounded to float32 and from there to the dtype, in every element.

    >>> constant(3, 0.5)
    array([0.5, 0.5, 0.5], dtype=float32)
    """
    draw = functools.partial(_constant, "value", _FINITE.check("value", value))
    return _tensor(draw, _shape(shape), None, None, dtype, start, count)


def eye(
    rows: int,
    columns: int,
    value: float = 1.0,
    *,
    dtype: Any = "float32",
    start: int | None = None,
    count: int | None = None,
) -> np.ndarray:
    """Returns a matrix with `value` on its main diagonal and 0 elsewhere.

    >>> eye(2, 3)
    array([[1., 0., 0.],
           [0., 1., 0.]], dtype=float32)
    """
    shape = _shape((rows, columns))
    draw = functools.partial(_eye, *shape, "value", _FINITE.check("value", value))
    return _tensor(draw, shape, None, None, dtype, start, count)


# ---- Initializers ------------------------------------------------------------------------------

_MODES = ("fan_in", "fan_out", "fan_avg", "fan_geo_avg")
_DISTRIBUTIONS = ("truncated_normal", "untruncated_normal", "uniform")

# The standard deviation of a standard normal that is cut at -2 and 2, with Keras's digits.
_TRUNCATED_STDDEV = 0.87962566103423978


def _mode(name: str, value: Any) -> str:
    if not isinstance(value, str) or value not in _MODES:
        raise ValueError(f"{name} must be one of {', '.join(_MODES)}, got {_shown(value)}")
    return value


def _distribution(name: str, value: Any) -> str:
    lower = value.lower() if isinstance(value, str) else None
    if lower == "normal":
        return "truncated_normal"  # Keras's other name of it
    if lower not in _DISTRIBUTIONS:
        raise ValueError(f"{name} must be one of {', '.join(_DISTRIBUTIONS)}, got {_shown(value)}")
    return lower


def _bound(name: str, value: Any) -> float:
    """A bound in standard deviations. None is an infinite one, which JSON cannot spell."""
    if value is None:
        return -math.inf if name == "lower" else math.inf
    return _BOUND.check(name, value)


def _axes(name: str, value: Any) -> tuple[int, ...] | None:
    if value is None:
        return None
    try:
        axes = tuple(operator.index(axis) for axis in value)
    except TypeError:
        raise ValueError(f"{name} must be None or a list of integers, got {_shown(value)}") from None
    return axes


def _boolean_too(name: str, value: Any) -> float:
    return float(value) if isinstance(value, bool) else _FINITE.check(name, value)


_LOCATION_SCALE = {"loc": (0.0, _FINITE.check), "scale": (1.0, _AT_LEAST_0.check)}
_FAN_OPTIONS = {"input_axes": (None, _axes), "output_axes": (None, _axes)}


def _fans(shape: tuple[int, ...], input_axes: Any, output_axes: Any) -> tuple[float, float]:
    """fan_in and fan_out by Keras's rules: keras/src/initializers/random_initializers.py, compute_fans."""

    def product(sizes: Sequence[int]) -> float:
        return functools.reduce(lambda total, size: min(total * float(size), sys.float_info.max), sizes, 1.0)

    def sizes_of(name: str, axes: Sequence[int]) -> Sequence[int]:
        rank = len(shape)
        for axis in axes:
            if not -rank <= axis < rank:
                raise ValueError(f"{name} must lie in [{-rank}, {rank - 1}] for shape {shape}, got {axis}")
        if len({axis % rank for axis in axes}) < len(axes):
            raise ValueError(f"{name} must name each axis of shape {shape} once, got {axes}")
        return [shape[axis] for axis in axes]

    if input_axes is not None and output_axes is not None:
        return product(sizes_of("input_axes", input_axes)), product(sizes_of("output_axes", output_axes))
    if len(shape) == 0:
        return 1.0, 1.0
    if len(shape) == 1:
        return float(shape[0]), float(shape[0])
    *window, rows, columns = shape
    return product([*window, rows]), product([*window, columns])


def _scaled(
    shape: tuple[int, ...], scale: float, mode: str, distribution: str, input_axes: Any, output_axes: Any
) -> _Draw:
    """The draw for the variance v = scale / max(1, fan), as Keras's VarianceScaling."""
    fan_in, fan_out = _fans(shape, input_axes, output_axes)
    fan = {
        "fan_in": fan_in,
        "fan_out": fan_out,
        "fan_avg": fan_in / 2 + fan_out / 2,
        "fan_geo_avg": math.sqrt(min(fan_in * fan_out, sys.float_info.max)),
    }[mode]
    variance = scale / max(1.0, fan)
    if distribution == "uniform":
        limit = math.sqrt(3 * variance)
        return functools.partial(_uniform, ("low", "high"), -limit, limit)
    stddev = math.sqrt(variance)
    if distribution == "untruncated_normal":
        return functools.partial(_normal, 0.0, stddev)
    # It is made wider before the cut, so that v is the variance of what the cut leaves.
    return functools.partial(_truncated_normal, 0.0, stddev / _TRUNCATED_STDDEV, -2.0, 2.0)


def _identity(shape: tuple[int, ...], gain: float) -> _Draw:
    if len(shape) != 2:
        raise ValueError(f"Identity needs a shape of rank 2, got {_shown(shape)} of rank {len(shape)}")
    return functools.partial(_eye, *shape, "gain", gain)


class _Initializer(NamedTuple):
    draw: Callable[..., _Draw]  # of a shape and the options
    options: dict = {}  # by name: the default, and a function that checks a value and returns it
    aliases: tuple[str, ...] = ()
    dtypes: tuple[str, ...] = _FLOATS  # the first is the default


def _probability(name: str, value: Any) -> float:
    return _Numbers("a number in [0, 1]", lambda x: 0 <= x <= 1).check(name, value)


def _truth(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be True or False, got {_shown(value)}")
    return value


def _whole(least: int, most: int) -> Callable[[str, Any], int]:
    def check(name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, numbers.Integral) or not least <= value <= most:
            raise ValueError(f"{name} must be an integer in [{least}, {most}], got {_shown(value)}")
        return int(value)

    return check


def _size(name: str, value: Any) -> int | None:
    return None if value is None else _whole(0, 1 << 53)(name, value)


def _permuted(shape: tuple[int, ...], size: int | None, wide: bool) -> _Draw:
    total = math.prod(shape)
    if wide:
        if total % 2:
            raise ValueError(f"the number of elements must be even with wide=True, two words an integer, got {total}")
        total //= 2
        if size is not None and size < total:
            raise ValueError(f"size must be at least {total}, half the number of elements, got {size}")
    return functools.partial(_permutation, total if size is None else size, total, wide)


def _fixed_scaling(scale: float, mode: str, distribution: str) -> _Initializer:
    def draw(shape: tuple[int, ...], **axes: Any) -> _Draw:
        return _scaled(shape, scale, mode, distribution, **axes)

    return _Initializer(draw, _FAN_OPTIONS)


_INITIALIZERS = {
    "Zeros": _Initializer(lambda shape: functools.partial(_constant, "value", 0.0), aliases=("zero",)),
    "Ones": _Initializer(lambda shape: functools.partial(_constant, "value", 1.0), aliases=("one",)),
    "Constant": _Initializer(
        lambda shape, value: functools.partial(_constant, "value", value), {"value": (0.0, _boolean_too)}
    ),
    "RandomNormal": _Initializer(
        lambda shape, mean, stddev: functools.partial(_normal, mean, stddev),
        {"mean": (0.0, _FINITE.check), "stddev": (0.05, _AT_LEAST_0.check)},
        ("normal",),
    ),
    "RandomUniform": _Initializer(
        lambda shape, minval, maxval: functools.partial(_uniform, ("minval", "maxval"), minval, maxval),
        {"minval": (-0.05, _FINITE.check), "maxval": (0.05, _FINITE.check)},
        ("uniform",),
    ),
    "TruncatedNormal": _Initializer(
        lambda shape, **options: functools.partial(_truncated_normal, *options.values()),
        {
            "mean": (0.0, _FINITE.check),
            "stddev": (0.05, _AT_LEAST_0.check),
            "lower": (-2.0, _bound),
            "upper": (2.0, _bound),
        },
    ),
    "VarianceScaling": _Initializer(
        _scaled,
        {
            "scale": (1.0, _ABOVE_0.check),
            "mode": ("fan_in", _mode),
            "distribution": ("truncated_normal", _distribution),
            **_FAN_OPTIONS,
        },
    ),
    "GlorotNormal": _fixed_scaling(1.0, "fan_avg", "truncated_normal"),
    "GlorotUniform": _fixed_scaling(1.0, "fan_avg", "uniform"),
    "HeNormal": _fixed_scaling(2.0, "fan_in", "truncated_normal"),
    "HeUniform": _fixed_scaling(2.0, "fan_in", "uniform"),
    "LecunNormal": _fixed_scaling(1.0, "fan_in", "truncated_normal"),
    "LecunUniform": _fixed_scaling(1.0, "fan_in", "uniform"),
    "Identity": _Initializer(_identity, {"gain": (1.0, _FINITE.check)}, ("IdentityInitializer",)),
    "Bits": _Initializer(lambda shape: _bits, dtypes=("uint32",)),
    "Bernoulli": _Initializer(
        lambda shape, probability, packed: functools.partial(_bernoulli, probability, packed),
        {"probability": (0.5, _probability), "packed": (False, _truth)},
        dtypes=(*_FLOATS, "uint8", "int8", "uint32", "int32"),
    ),
    "Rademacher": _Initializer(lambda shape: _rademacher, dtypes=(*_FLOATS, "int8", "int32")),
    "Randint": _Initializer(
        lambda shape, low, high: functools.partial(_randint, low, high),
        {"low": (0, _whole(-(1 << 31), 1 << 32)), "high": (2, _whole(-(1 << 31), 1 << 32))},
        dtypes=tuple(_INTEGERS),
    ),
    "Poisson": _Initializer(
        lambda shape, rate: functools.partial(_poisson, rate),
        {"rate": (1.0, _Numbers("a number in [0, 2^20]", lambda x: 0 <= x <= 1 << 20).check)},
        dtypes=("int32", "uint32", "float32"),
    ),
    "Permutation": _Initializer(_permuted, {"size": (None, _size), "wide": (False, _truth)}, dtypes=("uint32", "int32")),
}


def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


_BY_IDENTIFIER = {
    identifier: initializer
    for name, initializer in _INITIALIZERS.items()
    for identifier in (name, _snake_case(name), *initializer.aliases)
}


def _initializer(identifier: Any) -> _Initializer:
    if not isinstance(identifier, str):
        raise ValueError(f"an initializer must be a name such as 'he_normal', got {_shown(identifier)}")
    if identifier in _BY_IDENTIFIER:
        return _BY_IDENTIFIER[identifier]
    if identifier in ("orthogonal", "Orthogonal", "OrthogonalInitializer"):
        raise ValueError(
            f"{identifier} is not available here: STREAM.md defines no bits of orthogonal matrices"
        )
    near = difflib.get_close_matches(identifier, _BY_IDENTIFIER, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(map(_snake_case, _INITIALIZERS))}"
    raise ValueError(f"unknown initializer {_shown(identifier)}; {hint}")


def fill(
    initializer: str,
    shape: int | Sequence[int],
    *,
    seed: int | Key | None = None,
    name: str | None = None,
    dtype: Any = None,
    start: int | None = None,
    count: int | None = None,
    **options: Any,
) -> np.ndarray:
    """Fills a tensor by an initializer: the same bits as `sampler.fill` of the JavaScript package.

    - `initializer`: a name of Keras's, such as 'he_normal' or 'HeNormal', or 'bits'.
    - `shape`: the sizes of the tensor, or one size. Elements are counted row-major.
    - `seed`: an integer in [0, 2^64) or a `Key`. Only what is not random needs none.
    - `name`: a path such as 'encoder/kernel', which gives the tensor a stream of its own below the seed.
    - `dtype`: 'float32', the default, 'float16' or 'bfloat16', or NumPy's types of these; for bits 'uint32'.
      NumPy has no bfloat16, so 'bfloat16' gives the bit patterns as uint16. Give `ml_dtypes.bfloat16`, where
      that package is installed, for an array of that dtype.
    - `start` and `count`: the range of elements that is computed, alone. The result has one axis then.
      Without `count` it goes to the end of the tensor.
    - `options`: those of the initializer, with Keras's names and defaults, such as `stddev=0.02`.

    Returns a new array. Raises ValueError for what cannot be right.

    >>> fill('he_normal', (784, 128), seed=42, name='dense/kernel').shape
    (784, 128)
    >>> fill('random_normal', (1000, 1000, 1000, 1000), stddev=0.02, seed=42, start=10**11, count=3).size
    3
    """
    sizes = _shape(shape)
    known = _initializer(initializer)
    unknown = [option for option in options if option not in known.options]
    if unknown:
        own = f"its options are {', '.join(known.options)}" if known.options else "it has none"
        raise ValueError(f"{initializer} has no option {_shown(unknown[0])}; {own}")
    checked = {
        option: check(option, options[option]) if option in options else default
        for option, (default, check) in known.options.items()
    }
    dtypes = ("uint32",) if checked.get("packed") else known.dtypes
    return _tensor(known.draw(sizes, **checked), sizes, seed, name, dtype, start, count, dtypes)


# ---- The command line --------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tensorseed.py", description="Random tensors from a seed.")
    commands = parser.add_subparsers(dest="command", required=True)
    sample = commands.add_parser("sample", help="fills a tensor, or a range of it, into a file")
    sample.add_argument("initializer", help="a name such as he_normal")
    sample.add_argument("shape", help="sizes with commas between them, such as 784,128")
    sample.add_argument("--seed", help="an integer in [0, 2^64)")
    sample.add_argument("--name", help="a path such as dense/kernel")
    sample.add_argument("--dtype", help="float32, float16, bfloat16, or uint32 for bits")
    sample.add_argument("--start", help="the first element of a range")
    sample.add_argument("--count", help="the number of elements of a range")
    sample.add_argument("--config", default="{}", help="the initializer's options as JSON")
    sample.add_argument("--out", required=True, help="a file that ends in .npy or, for raw bytes, .bin")
    return parser


def _sample(given: argparse.Namespace) -> None:
    def number(what: str, text: str | None) -> int | None:
        if text is not None and not (text.isascii() and text.isdigit()):
            raise ValueError(f"{what} must be an integer >= 0, got {text!r}")
        return None if text is None else int(text)

    try:
        options = json.loads(given.config)
    except json.JSONDecodeError as error:
        raise ValueError(f"--config must be JSON, got {given.config!r} ({error})") from None
    if not isinstance(options, dict):
        raise ValueError(f"--config must be an object, got {given.config!r}")
    npy = given.out.endswith(".npy")
    if not npy and not given.out.endswith(".bin"):
        raise ValueError(f"--out must end in .npy or .bin, got {given.out!r}")
    if npy and given.dtype == "bfloat16":
        raise ValueError(".npy has no type for bfloat16: write .bin, or take float32 or float16")
    seed = options.pop("seed", None) if given.seed is None else number("--seed", given.seed)
    tensor = fill(
        given.initializer,
        [number("a size of the shape", size) for size in given.shape.split(",")],
        seed=seed,
        name=given.name,
        dtype=given.dtype,
        start=number("--start", given.start),
        count=number("--count", given.count),
        **options,
    )
    if npy:
        np.save(given.out, tensor)
    else:
        tensor.tofile(given.out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line, and returns its exit code."""
    given = _parser().parse_args(arguments)
    try:
        _sample(given)
    except (ValueError, OSError, MemoryError) as error:
        print(f"tensorseed.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
