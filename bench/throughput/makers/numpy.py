"""Fills with numpy's Philox generator, a line of JSON for each line it is asked: see python.ts."""
import json
import sys
import time

try:
    import numpy
except ImportError as error:
    print(json.dumps({"absent": f"numpy is not installed ({error})"}))
    sys.exit()

generator = numpy.random.Generator(numpy.random.Philox(42))
FILLS = {
    "uniform": lambda out: generator.random(out.size, dtype=numpy.float32, out=out),
    "normal": lambda out: generator.standard_normal(out.size, dtype=numpy.float32, out=out),
    # 64 bits are two words; there is no form that writes into an array.
    "bits": lambda out: generator.bit_generator.random_raw(out.size // 2).view(numpy.uint32),
}

print(json.dumps({"label": f"numpy {numpy.__version__} Generator(Philox)"}), flush=True)
out = None
for line in sys.stdin:
    request = json.loads(line)
    if out is None or out.size != request["count"]:
        out = numpy.zeros(request["count"], dtype=numpy.float32)
    begin = time.perf_counter()
    values = FILLS[request["draw"]](out)
    reply = {"wall": 1000 * (time.perf_counter() - begin)}
    if request["check"]:
        reply |= {"mean": float(values.mean(dtype=numpy.float64)), "stddev": float(values.std(dtype=numpy.float64))}
    print(json.dumps(reply), flush=True)
