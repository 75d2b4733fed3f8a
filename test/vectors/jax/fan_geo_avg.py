"""The standard deviations of JAX's variance_scaling with the mode fan_geo_avg.

    JAX_PLATFORMS=cpu python3 fan_geo_avg.py

writes fan_geo_avg.json beside it. Needs jax. Each case has the quotient of JAX's values by those of its standard
normal of the same key, whose median is the standard deviation up to the rounding of both to float32.
"""

import json
from pathlib import Path

import jax
import numpy as np

CASES = [
    {"scale": 1.0, "shape": [784, 256]},
    {"scale": 2.0, "shape": [3, 3, 64, 128]},
    {"scale": 0.3, "shape": [7, 11], "inputAxes": [1], "outputAxes": [0]},
    {"scale": 1.0, "shape": [512, 8, 64], "inputAxes": [0], "outputAxes": [1, 2]},
]

key = jax.random.key(42)
for case in CASES:
    axes = (case.get("inputAxes", -2), case.get("outputAxes", -1))
    scaling = jax.nn.initializers.variance_scaling(case["scale"], "fan_geo_avg", "normal", *axes)
    values = np.asarray(scaling(key, case["shape"]), np.float64)
    standard = np.asarray(jax.random.normal(key, case["shape"]), np.float64)
    case["stddev"] = float(np.median(values / standard))

text = ",\n  ".join(json.dumps(case) for case in CASES)
Path(__file__).with_name("fan_geo_avg.json").write_text(
    f'{{\n"jax": "{jax.__version__}",\n"cases": [\n  {text}\n]\n}}\n'
)
