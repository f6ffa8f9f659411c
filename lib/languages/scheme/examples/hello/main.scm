(use-modules (ice-9 rdelim) (srfi srfi-1))

(define (greet name)
  (string-append "Hello, " name "!"))

;; Each letter of a word once, in order, with how often it is there.
(define (letters word)
  (let ((all (string->list word)))
    (map (lambda (letter)
           (string-append (string letter) (number->string (count (lambda (other) (char=? other letter)) all))))
         (sort (delete-duplicates all) char<?))))

(let loop ((name (read-line)))
  (unless (eof-object? name)
    (display (greet name))
    (newline)
    (display (string-append "Backwards: " (string-reverse name)))
    (newline)
    (display (string-append "Letters: " (string-join (letters (string-downcase name)) " ")))
    (newline)
    (loop (read-line))))
