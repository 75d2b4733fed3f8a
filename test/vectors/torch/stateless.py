"""What torch's stateless generator, torch.func._random, gives on the CPU.

    python3 stateless.py

writes stateless.json beside it. Needs torch 2.15. Values are bit patterns, keys are decimal.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.func import _random as random

COUNT = 41


def key_data(key):
    return [str(int(value)) for value in key.numpy()]


def patterns(tensor):
    bits = torch.int16 if tensor.element_size() == 2 else torch.int32
    return tensor.view(bits).numpy().view(np.uint16 if bits == torch.int16 else np.uint32).tolist()


def case(key):
    draws = [{"draw": "bits", "dtype": "uint32", "values": patterns(random.bits(key, COUNT, dtype=torch.uint32))}]
    for name in ("float32", "float16", "bfloat16"):
        dtype = getattr(torch, name)
        for low, high in ((0.0, 1.0), (-0.05, 0.07), (2.0, 5.0), (-100.0, 0.3)):
            values = patterns(random.uniform(key, COUNT, low=low, high=high, dtype=dtype))
            draws.append({"draw": "uniform", "options": {"a": low, "b": high}, "dtype": name, "values": values})
    for low, high in ((0, 10), (-5, 7), (0, 2**28 - 1), (-(2**31), 2**31), (0, 2**30)):
        values = patterns(random.randint(key, COUNT, low=low, high=high, dtype=torch.int32))
        draws.append({"draw": "randint", "options": [low, high], "dtype": "int32", "values": values})
    values = patterns(random.normal(key, COUNT))
    draws.append({"draw": "normal", "options": {}, "dtype": "float32", "values": values})
    values = patterns(random.normal(key, COUNT, mean=1.1, std=0.7, dtype=torch.float16))
    draws.append({"draw": "normal", "options": {"mean": 1.1, "std": 0.7}, "dtype": "float16", "values": values})
    return {"key": key_data(key), "draws": draws}


root = random.key(0x123456789ABCDEF0)
last = torch.tensor([5, 2**64 - 3], dtype=torch.uint64)  # whose blocks wrap around
derived = [
    {"key": key_data(key), "split": [key_data(one) for one in random.split(key, 3)], "folds": {
        str(by): key_data(random.fold_in(key, by)) for by in (0, 7, 2**32 + 1, 2**64 - 1, -1, -(2**63))
    }}
    for key in (root, random.key(0), random.split(root, 2)[1], last)
]
vectors = {
    "versions": {"torch": torch.__version__},
    "derived": derived,
    "cases": [case(key) for key in (random.key(0), random.split(root, 2)[1], last)],
}
text = json.dumps(vectors, separators=(",", ":")).replace('{"draw"', '\n{"draw"').replace('{"key"', '\n{"key"')
Path(__file__).with_name("stateless.json").write_text(text + "\n")
