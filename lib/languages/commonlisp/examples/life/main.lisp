(defparameter *height* 6)
(defparameter *width* 12)

(defun neighbours (world y x)
  "Counts what lives around a place. The world has no edge: it goes on at the other side."
  (loop for dy from -1 to 1
        sum (loop for dx from -1 to 1
                  unless (= 0 dy dx)
                    sum (aref world (mod (+ y dy) *height*) (mod (+ x dx) *width*)))))

(defun next (world)
  (let ((result (make-array (list *height* *width*) :initial-element 0)))
    (dotimes (y *height* result)
      (dotimes (x *width*)
        (let ((n (neighbours world y x)))
          (when (or (= n 3) (and (= n 2) (= 1 (aref world y x))))
            (setf (aref result y x) 1)))))))

(defun show (world)
  (dotimes (y *height*)
    (dotimes (x *width*)
      (write-char (if (= 1 (aref world y x)) #\# #\.)))
    (terpri)))

(let ((world (make-array (list *height* *width*) :initial-element 0)))
  (loop for (y x) in '((0 1) (1 2) (2 0) (2 1) (2 2))
        do (setf (aref world y x) 1))
  (dotimes (number 5)
    (format t "Step ~d~%" number)
    (show world)
    (setf world (next world))))
