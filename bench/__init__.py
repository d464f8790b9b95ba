"""Memory quality and speed, measured against baselines on data that stays outside this repository."""

import os

# numpy reads these once, when it is first imported; on a busy machine a second thread makes small products many times slower.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
