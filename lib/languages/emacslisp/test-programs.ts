import type { TestPrograms } from "../testing/test-programs";

const START = ";;; -*- lexical-binding: t -*-\n";

export const programs: TestPrograms = {
  works: {
    "a file beside it": {
      code: `${START}(load (expand-file-name "half.el") nil t)\n\n(princ (format "%d\\n" (half 6)))\n`,
      files: [{ path: "half.el", content: `${START}(defun half (n)\n  (/ n 2))\n` }],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: `${START}(let ((word "Grüße, 世界"))\n  (princ (format "%d %d %s\\n" (length word) (string-bytes word) (reverse word))))\n`,
      prints: "9 15 界世 ,eßürG\n",
    },
    "numbers of any size": {
      code: `${START}(princ (format "%d\\n" (expt 2 70)))\n`,
      prints: "1180591620717411303424\n",
    },
  },
  failures: {
    "an error": {
      code: `${START}(defun half (n)\n  (when (= n 0)\n    (error "none"))\n  (/ n 2))\n\n(princ "fine\\n")\n(half 0)\n`,
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: "none" },
    },
    "a parenthesis too many": {
      code: `${START}(princ "fine\\n"))\n`,
      status: "error",
      marked: { line: 2, column: null, severity: "error", message: 'Invalid read syntax: ")"' },
    },
  },
  halfLines: {
    "princ, flushed": `${START}(princ "loading")\n(flush-standard-output)\n(while t)\n`,
  },
  memoryHog: `${START}(let ((kept nil))\n  (while t\n    (push (make-string 1048576 ?x) kept)))\n`,
  manyLines: `${START}(dotimes (_ 65536)\n  (princ "0123456789abcde\\n"))\n`,
};
