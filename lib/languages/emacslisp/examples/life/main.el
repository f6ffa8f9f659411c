;;; -*- lexical-binding: t -*-

(require 'cl-lib)

(defconst height 6)
(defconst width 12)

(defun neighbours (alive y x)
  "Counts what lives around a place. The world has no edge: it goes on at the other side."
  (cl-loop for dy from -1 to 1
           sum (cl-loop for dx from -1 to 1
                        count (and (not (= 0 dy dx))
                                   (member (cons (mod (+ y dy) height) (mod (+ x dx) width)) alive)))))

(defun step (alive)
  "The next generation, of a list of the places that live."
  (cl-loop for y below height
           append (cl-loop for x below width
                           for n = (neighbours alive y x)
                           when (or (= n 3) (and (= n 2) (member (cons y x) alive)))
                           collect (cons y x))))

(defun show (alive)
  (dotimes (y height)
    (dotimes (x width)
      (princ (if (member (cons y x) alive) "#" ".")))
    (terpri)))

(let ((alive '((0 . 1) (1 . 2) (2 . 0) (2 . 1) (2 . 2))))
  (dotimes (number 5)
    (princ (format "Step %d\n" number))
    (show alive)
    (setq alive (step alive))))
