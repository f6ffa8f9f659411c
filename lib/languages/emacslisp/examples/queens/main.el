;;; -*- lexical-binding: t -*-

(require 'seq)

(defconst board-size 8)

(defun free-p (column columns)
  "Whether a queen in the next row may stand in COLUMN; of COLUMNS the nearest row comes first."
  (let ((distance 0))
    (seq-every-p (lambda (other)
                   (setq distance (1+ distance))
                   (not (or (= other column)
                            (= (abs (- other column)) distance))))
                 columns)))

(defun place (row columns)
  "All ways to go on from ROW when the queens of the rows above stand in COLUMNS."
  (if (= row board-size)
      (list (reverse columns))
    (mapcan (lambda (column)
              (when (free-p column columns)
                (place (1+ row) (cons column columns))))
            (number-sequence 0 (1- board-size)))))

(let ((solutions (place 0 nil)))
  (dolist (queen (car solutions))
    (princ (mapconcat (lambda (column) (if (= column queen) "Q" "."))
                      (number-sequence 0 (1- board-size))
                      " "))
    (terpri))
  (princ (format "%d solutions\n" (length solutions))))
