import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a function in a file of its own": {
      code: "disp(half(6));\n",
      files: [{ path: "half.m", content: "function result = half(n)\n  result = n / 2;\nend\n" }],
      prints: "3\n",
    },
    "values are printed where no semicolon ends them": {
      code: 'x = [1 2; 3 4];\ny = x * x\nz = det(x);\nprintf("%.0f\\n", z);\n',
      prints: "y =\n\n    7   10\n   15   22\n\n-2\n",
    },
    "text beyond ASCII": { code: 'printf("%s\\n", "Grüße, 世界");\n', prints: "Grüße, 世界\n" },
  },
  failures: {
    "an error": {
      // A script of Octave's begins with anything but a function.
      code: '1;\nfunction result = half(n)\n  if n == 0, error("none"); end\n  result = n / 2;\nend\n\nprintf("fine\\n");\nx = half(0);\n',
      status: "error",
      marked: { line: 3, column: 14, severity: "error", message: "none" },
    },
    "a syntax error": {
      code: 'printf("fine\\n");\nx = )\n',
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "syntax error" },
    },
  },
  halfLines: { "printf, flushed": 'printf("loading");\nfflush(stdout);\nwhile true\nend\n' },
  memoryHog: "kept = {};\nwhile true\n  kept{end + 1} = ones(1, 131072);\nend\n",
  manyLines: 'printf("%s", repmat("0123456789abcde\\n", 1, 65536));\n',
};
