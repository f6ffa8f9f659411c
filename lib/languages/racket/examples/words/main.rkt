#lang racket/base
(require racket/port)

(define words (regexp-match* #px"[a-z]+" (string-downcase (port->string))))

(define counts
  (for/fold ([counts (hash)]) ([word words])
    (hash-update counts word add1 0)))

;; By count, the highest first; words of the same count by the alphabet.
(define (before? a b)
  (if (= (cdr a) (cdr b))
      (string<? (car a) (car b))
      (> (cdr a) (cdr b))))

(define (pad number)
  (define text (number->string number))
  (string-append (make-string (max 0 (- 3 (string-length text))) #\space) text))

(for ([pair (sort (hash->list counts) before?)]
      [_ (in-range 5)])
  (printf "~a ~a\n" (pad (cdr pair)) (car pair)))
