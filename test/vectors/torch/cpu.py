"""What torch draws on the CPU, several tensors in a row from one generator.

    python3 cpu.py

writes cpu.json beside it. Needs torch, on an x86 processor with AVX2 or AVX-512. Each step has the first and the last
values of a tensor as bit patterns, and the SHA-256 of all of its bytes, little endian.
"""

import hashlib
import json
import math
from pathlib import Path

import numpy as np
import torch
from torch import nn

MOST = 12  # values of each end of a tensor


def patterns(tensor):
    tensor = tensor.detach().contiguous().flatten()
    bits = torch.int16 if tensor.element_size() == 2 else torch.int32
    return tensor.view(bits).numpy().view(np.uint16 if bits == torch.int16 else np.uint32)


def result(tensor):
    bits = patterns(tensor)
    whole = bits.tolist() if bits.size <= 2 * MOST else None
    ends = {} if whole is not None else {"first": bits[:MOST].tolist(), "last": bits[-MOST:].tolist()}
    values = {"values": whole} if whole is not None else ends
    return {**values, "sha256": hashlib.sha256(bits.tobytes()).hexdigest()}


DTYPES = {name: getattr(torch, name) for name in ("float32", "float16", "bfloat16", "int32")}


def inverse(tensor, mean, std, a, b, generator):
    """trunc_normal_ as torch 2.11 and older have it."""

    def cdf(x):
        return (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0

    low, high = cdf((a - mean) / std), cdf((b - mean) / std)
    tensor.uniform_(2 * low - 1, 2 * high - 1, generator=generator)
    tensor.erfinv_()
    tensor.mul_(std * math.sqrt(2.0))
    tensor.add_(mean)
    return tensor.clamp_(min=a, max=b)


def draw(name, options, tensor, g):
    with torch.no_grad():
        if name == "uniform":
            return nn.init.uniform_(tensor, **options, generator=g)
        if name == "normal":
            return nn.init.normal_(tensor, **options, generator=g)
        if name == "truncNormal":
            method = options.get("method", "rejection")
            rest = {k: v for k, v in options.items() if k != "method"}
            if method == "erfinv":
                return inverse(tensor, rest["mean"], rest["std"], rest["a"], rest["b"], g)
            return nn.init.trunc_normal_(tensor, **rest, generator=g)
        if name == "randint":
            low, high = options
            return tensor.random_(low, high, generator=g)
        if name == "bernoulli":
            return tensor.bernoulli_(options[0], generator=g)
        if name == "randperm":
            return torch.randperm(tensor.numel(), dtype=tensor.dtype, generator=g)
        python = {
            "kaimingUniform": nn.init.kaiming_uniform_,
            "kaimingNormal": nn.init.kaiming_normal_,
            "xavierUniform": nn.init.xavier_uniform_,
            "xavierNormal": nn.init.xavier_normal_,
        }[name]
        return python(tensor, **options, generator=g)


def case(seed, *steps):
    generator = torch.Generator().manual_seed(seed)
    made = []
    for name, options, shape, dtype in steps:
        tensor = draw(name, options, torch.empty(shape, dtype=DTYPES[dtype]), generator)
        made.append({"draw": name, "options": options, "shape": shape, "dtype": dtype, **result(tensor)})
    return {"seed": str(seed), "steps": made}


FLOATS = ("float32", "float16", "bfloat16")
cases = [
    # Every small size, one after the other: the cached second normals, the ragged blocks, the words that each takes.
    *(
        case(seed, *(("normal", {"mean": 0.5, "std": 2.0}, [n], dtype) for n in range(41)))
        for seed, dtype in zip((0, 42, 2**64 - 1), FLOATS)
    ),
    *(case(7, *(("uniform", {"a": -0.05, "b": 0.07}, [n], dtype) for n in (0, 1, 15, 16, 17, 1000))) for dtype in FLOATS),
    *(
        case(seed, *(("normal", {}, shape, dtype) for shape in ([15], [16], [17], [1000], [1001], [3], [33, 31])))
        for seed, dtype in zip((1, 2, 2**32 + 5), FLOATS)
    ),
    case(0, ("normal", {}, [1, 4, 64, 64], "float32"), ("normal", {}, [1, 4, 64, 64], "float16")),
    case(3, ("normal", {"mean": 1.0, "std": 1e-3}, [5000], "float32"), ("normal", {"mean": 1.0, "std": 0.25}, [5000], "float32")),
    case(-1, ("uniform", {}, [3], "float32"), ("normal", {}, [3], "float32"), ("uniform", {"a": 2.0, "b": 5.0}, [7], "float16")),
    *(
        case(
            5,
            ("truncNormal", {}, [1000], dtype),
            ("truncNormal", {"std": 0.02}, [7], dtype),
            ("truncNormal", {"mean": 1.0, "std": 0.5, "a": 0.9, "b": 1.5}, [300], dtype),
            ("truncNormal", {"mean": 0.0, "std": 1.0, "a": 1.0, "b": 2.0}, [300], dtype),
            ("truncNormal", {"mean": 0.3, "std": 0.7, "a": 1.2, "b": 2.3}, [500], dtype),
            ("truncNormal", {"mean": 0.31, "std": 0.7, "a": -1.3, "b": 0.9, "method": "erfinv"}, [500], dtype),
            ("normal", {}, [2], dtype),
        )
        for dtype in FLOATS
    ),
    case(
        6,
        *(
            ("truncNormal", {"mean": mean, "std": std, "a": a, "b": b, "method": "erfinv"}, [n], "float32")
            for mean, std, a, b, n in ((0.0, 1.0, -2.0, 2.0, 2000), (0.5, 0.02, -2.0, 2.0, 100), (0.0, 1.0, 0.5, 3.0, 500))
        ),
    ),
    case(
        8,
        ("randint", [5, 17], [10], "int32"),
        ("randint", [-(2**31), 2**31 - 1], [9], "int32"),
        ("randint", [0, 2**28], [4], "int32"),
        ("randint", [0, 2**28 - 1], [4], "int32"),
        ("randint", [-100, 100], [20], "float32"),
        ("randint", [0, 2048], [20], "float16"),
        ("randint", [-256, 256], [20], "bfloat16"),
        ("bernoulli", [0.3], [40], "float32"),
        ("bernoulli", [0.9], [10], "bfloat16"),
        ("bernoulli", [0.5], [11], "int32"),
        ("randperm", [], [13], "int32"),
        ("randperm", [], [1], "int32"),
        ("randperm", [], [1000], "float32"),
        ("normal", {}, [1], "float32"),
    ),
    case(
        9,
        ("kaimingUniform", {"a": math.sqrt(5)}, [4, 3], "float32"),
        ("kaimingUniform", {"mode": "fan_out", "nonlinearity": "relu"}, [8, 4, 3, 3], "float32"),
        ("kaimingNormal", {"nonlinearity": "relu"}, [8, 4, 3], "bfloat16"),
        ("kaimingNormal", {"a": 0.2, "mode": "fan_out"}, [5, 7], "float32"),
        ("xavierUniform", {}, [5, 7], "float32"),
        ("xavierUniform", {"gain": 1.5}, [5, 7, 2], "float16"),
        ("xavierNormal", {"gain": 5 / 3}, [6, 3], "float32"),
    ),
]


def model():
    """The parameters of a small model after torch.manual_seed(0), in their order."""
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU(), nn.Conv2d(6, 4, 3, groups=2), nn.Flatten(), nn.Linear(16, 10))
    return {name: {"shape": list(p.shape), **result(p)} for name, p in net.named_parameters()}


def linear():
    torch.manual_seed(0)
    return {name: {"shape": list(p.shape), **result(p)} for name, p in nn.Linear(3, 4).named_parameters()}


def orthogonals():
    """Within a bound only: values as float32 bits."""
    made = []
    for shape, gain in (([6, 4], 1.0), ([4, 6], 1.5), ([5, 3, 2], 1.0), ([3, 40], 1.0)):
        g = torch.Generator().manual_seed(11)
        tensor = nn.init.orthogonal_(torch.empty(shape), gain=gain, generator=g)
        made.append({"shape": shape, "gain": gain, "values": patterns(tensor).tolist()})
    return made


vectors = {
    "versions": {"torch": torch.__version__, "capability": torch.backends.cpu.get_cpu_capability()},
    "cases": cases,
    "linear": linear(),
    "model": model(),
    "orthogonal": orthogonals(),
}
Path(__file__).with_name("cpu.json").write_text(json.dumps(vectors, separators=(",", ":")).replace('{"seed"', '\n{"seed"') + "\n")
