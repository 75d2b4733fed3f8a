"""Reads requests as JSON from stdin, and prints the SHA-256 of the bytes of each tensor as JSON."""

import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python"))

import tensorseed  # noqa: E402


def digest(request):
    options = request["config"]
    key = tensorseed.Key(int(request["seed"]))
    tensor = tensorseed.fill(
        request["initializer"],
        request["shape"],
        seed=key,
        name=request.get("name"),
        dtype=request["dtype"],
        start=request.get("start"),
        count=request.get("count"),
        **options,
    )
    return hashlib.sha256(tensor.tobytes()).hexdigest()


print(json.dumps([digest(request) for request in json.load(sys.stdin)]))
