#lang racket/base

(define height 6)
(define width 12)

(struct place (y x) #:transparent)

;; The next generation, of a table of the places that live. The world has no edge: it goes on at the other side.
(define (step alive)
  (define neighbours
    (for*/fold ([counts (hash)])
               ([here (in-hash-keys alive)]
                [dy '(-1 0 1)]
                [dx '(-1 0 1)]
                #:unless (= 0 dy dx))
      (define there
        (place (modulo (+ (place-y here) dy) height)
               (modulo (+ (place-x here) dx) width)))
      (hash-update counts there add1 0)))
  (for/hash ([(there n) neighbours]
             #:when (or (= n 3) (and (= n 2) (hash-has-key? alive there))))
    (values there #t)))

(define (show alive)
  (for ([y height])
    (for ([x width])
      (display (if (hash-has-key? alive (place y x)) "#" ".")))
    (newline)))

(define start
  (for/hash ([at '((0 1) (1 2) (2 0) (2 1) (2 2))])
    (values (place (car at) (cadr at)) #t)))

(for/fold ([alive start] #:result (void)) ([number 5])
  (printf "Step ~a\n" number)
  (show alive)
  (step alive))
