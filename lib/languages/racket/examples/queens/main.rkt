#lang racket/base
(require racket/string)

(define size 8)

;; Whether a queen in the next row may stand in this column; of the columns the nearest row comes first.
(define (free? column columns)
  (for/and ([other columns]
            [distance (in-naturals 1)])
    (not (or (= other column)
             (= (abs (- other column)) distance)))))

;; All ways to go on when the queens of the rows above stand in these columns.
(define (place columns)
  (if (= (length columns) size)
      (list (reverse columns))
      (for*/list ([column size]
                  #:when (free? column columns)
                  [solution (place (cons column columns))])
        solution)))

(define solutions (place '()))
(for ([queen (car solutions)])
  (displayln (string-join (for/list ([column size])
                            (if (= column queen) "Q" ".")))))
(printf "~a solutions\n" (length solutions))
