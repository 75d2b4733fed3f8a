"""Fills with torch on CUDA, a line of JSON for each line it is asked: see python.ts."""
import json
import sys
import time

try:
    import torch
except ImportError as error:
    print(json.dumps({"absent": f"torch is not installed ({error})"}))
    sys.exit()
if not torch.cuda.is_available():
    print(json.dumps({"absent": "torch finds no CUDA device"}))
    sys.exit()

torch.manual_seed(42)
FILLS = {
    "uniform": lambda out: out.uniform_(),
    "normal": lambda out: out.normal_(),
    "truncated_normal": lambda out: torch.nn.init.trunc_normal_(out, mean=0.0, std=1.0, a=-2.0, b=2.0),
}

print(json.dumps({"label": f"torch {torch.__version__} on {torch.cuda.get_device_name()}"}), flush=True)
out = None
for line in sys.stdin:
    request = json.loads(line)
    if out is None or out.numel() != request["count"]:
        out = torch.empty(request["count"], dtype=torch.float32, device="cuda")
    torch.cuda.synchronize()
    begin = time.perf_counter()
    FILLS[request["draw"]](out)
    torch.cuda.synchronize()
    reply = {"wall": 1000 * (time.perf_counter() - begin)}
    if request["check"]:
        reply |= {"mean": out.mean(dtype=torch.float64).item(), "stddev": out.std(dtype=torch.float64).item()}
    print(json.dumps(reply), flush=True)
