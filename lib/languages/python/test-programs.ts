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
    "time zones by any name, and locales": {
      code: `import locale
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

noon = datetime(2026, 7, 1, 12, tzinfo=timezone.utc)
for name in "US/Eastern", "Asia/Calcutta", "Europe/Kyiv":
    print(noon.astimezone(ZoneInfo(name)).isoformat())
print(datetime(2026, 7, 1).astimezone().utcoffset(), locale.setlocale(locale.LC_ALL, ""))
for name in "en_US.UTF-8", "de_DE.UTF-8":
    locale.setlocale(locale.LC_ALL, name)
    print(noon.strftime("%A"), locale.format_string("%.2f", 1234.5, grouping=True))
`,
      prints: `2026-07-01T08:00:00-04:00
2026-07-01T17:30:00+05:30
2026-07-01T15:00:00+03:00
0:00:00 C.UTF-8
Wednesday 1,234.50
Mittwoch 1.234,50
`,
    },
    "modules and packages beside it": {
      code: "import shapes\nfrom package.inner import area\n\nprint(shapes.SIDE, area(shapes.SIDE))\n",
      files: [
        { path: "shapes.py", content: "SIDE = 3\n" },
        { path: "package/inner.py", content: "def area(side):\n    return side * side\n" },
      ],
      prints: "3 9\n",
    },
    "text of any script": {
      code: 'größe = "grüße, 世界"\nprint(größe.upper(), len(größe))\n',
      prints: "GRÜSSE, 世界 9\n",
    },
  },
  failures: {
    "an exception": {
      code: 'def half(number):\n    return number // 0\n\n\nprint("so far")\nhalf(1)\n',
      status: "error",
      marked: {
        line: 2,
        column: 12,
        endColumn: 23,
        severity: "error",
        message: "ZeroDivisionError: integer division or modulo by zero",
      },
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
    print: 'print("loading", end="")\nwhile True:\n    pass\n',
    "print, then sleep": 'import time\nprint("loading", end="")\ntime.sleep(600)\n',
    "the binary stream": 'import sys\nsys.stdout.buffer.write(b"loading")\nwhile True:\n    pass\n',
    "a stream of its own":
      'import sys\nsys.stdout = open(1, "w", closefd=False)\nprint("loading")\nsys.stdout.write("")\nwhile True:\n    pass\n',
    "a child process":
      'import multiprocessing, time\n\ndef work():\n    print("loading", end="")\n    time.sleep(600)\n\nmultiprocessing.Process(target=work).start()\ntime.sleep(600)\n',
  },
  memoryHog: 'kept = []\nwhile True:\n    kept.append(b"x" * (1_048_576 + len(kept)))\n',
  manyLines: 'print("0123456789abcde\\n" * 65_536, end="")\n',
};
