"""What Keras's initializers give on the backend JAX, on the CPU.

    JAX_PLATFORMS=cpu KERAS_BACKEND=jax python3 keras_initializers.py

writes keras_initializers.json beside it. Needs keras and jax, on a processor with a fused multiply-add. Each case has the
first elements of a tensor and the last ones, as bit patterns in hexadecimal.
"""

import json
import os
from pathlib import Path

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy as np

MOST = 12


def patterns(array):
    word = np.uint16 if array.itemsize == 2 else np.uint32
    return "".join(f"{v:0{2 * array.itemsize}x}" for v in array.view(word))


def case(name, config, shape, dtype):
    tensor = np.asarray(getattr(keras.initializers, name)(**config)(shape, dtype=dtype)).ravel()
    last = max(tensor.size - MOST, 0)
    return {
        "className": name,
        "config": config,
        "shape": shape,
        "dtype": dtype,
        "elements": [[0, patterns(tensor[:MOST])], [last, patterns(tensor[last:])]],
    }


cases = [
    *(
        case(name, {**config, "seed": seed}, shape, dtype)
        for seed, dtype in ((42, "float32"), (2**32 - 1, "float16"), (2**31 + 7, "bfloat16"))
        for name, config, shape in (
            ("RandomUniform", {"minval": -0.05, "maxval": 0.07}, [1003]),
            ("RandomNormal", {"mean": 0.0, "stddev": 0.05}, [5]),
            ("RandomNormal", {"mean": 1.0, "stddev": 0.5}, [37, 11]),
            ("TruncatedNormal", {"mean": 0.5, "stddev": 0.2}, [2001]),
            ("HeNormal", {}, [3, 3, 8, 4]),
            ("HeUniform", {}, [12, 5]),
            ("LecunNormal", {}, [7]),
            ("LecunUniform", {}, [7, 5]),
            ("GlorotNormal", {}, [6, 2, 3]),
            ("GlorotUniform", {}, [12, 13]),
            ("VarianceScaling", {"scale": 0.3, "mode": "fan_avg", "distribution": "untruncated_normal"}, [9, 4]),
        )
    ),
    *(case("Orthogonal", {"gain": 1.0, "seed": 5}, shape, "float32") for shape in ([6, 4], [3, 8])),
]
versions = {"jax": jax.__version__, "keras": keras.__version__, "numpy": np.__version__}
Path(__file__).with_suffix(".json").write_text(json.dumps({"versions": versions, "cases": cases}, indent=1) + "\n")
