(defun greet (name)
  (format nil "Hello, ~a!" name))

(defun letters (word)
  "Each letter of a word once, in order, with how often it is there."
  (loop for letter in (sort (remove-duplicates (coerce word 'list)) #'char<)
        collect (format nil "~c~d" letter (count letter word))))

(loop for name = (read-line *standard-input* nil)
      while name
      do (format t "~a~%" (greet name))
         (format t "Backwards: ~a~%" (reverse name))
         (format t "Letters: ~{~a~^ ~}~%" (letters (string-downcase name))))
