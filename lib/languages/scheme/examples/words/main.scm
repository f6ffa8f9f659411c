(use-modules (ice-9 rdelim) (srfi srfi-1))

(define letters (string->char-set "abcdefghijklmnopqrstuvwxyz"))

(define counts (make-hash-table))
(for-each (lambda (word) (hash-set! counts word (+ 1 (hash-ref counts word 0))))
          (string-tokenize (string-downcase (read-string)) letters))

;; By count, the highest first; words of the same count by the alphabet.
(define (before? a b)
  (if (= (cdr a) (cdr b))
      (string<? (car a) (car b))
      (> (cdr a) (cdr b))))

(for-each (lambda (pair)
            (display (string-pad (number->string (cdr pair)) 3))
            (display " ")
            (display (car pair))
            (newline))
          (take (sort (hash-map->list cons counts) before?) 5))
