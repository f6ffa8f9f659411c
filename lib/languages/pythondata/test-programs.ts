import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `import gmpy2
import more_itertools
import pytest
import regex
import toolz
from dateutil import parser
from sortedcontainers import SortedList

print(SortedList([3, 1, 2]), list(more_itertools.chunked("abcd", 2)), list(toolz.unique([1, 1, 2])))
print(regex.findall(r"\\p{Lu}", "aÄbC"), parser.parse("1 May 2026").date(), gmpy2.isqrt(10**40))
with pytest.raises(ZeroDivisionError):
    1 / 0
`,
      prints:
        "SortedList([1, 2, 3]) [['a', 'b'], ['c', 'd']] [1, 2]\n['Ä', 'C'] 2026-05-01 100000000000000000000\n",
    },
    "modules beside it, and text of any script": {
      code: 'import numpy as np\n\nfrom half import half\n\nprint(half(np.array([2, 6])), "Grüße, 世界")\n',
      files: [{ path: "half.py", content: "def half(numbers):\n    return numbers // 2\n" }],
      prints: "[1 3] Grüße, 世界\n",
    },
    "a file of its own that has the name of something that is imported early": {
      code: "import cycler\n\nprint(cycler.OWN)\n",
      files: [{ path: "cycler.py", content: "OWN = 1\n" }],
      prints: "1\n",
    },
    "scipy beside numpy and pandas": {
      code: `import matplotlib
import pandas as pd
from scipy.optimize import brentq

print(matplotlib.get_backend().endswith("figures"), pd.Series([1, 2, 3]).sum())
print(round(brentq(lambda x: x * x - 2, 0, 2), 3))
`,
      prints: "True 6\n1.414\n",
    },
    sympy: {
      code: "import sympy\n\nx = sympy.Symbol('x')\nprint(sympy.Rational(1, 3) * 3, sympy.integrate(2 * x, x))\n",
      prints: "1 x**2\n",
    },
    sklearn: {
      code: `import numpy as np
from sklearn.cluster import KMeans

print(sorted(KMeans(2, n_init=1, random_state=0).fit(np.array([[1.0], [1.0], [9.0]])).cluster_centers_.ravel().round(3).tolist()))
`,
      prints: "[1.0, 9.0]\n",
    },
    "figures, each saved once, also where a program shows one several times": {
      code: `import os
import matplotlib.pyplot as plt

figure, axes = plt.subplots()
for step in range(3):
    axes.plot([0, step])
    plt.pause(0.01)
plt.show()
plt.plot([1, 2])
plt.show()
print(sorted(os.listdir(os.environ["OUTPUT_DIR"])))
`,
      prints: "['figure-1.png', 'figure-2.png']\n",
    },
  },
  failures: {
    "an exception inside a library": {
      code: 'import numpy as np\n\na = np.ones((2, 3))\nprint("so far")\nprint(a @ a)\n',
      status: "error",
      marked: {
        line: 5,
        column: 7,
        endColumn: 12,
        severity: "error",
        message:
          "ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)",
      },
    },
    "a column that a table does not have": {
      code: 'import pandas as pd\n\ntable = pd.DataFrame({"name": ["a"]})\nprint(table["price"])\n',
      status: "error",
      marked: { line: 4, column: 7, endColumn: 21, severity: "error", message: "KeyError: 'price'" },
    },
    "a syntax error": {
      code: 'print("fine")\nprint("open\n',
      status: "error",
      marked: {
        line: 2,
        column: 7,
        endColumn: 8,
        severity: "error",
        message: "SyntaxError: unterminated string literal (detected at line 2)",
      },
    },
  },
  halfLines: {
    print: 'import numpy\nprint("loading", end="")\nwhile True:\n    pass\n',
    "print, then sleep": 'import time\nprint("loading", end="")\ntime.sleep(600)\n',
  },
  memoryHog: "import numpy as np\n\nkept = []\nwhile True:\n    kept.append(np.ones(131_072))\n",
  manyLines: 'print("0123456789abcde\\n" * 65_536, end="")\n',
};
