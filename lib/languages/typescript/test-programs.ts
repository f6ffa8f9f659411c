import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  failures: {
    "an exception": {
      code: 'interface Number {\n  value: number;\n}\n\nfunction half({ value }: Number): void {\n  if (!value) throw new RangeError("none");\n}\n\nhalf({ value: 0 });\n',
      status: "error",
      marked: { line: 6, column: 21, severity: "error", message: "RangeError: none" },
    },
    "a syntax error": {
      code: 'console.log("fine");\nconst name: string = ;\n',
      status: "compile_error",
      marked: { line: 2, column: 22, severity: "error", message: 'Unexpected ";"' },
    },
  },
};
