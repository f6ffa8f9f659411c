;;; -*- lexical-binding: t -*-

(require 'seq)

(defun greet (name)
  (format "Hello, %s!" name))

(defun letters (word)
  "Each letter of WORD once, in order, with how often it is there."
  (mapconcat (lambda (letter)
               (format "%c%d" letter (seq-count (lambda (other) (eq other letter)) word)))
             (sort (seq-uniq (string-to-list word)) #'<)
             " "))

(let (name)
  ;; Without a window the minibuffer is standard input.
  (while (setq name (ignore-error end-of-file (read-from-minibuffer "")))
    (princ (format "%s\n" (greet name)))
    (princ (format "Backwards: %s\n" (reverse name)))
    (princ (format "Letters: %s\n" (letters (downcase name))))))
