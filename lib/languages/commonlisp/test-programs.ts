import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "a file beside it": {
      code: '(load "half.lisp")\n\n(format t "~a~%" (half 6))\n',
      files: [{ path: "half.lisp", content: "(defun half (n)\n  (floor n 2))\n" }],
      prints: "3\n",
    },
    "characters are not bytes": {
      code: '(let ((word "Grüße, 世界"))\n  (format t "~a ~a ~a~%" (length word) (reverse word) (string-upcase (subseq word 0 3))))\n',
      prints: "9 界世 ,eßürG GRÜ\n",
    },
    "numbers of any size, and fractions": {
      code: '(format t "~a ~a~%" (expt 2 70) (+ 1/3 1/6))\n',
      prints: "1180591620717411303424 1/2\n",
    },
  },
  failures: {
    "an error": {
      code: '(defun half (n)\n  (when (zerop n)\n    (error "none"))\n  (/ n 2))\n\n(format t "fine~%")\n(print (half 0))\n',
      status: "error",
      marked: { line: 1, column: null, severity: "error", message: "none" },
    },
    "a parenthesis too many": {
      code: '(format t "fine~%")\n(print 1))\n',
      status: "error",
      marked: { line: 2, column: 10, severity: "error", message: "unmatched close parenthesis" },
    },
  },
  halfLines: {
    "princ, finished": '(princ "loading")\n(finish-output)\n(loop)\n',
  },
  // The heap has an end of its own; what is kept here lies outside of it.
  memoryHog:
    "(loop\n  (let ((block (sb-alien:make-alien (sb-alien:unsigned 8) 1048576)))\n    (dotimes (page 256)\n      (setf (sb-alien:deref block (* page 4096)) 1))))\n",
  manyLines:
    '(write-string\n (with-output-to-string (text)\n   (dotimes (n 65536)\n     (write-line "0123456789abcde" text))))\n',
};
