"""Tables of positions, logarithms and biases of time steps that models of transformers, diffusers and timm begin with.

    python3 tables.py

writes tables.json beside it. Needs torch, transformers, diffusers, timm and mpmath. Each table has every so many
elements as float32 bits, and for the same elements the exact value of its formula, rounded to float32.
"""

import json
from pathlib import Path

import diffusers
import mpmath
import numpy as np
import timm
import torch
import transformers
from diffusers.models.embeddings import get_2d_sincos_pos_embed
from timm.layers import build_sincos2d_pos_embed
from transformers import MambaConfig
from transformers.models.distilbert.modeling_distilbert import create_sinusoidal_embeddings
from transformers.models.mamba.modeling_mamba import MambaMixer
from transformers.models.marian.modeling_marian import MarianSinusoidalPositionalEmbedding
from transformers.models.vit_mae.modeling_vit_mae import build_2d_sinusoidal_position_embedding
from transformers.models.whisper.modeling_whisper import sinusoids

mpmath.mp.dps = 40


def bits(values):
    return "".join(f"{pattern:08x}" for pattern in np.asarray(values, np.float32).view(np.uint32))


def distilbert(positions, width):
    return create_sinusoidal_embeddings(positions, width, torch.empty(positions, width))


def vit_mae(size, width):
    table = build_2d_sinusoidal_position_embedding(size, size, width, cls_token=True)
    half = width // 2
    return torch.cat([table[..., half:], table[..., :half]], dim=-1).unsqueeze(0)


def of_line(position, width, column, *, halves, endpoint=False, period=10000):
    sines = (width + 1) // 2
    pair, sine = (column % sines, column < sines) if halves else (column // 2, column % 2 == 0)
    exponent = mpmath.mpf(pair) / (sines - 1) if endpoint else mpmath.mpf(2 * pair) / width
    angle = position * mpmath.mpf(period) ** -exponent
    return mpmath.sin(angle) if sine else mpmath.cos(angle)


def of_grid(height, width_of_grid, *, first="column", extent=None, zeros=0, halves=True, period=10000):
    def value(row, width, column):
        if row < zeros:
            return mpmath.mpf(0)
        at = divmod(row - zeros, width_of_grid)
        place = {"row": (at[0], height), "column": (at[1], width_of_grid)}
        axis = first if column < width // 2 else {"row": "column", "column": "row"}[first]
        coordinate, size = place[axis]
        position = coordinate if extent is None else mpmath.mpf(coordinate) * extent / size
        return of_line(position, width // 2, column % (width // 2), halves=halves, period=period)

    return value


def of_rows(**options):
    return lambda row, width, column: of_line(row, width, column, **options)


TABLES = [
    ("Whisper", {"endpoint": True}, sinusoids(1500, 384), of_rows(halves=True, endpoint=True)),
    ("DistilBERT", {"layout": "interleaved"}, distilbert(512, 768), of_rows(halves=False)),
    ("Marian", {}, MarianSinusoidalPositionalEmbedding(512, 512).create_weight(), of_rows(halves=True)),
    ("Marian, odd", {}, MarianSinusoidalPositionalEmbedding(40, 7).create_weight(), of_rows(halves=True)),
    ("ViT-MAE", {"grid": [14, 14], "zeroRows": 1}, vit_mae(14, 768), of_grid(14, 14, zeros=1)),
    (
        "diffusers",
        {"grid": [24, 16], "extent": 16},
        get_2d_sincos_pos_embed(64, (24, 16), base_size=32, interpolation_scale=2.0),
        of_grid(24, 16, extent=16),
    ),
    (
        "diffusers, SD3",
        {"grid": [192, 192], "extent": 64},
        get_2d_sincos_pos_embed(1536, 192, base_size=64),
        of_grid(192, 192, extent=64),
    ),
    (
        "timm",
        {"grid": [7, 9], "columnsFirst": False, "maxPeriod": 1000},
        build_sincos2d_pos_embed([7, 9], 32, temperature=1000.0, interleave_sin_cos=True),
        of_grid(7, 9, first="row", period=1000),
    ),
]


def case_of(name, options, table, exact):
    *_, positions, width = table.shape
    stride = max(1, positions * width // 400) | 1
    places = range(0, positions * width, stride)
    values = [exact(*divmod(i, width)[:1], width, i % width) for i in places]
    theirs = table.float().numpy().ravel()[::stride]
    errors = [abs(mpmath.mpf(float(a)) - b) for a, b in zip(theirs, values)]
    largest = max(float(e - 2**-25) / max(1, i // width) for e, i in zip(errors, places))
    print(name, "error", float(max(errors)), "by position", np.log2(max(largest, 1e-30)))
    return {
        "name": name,
        "options": options,
        "shape": list(table.shape),
        "stride": stride,
        "bits": bits(theirs),
        "exact": bits([float(x) for x in values]),
    }


def log_case():
    mixer = MambaMixer(MambaConfig(hidden_size=8, state_size=16, num_hidden_layers=1), 0)
    mixer.init_mamba_weights()
    return {
        "shape": list(mixer.A_log.shape),
        "A_log": bits(mixer.A_log.detach().numpy().ravel()),
        "upTo4096": bits(torch.log(torch.arange(1, 4097, dtype=torch.float32))[::13]),
        "exact": bits([float(mpmath.log(1 + j)) for j in range(0, 4096, 13)]),
    }


def steps_case(low, high, floor):
    words = [(0x9E3779B1 * i & 0xFFFFFF) << 8 for i in range(64)]  # of which a float32 has all digits
    u = torch.tensor([w / 2**32 for w in words], dtype=torch.float32)
    dt = torch.exp(u * (np.log(high) - np.log(low)) + np.log(low)).clamp(min=floor)
    theirs = dt + torch.log(-torch.expm1(-dt))
    low_exact, high_exact = mpmath.mpf(low), mpmath.mpf(high)
    exact = []
    for w in words:
        t = max(mpmath.exp(mpmath.mpf(w) / 2**32 * mpmath.log(high_exact / low_exact)) * low_exact, mpmath.mpf(floor))
        exact.append(float(t + mpmath.log(-mpmath.expm1(-t))))
    print("steps", low, high, np.abs(theirs.numpy() - exact).max())
    return {"low": low, "high": high, "floor": floor, "words": words, "bits": bits(theirs), "exact": bits(exact)}


def angles():
    for angle in [1.0, 8.0, 1000.25, 12345.678, 355.0, 710.0, 102928.0, 1048575.0, 1647098.5]:
        yield [angle, float(mpmath.sin(angle)), float(mpmath.cos(angle))]


Path(__file__).with_name("tables.json").write_text(
    json.dumps(
        {
            "versions": {m.__name__: m.__version__ for m in (torch, transformers, diffusers, timm, mpmath)},
            "tables": [case_of(*table) for table in TABLES],
            "logarithms": log_case(),
            "steps": [steps_case(*row) for row in [(0.001, 0.1, 1e-4), (1e-6, 0.01, 1e-4), (0.5, 60.0, 0.0)]],
            "angles": list(angles()),
        },
        indent=1,
    )
    + "\n"
)
