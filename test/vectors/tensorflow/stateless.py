"""Writes stateless.json: what TensorFlow's stateless functions give on the CPU.

    python3 stateless.py > stateless.json

Needs tensorflow-cpu. `elements` has pairs [start, patterns]: the bit patterns, in hexadecimal, from element `start`
on.
"""
import ctypes
import ctypes.util
import hashlib
import json
import os
import platform
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

FLOATS = ("float32", "float16", "bfloat16")
FUNCTIONS = {
    "uniform": tf.random.stateless_uniform,
    "normal": tf.random.stateless_normal,
    "truncated_normal": tf.random.stateless_truncated_normal,
}


def patterns(values):
    flat = np.asarray(values).reshape(-1)
    digits = flat.dtype.itemsize * 2
    words = flat.view({2: np.uint16, 4: np.uint32}[flat.dtype.itemsize])
    return "".join(f"{int(word):0{digits}x}" for word in words)


def tensor(name, seed, shape, dtype, count=24, **options):
    values = FUNCTIONS[name](shape, seed=seed, dtype=dtype, **options).numpy().reshape(-1)
    size = len(values)
    starts = (0,) if size <= count else (0, size // 2 + 3, size - count)
    return {
        "draw": name,
        "seed": [str(part) for part in seed],
        "shape": list(shape),
        "dtype": dtype,
        **options,
        "elements": [[start, patterns(values[start : start + count])] for start in starts],
    }


def tensors():
    small, odd, large = (7,), (5, 3, 67), (1_200_007,)
    for seed in ([0, 0], [42, 0], [1, 2], [-1, -2147483648], [2**40 + 5, -(2**63)]):
        for name in FUNCTIONS:
            yield tensor(name, seed, odd, "float32")
        yield tensor("uniform", seed, odd, "int32", minval=-7, maxval=1000)
        yield tensor("uniform", seed, odd, "uint32", minval=None, maxval=None)
    for dtype in FLOATS:
        for name in FUNCTIONS:
            for shape in ((), small, large):
                yield tensor(name, [42, 0], shape, dtype)
        yield tensor("uniform", [42, 0], odd, dtype, minval=-0.05, maxval=0.1)
        yield tensor("uniform", [42, 0], odd, dtype, minval=3.0, maxval=3.5)
        yield tensor("normal", [42, 0], odd, dtype, mean=1.0, stddev=0.02)
        yield tensor("normal", [42, 0], odd, dtype, mean=-1e-5, stddev=1e-6)
        yield tensor("truncated_normal", [42, 0], odd, dtype, mean=-100.0, stddev=0.001)
        yield tensor("truncated_normal", [42, 0], odd, dtype, mean=0.0, stddev=0.05)
    for minval, maxval in ((0, 1), (0, 2**31 - 1), (-(2**31), 2**31 - 1), (5, 12)):
        yield tensor("uniform", [42, 0], small, "int32", minval=minval, maxval=maxval)
    yield tensor("uniform", [42, 0], large, "int32", minval=0, maxval=10)
    yield tensor("uniform", [42, 0], large, "int32", minval=None, maxval=None)


def extremes():
    """The pairs of normals at whose uniforms roundings matter most, among two million."""
    count = 2_000_000
    words = tf.random.stateless_uniform([count], [3, 0], None, None, tf.uint32).numpy() & 0x7FFFFF
    normals = tf.random.stateless_normal([count], [3, 0]).numpy()
    radius, angle = words[0::2], words[1::2].astype(np.int64)
    distances = {
        "large radius": radius,
        "small radius": 2**23 - radius.astype(np.int64),
        "angle near 0": angle,
        "angle near pi/2": abs(angle - 2**21),
        "angle near pi": abs(angle - 2**22),
        "angle near 3 pi/2": abs(angle - 3 * 2**21),
        "angle near 2 pi": 2**23 - angle,
    }
    return {
        "seed": ["3", "0"],
        "shape": [count],
        "pairs": {
            name: [[int(2 * i), patterns(normals[2 * i : 2 * i + 2])] for i in np.argsort(distance)[:8]]
            for name, distance in distances.items()
        },
    }


def logarithms():
    """The SHA-256 of the float32 numbers -logf(m / 2^23) for m from 1 to 2^23 - 1, little endian."""
    logf = ctypes.CDLL(ctypes.util.find_library("m")).logf
    logf.argtypes, logf.restype = [ctypes.c_float], ctypes.c_float
    values = np.fromiter((-logf(m * 2.0**-23) for m in range(1, 2**23)), "<f4", 2**23 - 1)
    return hashlib.sha256(values.tobytes()).hexdigest()


def keys():
    def plain(seed):
        return {"seed": [str(int(part)) for part in seed.numpy()], "dtype": seed.dtype.name}

    for seed, dtype in (([1, 2], tf.int32), ([1, 2], tf.int64), ([-5, 2**40], tf.int64)):
        key = tf.constant(seed, dtype)
        yield {
            **plain(key),
            "split": [plain(part) for part in tf.random.split(key, 5)],
            "folds": [
                {"data": str(data), "key": plain(tf.random.fold_in(key, data))}
                for data in (0, 3, -1, 2**31, 2**40)
            ],
        }


def main():
    vectors = {
        "versions": {
            "tensorflow": tf.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
            "libc": " ".join(platform.libc_ver()),
        },
        "tensors": list(tensors()),
        "extremes": extremes(),
        "logarithms": logarithms(),
        "keys": list(keys()),
    }
    json.dump(vectors, sys.stdout, indent=1)
    print()


main()
