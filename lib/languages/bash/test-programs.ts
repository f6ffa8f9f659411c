import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  failures: {
    "an unknown command": {
      code: "echo fine\n\nno-such-command\n",
      status: "error",
      marked: { line: 3, column: null, severity: "error", message: "no-such-command: command not found" },
    },
    "a syntax error": {
      code: "if true; then\n  echo fine\ndone\n",
      status: "error",
      marked: {
        line: 3,
        column: null,
        severity: "error",
        message: "syntax error near unexpected token `done'",
      },
    },
  },
};
