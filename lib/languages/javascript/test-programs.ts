import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  failures: {
    "an exception": {
      code: 'function half(number) {\n  if (!number) throw new RangeError("none");\n}\n\nhalf(0);\n',
      status: "error",
      marked: { line: 2, column: 22, severity: "error", message: "RangeError: none" },
    },
    "a syntax error": {
      code: 'console.log("fine");\nlet = ;\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "SyntaxError: Unexpected token ';'" },
    },
  },
};
