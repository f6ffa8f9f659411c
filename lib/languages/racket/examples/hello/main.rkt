#lang racket/base
(require racket/string)

(define (greet name)
  (format "Hello, ~a!" name))

;; How often each letter of a word is there, as a table that never changes: each step makes a new one.
(define (letters word)
  (for/fold ([counts (hash)]) ([letter word])
    (hash-update counts letter add1 0)))

(for ([name (in-lines)])
  (displayln (greet name))
  (printf "Backwards: ~a\n" (list->string (reverse (string->list name))))

  (define counts (letters (string-downcase name)))
  (printf "Letters: ~a\n"
          (string-join (for/list ([letter (sort (hash-keys counts) char<?)])
                         (format "~a~a" letter (hash-ref counts letter))))))
