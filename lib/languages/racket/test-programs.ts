import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a module beside it": {
      code: '#lang racket/base\n(require "half.rkt")\n\n(displayln (half 6))\n',
      files: [
        {
          path: "half.rkt",
          content: "#lang racket/base\n(provide half)\n\n(define (half n) (quotient n 2))\n",
        },
      ],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: '#lang racket/base\n(define word "Grüße, 世界")\n(displayln (string-length word))\n(displayln (list->string (reverse (string->list word))))\n(displayln (string-upcase word))\n',
      prints: "9\n界世 ,eßürG\nGRÜSSE, 世界\n",
    },
    "values at the top are printed": {
      code: '#lang racket/base\n(expt 2 70)\n(list 1/2 "a" \'b)\n',
      prints: '1180591620717411303424\n\'(1/2 "a" b)\n',
    },
    "the whole language": {
      code: "#lang racket\n(for/sum ([n (in-range 1 5)] #:when (even? n)) (sqr n))\n",
      prints: "20\n",
    },
  },
  failures: {
    "an error": {
      code: '#lang racket/base\n(define (count-down n)\n  (if (zero? n)\n      (error "none")\n      (add1 (count-down (sub1 n)))))\n\n(displayln "fine")\n(displayln (count-down 3))\n',
      status: "error",
      marked: { line: 2, column: 1, severity: "error", message: "none" },
    },
    "a name that is not known": {
      code: '#lang racket/base\n(displayln "fine")\n(displayln missing)\n',
      status: "compile_error",
      marked: { line: 3, column: 12, severity: "error", message: "missing: unbound identifier" },
    },
  },
  halfLines: {
    "display, flushed": '#lang racket/base\n(display "loading")\n(flush-output)\n(let loop () (loop))\n',
    "display, then sleep":
      '#lang racket/base\n(file-stream-buffer-mode (current-output-port) \'none)\n(display "loading")\n(sleep 600)\n',
  },
  memoryHog:
    "#lang racket/base\n(define kept '())\n(let loop ()\n  (set! kept (cons (make-bytes 1048576 1) kept))\n  (loop))\n",
  manyLines:
    '#lang racket/base\n(display (apply string-append (build-list 65536 (lambda (_) "0123456789abcde\\n"))))\n',
};
