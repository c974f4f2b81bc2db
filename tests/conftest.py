"""What holds for every test: one thread for matrix products, as in the child that the product parses in."""

from __future__ import annotations

import gc
import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # noqa: TID251 -- before numpy reads it


gc.disable()  # until all is imported and collected, since nothing of that is garbage


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later look for garbage, a tenth of the time of quick tests."""
    gc.collect()
    gc.freeze()
    gc.enable()
