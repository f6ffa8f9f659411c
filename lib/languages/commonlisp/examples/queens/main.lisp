(defparameter *size* 8)

(defun free-p (column columns)
  "Whether a queen in the next row may stand in this column; the nearest row comes first."
  (loop for other in columns
        for distance from 1
        never (or (= other column)
                  (= (abs (- other column)) distance))))

(defun place (row columns visit)
  "Calls VISIT with each way to go on when the queens of the rows above stand in these columns."
  (if (= row *size*)
      (funcall visit (reverse columns))
      (dotimes (column *size*)
        (when (free-p column columns)
          (place (1+ row) (cons column columns) visit)))))

(defun show (solution)
  (dolist (queen solution)
    (format t "~{~a~^ ~}~%"
            (loop for column below *size*
                  collect (if (= column queen) "Q" ".")))))

(let ((count 0))
  (place 0 '() (lambda (solution)
                 (when (= (incf count) 1)
                   (show solution))))
  (format t "~d solutions~%" count))
