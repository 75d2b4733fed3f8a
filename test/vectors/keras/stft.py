"""What Keras's STFT gives on the backend JAX, on the CPU.

    JAX_PLATFORMS=cpu KERAS_BACKEND=jax python3 stft.py

writes stft.json beside it. Needs keras, jax and scipy. Each case has every so many
elements of the kernel, as float32 bit patterns in hexadecimal, and each window of SciPy has its values in float64.
"""

import json
import os
from pathlib import Path

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy as np
import scipy

MOST = 48
WINDOWS = [names[0] for names, (_, needs) in scipy.signal.windows._windows._WIN_FUNC_DATA.items() if needs is not True]
WINDOWS = ["triang" if name == "triangle" else name for name in WINDOWS]
PLAIN = {"side": "real", "window": "hann", "scaling": "density", "periodic": False}
GIVEN = [0.25, 1.0, -0.5, 2.0, 0.125]


def case(shape, **changes):
    config = {**PLAIN, **changes}
    values = np.asarray(keras.initializers.STFT(**config)(shape)).ravel()
    stride = max(values.size // MOST, 1)
    bits = "".join(f"{v:08x}" for v in np.ascontiguousarray(values[::stride]).view(np.uint32))
    return {"config": config, "shape": shape, "stride": stride, "bits": bits}


cases = [
    *(case([33, 1, 17], window=window, periodic=len(window) % 2 == 0) for window in WINDOWS),
    *(
        case([256, 1, 129], side=side, scaling=scaling, window=window)
        for side in ("real", "imag")
        for scaling in ("density", "spectrum", None)
        for window in ("hann", "hamming")
    ),
    case([64, 1, 257], window=None),
    case([64, 1, 257], window=None, side="imag"),
    case([5, 1, 3], window=GIVEN),
    case([5, 1, 9], window=GIVEN, scaling="spectrum", side="imag"),
    case([4096, 1, 2049], window="blackman", periodic=True),
    case([4096, 1, 2049], window="blackman", side="imag"),
    case([1, 1, 2]),
]
windows = [
    {
        "name": name,
        "length": length,
        "periodic": periodic,
        "values": scipy.signal.get_window(name, length, periodic).tolist(),
    }
    for name in WINDOWS
    for length, periodic in ((7, False), (8, False), (8, True), (2, True), (1, False))
]


def lines(items):
    return ",\n  ".join(json.dumps(item) for item in items)


versions = {"keras": keras.__version__, "jax": jax.__version__, "scipy": scipy.__version__}
Path(__file__).with_name("stft.json").write_text(
    f'{{\n"versions": {json.dumps(versions)},\n"cases": [\n  {lines(cases)}\n],\n"windows": [\n  {lines(windows)}\n]\n}}\n'
)
