(use-modules (srfi srfi-1))

(define size 8)

;; Whether a queen in the next row may stand in this column; of the columns the nearest row comes first.
(define (free? column columns)
  (every (lambda (other distance)
           (not (or (= other column)
                    (= (abs (- other column)) distance))))
         columns
         (iota (length columns) 1)))

;; All ways to go on when the queens of the rows above stand in these columns.
(define (place row columns)
  (if (= row size)
      (list (reverse columns))
      (append-map (lambda (column)
                    (if (free? column columns)
                        (place (+ row 1) (cons column columns))
                        '()))
                  (iota size))))

(define (show queen)
  (define marks (map (lambda (column) (if (= column queen) "Q" ".")) (iota size)))
  (display (string-join marks " "))
  (newline))

(define solutions (place 0 '()))
(for-each show (first solutions))
(display (length solutions))
(display " solutions")
(newline)
