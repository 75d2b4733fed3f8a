"""What Keras's initializers give on the backend torch, on the CPU.

    KERAS_BACKEND=torch python3 keras_initializers.py

writes keras_initializers.json beside it. Needs keras and torch, on an x86 processor with AVX2 or AVX-512. Each case has the first
values of a tensor as bit patterns, and the SHA-256 of all of its bytes, little endian.
"""

import hashlib
import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import torch

MOST = 8


def patterns(tensor):
    tensor = tensor.detach().contiguous().flatten()
    bits = torch.int16 if tensor.element_size() == 2 else torch.int32
    return tensor.view(bits).numpy().view(np.uint16 if bits == torch.int16 else np.uint32)


def case(name, config, shape, dtype="float32"):
    tensor = getattr(keras.initializers, name)(**config)(shape, dtype=dtype)
    bits = patterns(tensor)
    return {
        "className": name,
        "config": config,
        "shape": shape,
        "dtype": dtype,
        "first": bits[:MOST].tolist(),
        "sha256": hashlib.sha256(bits.tobytes()).hexdigest(),
    }


cases = [
    *(
        case(name, {**config, "seed": seed}, shape, dtype)
        for seed, dtype in ((42, "float32"), (2**32 - 1, "float16"), (2**33 + 7, "bfloat16"))
        for name, config, shape in (
            ("RandomUniform", {"minval": -0.05, "maxval": 0.07}, [1003]),
            ("RandomUniform", {"minval": 0.0, "maxval": 1.0}, []),
            ("RandomNormal", {"mean": 0.0, "stddev": 0.05}, [5]),
            ("RandomNormal", {"mean": 1.0, "stddev": 0.5}, [37, 11]),
            ("TruncatedNormal", {"mean": 0.0, "stddev": 1.0}, [3]),
            ("TruncatedNormal", {"mean": 0.5, "stddev": 0.2}, [2001]),
            ("TruncatedNormal", {"mean": 0.31, "stddev": 0.7}, [501]),
            ("HeNormal", {}, [3, 3, 8, 4]),
            ("LecunUniform", {}, [7, 5]),
            ("GlorotUniform", {}, [12, 13]),
            ("VarianceScaling", {"scale": 0.3, "mode": "fan_avg", "distribution": "untruncated_normal"}, [9, 4]),
        )
    ),
    # Some of these elements have no candidate inside of the cut.
    case("TruncatedNormal", {"mean": 0.0, "stddev": 1.0, "seed": 1}, [1000000]),
]
versions = {"keras": keras.version(), "torch": torch.__version__, "numpy": np.__version__}
text = json.dumps({"versions": versions, "cases": cases}, separators=(",", ":")).replace('{"className"', '\n{"className"')
Path(__file__).with_name("keras_initializers.json").write_text(text + "\n")
os._exit(0)
