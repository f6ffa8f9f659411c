;;; -*- lexical-binding: t -*-

(require 'cl-lib)
(require 'seq)

(defvar counts (make-hash-table :test #'equal))

;; The input goes into a buffer, where an editor is at home.
(with-temp-buffer
  (let (line)
    (while (setq line (ignore-error end-of-file (read-from-minibuffer "")))
      (insert (downcase line) "\n")))
  (goto-char (point-min))
  (while (re-search-forward "[a-z]+" nil t)
    (cl-incf (gethash (match-string 0) counts 0))))

(defun before-p (a b)
  "By count, the highest first; words of the same count by the alphabet."
  (let ((count-a (gethash a counts))
        (count-b (gethash b counts)))
    (if (= count-a count-b)
        (string< a b)
      (> count-a count-b))))

(let (words)
  (maphash (lambda (word _count) (push word words)) counts)
  (dolist (word (seq-take (sort words #'before-p) 5))
    (princ (format "%3d %s\n" (gethash word counts) word))))
