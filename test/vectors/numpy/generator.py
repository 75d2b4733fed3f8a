"""Writes generator.json: what NumPy's default generator gives.

    python3 generator.py > generator.json

Needs numpy and ml_dtypes. `elements` has pairs [start, patterns]: the bit patterns, in hexadecimal, from element
`start` on.
"""
import json
import platform
import sys

import ml_dtypes
import numpy as np


def patterns(values):
    flat = np.asarray(values).reshape(-1)
    digits = flat.dtype.itemsize * 2
    words = flat.view({2: np.uint16, 4: np.uint32}[flat.dtype.itemsize])
    return "".join(f"{int(word):0{digits}x}" for word in words)


def drawn(generator, draw, size, numbers):
    if draw == "bits":
        return generator.integers(0, 2**32, size, dtype=np.uint32)
    if draw == "integers":
        return generator.integers(*numbers, size).astype(np.int32)
    if draw == "uniform":
        return generator.uniform(*numbers, size)
    return generator.normal(*numbers, size)


def tensor(draw, numbers=(), seed=42, spawn_key=(), size=1000, dtype="float32", count=24):
    generator = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=spawn_key))
    values = drawn(generator, draw, size, numbers).astype(dtype)
    starts = (0,) if size <= count else (0, size // 2 + 3, size - count)
    return {
        "draw": draw,
        "numbers": list(numbers),
        "seed": str(seed),
        "spawnKey": [str(part) for part in spawn_key],
        "size": size,
        "dtype": dtype,
        "elements": [[start, patterns(values[start : start + count])] for start in starts],
    }


def tensors():
    for seed in (0, 42, 2**32 - 1, 2**32, 2**64 - 1):
        for spawn_key in ((), (0,), (3,), (2**32 + 5,), (1, 2**64 - 1, 7)):
            yield tensor("bits", seed=seed, spawn_key=spawn_key, size=7, dtype="uint32")
    for dtype in ("float32", "float16", "bfloat16"):
        yield tensor("uniform", (0.0, 1.0), dtype=dtype)
        yield tensor("uniform", (-0.05, 0.1), dtype=dtype, size=100_003)
        yield tensor("normal", (0.0, 1.0), dtype=dtype, size=1_000_003)
        yield tensor("normal", (1.0, 0.02), dtype=dtype)
    for low, high in ((0, 10), (-7, 1000), (0, 1), (-(2**31), 2**31), (-(2**30), 2**31), (-(2**31), 2**30 + 5)):
        yield tensor("integers", (low, high), dtype="int32", size=10_001)
    yield tensor("bits", dtype="uint32", size=10_001)


def extremes(count=4_000_000):
    """The normals of the tail, and of the edges of layers, among many."""
    values = np.random.default_rng(7).standard_normal(count)
    tail = np.argsort(-np.abs(values))[:24]
    return {
        "seed": "7",
        "size": count,
        "elements": [[int(i), patterns(values[i : i + 1].astype(np.float32))] for i in tail],
    }


def main():
    versions = {"numpy": np.__version__, "ml_dtypes": ml_dtypes.__version__, "python": platform.python_version()}
    json.dump({"versions": versions, "tensors": list(tensors()), "tail": extremes()}, sys.stdout, indent=1)
    print()


main()
