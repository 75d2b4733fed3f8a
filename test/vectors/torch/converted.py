"""Floats that torch converts to other types, as bytes in hexadecimal. Run: python converted.py > converted.json"""

import json

import torch

torch.manual_seed(20)

SMALL = {
    "F8_E5M2": torch.float8_e5m2,
    "F8_E4M3": torch.float8_e4m3fn,
    "F8_E8M0": torch.float8_e8m0fnu,
    "F8_E5M2FNUZ": torch.float8_e5m2fnuz,
    "F8_E4M3FNUZ": torch.float8_e4m3fnuz,
}
LARGE = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64}
TO = {name: LARGE[name] for name in ("F32", "F16", "BF16")}

# Ties, subnormal numbers, overflow and what is no number.
EDGES = [0.0, -0.0, 1 + 2**-11, 1 + 3 * 2**-11, 1 + 2**-8, 1 + 3 * 2**-8, 65519.0, 65520.0, 3.4e38, 1e300,
         2**-24, 2**-25, 3 * 2**-26, 2**-133, 2**-149, 2**-150, float("inf"), float("-inf"), float("nan")]


def hexadecimal(tensor):
    return bytes(tensor.contiguous().view(torch.uint8).tolist()).hex()


cases = []
for name, dtype in SMALL.items():
    source = torch.arange(256, dtype=torch.uint8).view(dtype)
    cases.append({"from": name, "bytes": hexadecimal(source),
                  "to": {to: hexadecimal(source.to(torch.float32).to(other)) for to, other in TO.items()}})
for name, dtype in LARGE.items():
    scales = torch.exp2(torch.randint(-30, 18, (40,)).double())
    source = torch.cat([torch.tensor(EDGES, dtype=torch.float64), torch.randn(40, dtype=torch.float64) * scales]).to(dtype)
    cases.append({"from": name, "bytes": hexadecimal(source),
                  "to": {to: hexadecimal(source.to(other)) for to, other in TO.items()}})
print(json.dumps({"torch": torch.__version__, "cases": cases}, indent=1))
