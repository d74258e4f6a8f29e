"""How likely a text is as it reads, and as it would read with another word: the model behind the kind `context`.

It is an n-gram count and two small networks, run with numpy. Nothing here is imported before a text is judged.
"""

import os

# A check works with processes; threads of the linear algebra would only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
