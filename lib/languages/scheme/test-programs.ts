import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a module beside it": {
      code: "(use-modules (half))\n\n(display (half 6))\n(newline)\n",
      files: [
        {
          path: "half.scm",
          content: "(define-module (half)\n  #:export (half))\n\n(define (half n) (quotient n 2))\n",
        },
      ],
      prints: "3\n",
    },
    "a file that is included": {
      code: '(include "half.scm")\n\n(display (half 6))\n(newline)\n',
      files: [{ path: "half.scm", content: "(define (half n) (quotient n 2))\n" }],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: '(define word "Grüße, 世界")\n(display (string-length word))\n(newline)\n(display (string-reverse word))\n(newline)\n',
      prints: "9\n界世 ,eßürG\n",
    },
    "numbers of any size, and fractions": {
      code: "(display (expt 2 70))\n(newline)\n(display (+ 1/3 1/6))\n(newline)\n",
      prints: "1180591620717411303424\n1/2\n",
    },
  },
  failures: {
    "an error": {
      code: '(define (half number)\n  (if (zero? number) (error "none" number))\n  (quotient number 2))\n\n(display (half (string->number "0")))\n(newline)\n',
      status: "error",
      marked: { line: 2, column: 22, severity: "error", message: "none 0" },
    },
    "a syntax error": {
      code: '(display "fine")\n(let ((x)) x)\n',
      status: "compile_error",
      marked: { line: 2, column: 1, severity: "error", message: "let: bad let in form (let ((x)) x)" },
    },
  },
  halfLines: {
    "display, forced out": '(display "loading")\n(force-output)\n(let loop () (loop))\n',
  },
  memoryHog:
    "(use-modules (rnrs bytevectors))\n\n(define kept '())\n(let loop ()\n  (set! kept (cons (make-bytevector 1048576 1) kept))\n  (loop))\n",
  manyLines: '(display (string-concatenate (make-list 65536 "0123456789abcde\\n")))\n',
};
