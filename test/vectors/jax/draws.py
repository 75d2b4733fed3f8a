"""What jax.random gives, on the CPU.

    JAX_PLATFORMS=cpu python3 draws.py

writes draws.json beside it. Needs jax and numpy, on a processor with a fused multiply-add. Elements are bit patterns in
hexadecimal, from an element on.
"""

import json
import os
from pathlib import Path

os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
from jax import random
from jax._src.random import threefry2x32
from jax.extend.random import threefry_2x32

DTYPES = {"float32": np.float32, "float16": np.float16, "bfloat16": ml_dtypes.bfloat16}
COUNT = 61
FAR = [2**34 + 3, 2**45 - 5]  # the blocks of 4 there are beyond 2^32
FAR_COUNT = 9


def data_of(key):
    return [int(word) for word in random.key_data(key)]


def patterns(array):
    array = np.asarray(array)
    word = np.uint16 if array.itemsize == 2 else np.uint32
    return "".join(f"{v:0{2 * array.itemsize}x}" for v in array.view(word).ravel())


def refused(function, value):
    try:
        function(value)
    except OverflowError:
        return True
    return False


iota = threefry2x32.prng.iota_2x32_shape


def elements(draw):
    """The first elements, and far ones, whose counters are shifted."""
    result = [[0, patterns(draw(COUNT))]]
    for start in FAR:

        def far(shape, start=start):
            index = start + np.arange(shape[0], dtype=np.uint64)
            return jnp.uint32(index >> np.uint64(32)), jnp.uint32(index & np.uint64(0xFFFFFFFF))

        threefry2x32.prng.iota_2x32_shape = lambda shape, far=far: far(shape) if len(shape) == 1 and shape[0] == FAR_COUNT else iota(shape)
        jax.clear_caches()
        result.append([start, patterns(draw(FAR_COUNT))])
    threefry2x32.prng.iota_2x32_shape = iota
    jax.clear_caches()
    return result


cases = []


def case(seed, draw, dtype, function):
    key = random.key(seed)
    cases.append({"seed": seed, "draw": draw, "dtype": dtype, "elements": elements(lambda n: function(key, (n,)))})


case(42, {"kind": "bits"}, "uint32", lambda k, s: random.bits(k, s))
for name, dtype in DTYPES.items():
    for low, high in ((0.0, 1.0), (-0.05, 0.05), (0.1, 0.3), (-1 / 3, 1e4), (-1e-3, 7.0), (1000.0, 1001.0), (-5.0, -2.0), (0.0, 1e-37), (1e-6, 2e-6), (2.5, 2.5)):
        case(42, {"kind": "uniform", "low": low, "high": high}, name, lambda k, s: random.uniform(k, s, dtype, low, high))
    for mean, stddev in ((0.0, 1.0), (0.0, 0.05), (1.3, 0.37), (0.0, 2e-38)):
        case(7, {"kind": "normal", "mean": mean, "stddev": stddev}, name, lambda k, s: random.normal(k, s, dtype) * stddev + mean)
    for lower, upper, mean, stddev in ((-2.0, 2.0, 0.0, 1.0), (-0.5, 3.1, 0.0, 1.0), (2.5, 4.0, 0.0, 1.0), (-2.0, 2.0, 1.3, 0.37)):
        case(
            8,
            {"kind": "truncated_normal", "mean": mean, "stddev": stddev, "lower": lower, "upper": upper},
            name,
            lambda k, s: random.truncated_normal(k, lower, upper, s, dtype) * stddev + mean,
        )
    case(9, {"name": "exponential", "numbers": []}, name, lambda k, s: random.exponential(k, s, dtype))
    case(10, {"name": "gumbel", "numbers": []}, name, lambda k, s: random.gumbel(k, s, dtype))
    case(11, {"name": "bernoulli", "numbers": [0.3]}, name, lambda k, s: random.bernoulli(k, 0.3, s).astype(dtype))
for p in (0.0, 1e-9, 0.5, 1.0):
    case(12, {"name": "bernoulli", "numbers": [p]}, "uint32", lambda k, s: random.bernoulli(k, p, s).astype(np.uint32))
for low, high, dtype in (
    (0, 10, "int32"),
    (0, 1, "int32"),
    (-7, 100_000, "int32"),
    (0, 65_536, "int32"),
    (-(2**31), 2**31 - 1, "int32"),
    (-(2**31), 2**31, "int32"),
    (5, 2**31, "int32"),
    (0, 10, "uint32"),
    (1, 2**32 - 1, "uint32"),
):
    end = np.uint32(high) if high >= 2**31 else high
    case(13, {"name": "randint", "numbers": [low, high]}, dtype, lambda k, s: random.randint(k, s, low, end, dtype))

root = random.key(0)
keys = {
    "seeds": [[str(seed), data_of(random.key(seed))] for seed in (0, 42, 2**31, 2**32 - 1, 2**32, 2**32 + 5, 2**63 - 1, -1, -(2**31), -(2**63))],
    "wide": [[str(seed), data_of(random.key(np.uint64(seed)))] for seed in (2**63, 2**64 - 1)],
    "folds": [[data, data_of(random.fold_in(root, data))] for data in (0, 1, 2**31, 2**32 - 1)],
    "refusedFolds": [data for data in (-1, 2**32) if refused(lambda data: random.fold_in(root, data), data)],
    "split": [data_of(key) for key in random.split(random.key(7), 5)],
    "splitOfFold": [data_of(key) for key in random.split(random.fold_in(random.key(7), 3))],
}
counters = ([0, 0, 0, 0], [0xFFFFFFFF] * 4, [0x13198A2E, 0x03707344, 0x243F6A88, 0x85A308D3])
threefry = [
    {"key": c[:2], "counter": c[2:], "words": [int(w) for w in threefry_2x32(jnp.uint32(c[:2]), jnp.uint32(c[2:]))]} for c in counters
]
versions = {"jax": jax.__version__, "numpy": np.__version__}
text = json.dumps({"versions": versions, "threefry": threefry, "keys": keys, "cases": cases}, indent=1)
Path(__file__).with_suffix(".json").write_text(text + "\n")
