import type { Vocabulary } from "../editor";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

export const VOCABULARY: Vocabulary = {
  keywords: KEYWORDS,
  library: FUNCTIONS,
  snippets: [
    { label: "defun", detail: "a function", body: "(defun ${1:name} (${2:arguments})\n\t$0)" },
    { label: "let", detail: "local variables", body: "(let ((${1:name} ${2:value}))\n\t$0)" },
    { label: "dolist", detail: "go through a list", body: "(dolist (${1:item} ${2:items})\n\t$0)" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "(loop for line = (read-line *standard-input* nil)\n\twhile line\n\tdo $0)",
    },
    { label: "format", detail: "print by a pattern", body: '(format t "${1:~a}~%" ${2:value})$0' },
    {
      label: "defclass",
      detail: "a class",
      body: "(defclass ${1:name} ()\n\t((${2:slot} :initarg :${2:slot} :accessor ${2:slot})))$0",
    },
    {
      label: "handler",
      detail: "handle an error",
      body: '(handler-case ${1:(work)}\n\t(error (problem) (format t "~a~%" problem)))$0',
    },
  ],
};
