(defun letterp (character)
  (char<= #\a character #\z))

(defun words (text)
  "A list of the words in a text of small letters."
  (loop for start = (position-if #'letterp text) then (position-if #'letterp text :start end)
        for end = (and start (or (position-if-not #'letterp text :start start) (length text)))
        while start
        collect (subseq text start end)))

(defvar *counts* (make-hash-table :test #'equal))

(loop for line = (read-line *standard-input* nil)
      while line
      do (dolist (word (words (string-downcase line)))
           (incf (gethash word *counts* 0))))

(let ((pairs (loop for word being the hash-keys of *counts* using (hash-value count)
                   collect (cons count word))))
  ;; By the alphabet, then by count: a stable sort keeps the first order where the second says nothing.
  (setf pairs (sort pairs #'string< :key #'cdr))
  (setf pairs (stable-sort pairs #'> :key #'car))
  (loop for (count . word) in pairs
        repeat 5
        do (format t "~3d ~a~%" count word)))
