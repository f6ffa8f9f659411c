import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  failures: {
    "an exception": {
      code: 'def half(number):\n    return number // 0\n\n\nprint("so far")\nhalf(1)\n',
      status: "error",
      marked: {
        line: 2,
        column: null,
        severity: "error",
        message: "ZeroDivisionError: integer division or modulo by zero",
      },
    },
    "a syntax error": {
      code: 'print("fine")\nprint("open\n',
      status: "error",
      marked: {
        line: 2,
        column: null,
        severity: "error",
        message: "SyntaxError: unterminated string literal (detected at line 2)",
      },
    },
  },
};
