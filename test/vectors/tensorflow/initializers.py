"""Writes initializers.json, or with the argument numpy ../numpy/initializers.json: what Keras's initializers give on
the backend TensorFlow, or NumPy.

    python3 initializers.py tensorflow > initializers.json
    python3 initializers.py numpy > ../numpy/initializers.json

Needs keras and tensorflow-cpu. Elements are as in stateless.py.
"""
import json
import os
import platform
import sys

BACKEND = sys.argv[1]
os.environ["KERAS_BACKEND"] = BACKEND
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import importlib.metadata

import keras
import numpy as np

INITIALIZERS = (
    ("GlorotUniform", {}),
    ("GlorotNormal", {}),
    ("HeUniform", {}),
    ("HeNormal", {}),
    ("LecunUniform", {}),
    ("LecunNormal", {}),
    ("RandomUniform", {}),
    ("RandomUniform", {"minval": 0.0, "maxval": 1.0}),
    ("RandomNormal", {}),
    ("RandomNormal", {"mean": 1.0, "stddev": 0.02}),
    ("TruncatedNormal", {}),
    ("TruncatedNormal", {"mean": -0.3, "stddev": 2.0}),
    ("VarianceScaling", {"scale": 0.1, "mode": "fan_out", "distribution": "untruncated_normal"}),
    ("VarianceScaling", {"scale": 2.0, "mode": "fan_avg", "distribution": "uniform"}),
    ("VarianceScaling", {"scale": 3.0, "mode": "fan_avg", "distribution": "truncated_normal"}),
)
SEEDS = {
    "tensorflow": (0, 2**31 - 3, 2**31 - 2, 2**31, 2**53 - 1, 2**63 - 1, -7),
    "numpy": (0, 2**31, 2**32 - 1),
}


def patterns(values):
    flat = np.asarray(values).reshape(-1)
    digits = flat.dtype.itemsize * 2
    words = flat.view({2: np.uint16, 4: np.uint32}[flat.dtype.itemsize])
    return "".join(f"{int(word):0{digits}x}" for word in words)


def tensor(name, options, seed, shape, dtype, count=24):
    initializer = getattr(keras.initializers, name)(seed=seed, **options)
    values = keras.ops.convert_to_numpy(initializer(shape, dtype=dtype)).reshape(-1)
    starts = (0, len(values) - count) if len(values) > count else (0,)
    return {
        "class_name": name,
        "config": options,
        "seed": str(seed),
        "shape": list(shape),
        "dtype": dtype,
        "elements": [[start, patterns(values[start : start + count])] for start in starts],
    }


def tensors():
    for name, options in INITIALIZERS:
        for dtype in ("float32", "float16", "bfloat16"):
            yield tensor(name, options, 42, (3, 3, 16, 5), dtype)
    for seed in SEEDS[BACKEND]:
        yield tensor("HeUniform", {}, seed, (17, 3), "float32")
    yield tensor("HeNormal", {}, 7, (300, 401), "float32")
    for shape in ((64, 64), (3, 5), (5, 3), (3, 3, 4, 7)):
        yield tensor("Orthogonal", {"gain": 1.5}, 42, shape, "float32")


def main():
    packages = {"tensorflow": ("keras", "tensorflow-cpu", "numpy"), "numpy": ("keras", "numpy")}[BACKEND]
    versions = {name: importlib.metadata.version(name) for name in packages}
    versions["python"] = platform.python_version()
    json.dump({"versions": versions, "tensors": list(tensors())}, sys.stdout, indent=1)
    print()


main()
