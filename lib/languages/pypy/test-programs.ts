import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "modules and packages beside it, and text of any script": {
      code: 'import shapes\nfrom package.inner import area\n\nprint(shapes.SIDE, area(shapes.SIDE))\nprint("grüße, 世界".upper())\n',
      files: [
        { path: "shapes.py", content: "SIDE = 3\n" },
        { path: "package/inner.py", content: "def area(side):\n    return side * side\n" },
      ],
      prints: "3 9\nGRÜSSE, 世界\n",
    },
    "a loop that an interpreter would need many seconds for": {
      code: "import platform\n\ntotal = 0\nfor i in range(100_000_000):\n    total += i & 3\nprint(total, platform.python_implementation())\n",
      prints: "150000000 PyPy\n",
    },
  },
  failures: {
    "an exception": {
      code: 'def half(number):\n    raise ValueError("none")\n\n\nprint("so far")\nhalf(1)\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "ValueError: none" },
    },
    "a name that does not exist": {
      code: 'print("fine")\nmissing\n',
      status: "error",
      marked: {
        line: 2,
        column: null,
        severity: "error",
        message: "NameError: name 'missing' is not defined",
      },
    },
  },
  halfLines: {
    print: 'print("loading", end="")\nwhile True:\n    pass\n',
    "print, then sleep": 'import time\nprint("loading", end="")\ntime.sleep(600)\n',
  },
  memoryHog: 'kept = []\nwhile True:\n    kept.append(b"x" * (1_048_576 + len(kept)))\n',
  manyLines: 'print("0123456789abcde\\n" * 65_536, end="")\n',
};
