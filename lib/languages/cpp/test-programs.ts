import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  failures: {
    "an error of the compiler": {
      code: "int main() {\n    std::vector<int> numbers;\n}\n",
      status: "compile_error",
      marked: { line: 2, column: 10, severity: "error", message: "‘vector’ is not a member of ‘std’" },
    },
  },
};
