import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  failures: {
    "an error of the compiler": {
      code: "int main(void) {\n    return missing;\n}\n",
      status: "compile_error",
      marked: {
        line: 2,
        column: 12,
        severity: "error",
        message: "‘missing’ undeclared (first use in this function)",
      },
    },
    "a warning of the compiler, and an exit code": {
      code: "int main(void) {\n    int unused;\n    return 3;\n}\n",
      status: "error",
      marked: {
        line: 2,
        column: 9,
        severity: "warning",
        message: "unused variable ‘unused’ [-Wunused-variable]",
      },
    },
  },
};
