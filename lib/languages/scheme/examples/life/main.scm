(use-modules (srfi srfi-1))

(define height 6)
(define width 12)

(define (range start end)
  (iota (- end start) start))

;; The eight places around one. The world has no edge: it goes on at the other side.
(define (around place)
  (append-map
   (lambda (dy)
     (filter-map
      (lambda (dx)
        (and (not (= 0 dy dx))
             (cons (modulo (+ (car place) dy) height)
                   (modulo (+ (cdr place) dx) width))))
      (range -1 2)))
   (range -1 2)))

(define places
  (append-map (lambda (y) (map (lambda (x) (cons y x)) (iota width))) (iota height)))

;; The next generation, of a list of the places that live.
(define (step alive)
  (filter (lambda (place)
            (let ((n (count (lambda (neighbour) (member neighbour alive)) (around place))))
              (or (= n 3) (and (= n 2) (member place alive)))))
          places))

(define (show alive)
  (for-each
   (lambda (y)
     (for-each (lambda (x) (display (if (member (cons y x) alive) "#" "."))) (iota width))
     (newline))
   (iota height)))

(let loop ((number 0) (alive '((0 . 1) (1 . 2) (2 . 0) (2 . 1) (2 . 2))))
  (when (< number 5)
    (display "Step ")
    (display number)
    (newline)
    (show alive)
    (loop (+ number 1) (step alive))))
