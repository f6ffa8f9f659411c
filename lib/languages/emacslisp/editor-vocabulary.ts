import type { Vocabulary } from "../editor";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

export const VOCABULARY: Vocabulary = {
  keywords: KEYWORDS,
  library: FUNCTIONS,
  snippets: [
    { label: "start", detail: "the start of a program", body: ";;; -*- lexical-binding: t -*-\n\n$0" },
    {
      label: "defun",
      detail: "a function",
      body: '(defun ${1:name} (${2:arguments})\n\t"${3:What it does.}"\n\t$0)',
    },
    { label: "let", detail: "local variables", body: "(let ((${1:name} ${2:value}))\n\t$0)" },
    { label: "dolist", detail: "go through a list", body: "(dolist (${1:item} ${2:items})\n\t$0)" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: '(let (line)\n\t(while (setq line (ignore-error end-of-file (read-from-minibuffer "")))\n\t\t$0))',
    },
    { label: "print", detail: "print by a pattern", body: '(princ (format "${1:%s}\\n" ${2:value}))$0' },
    {
      label: "buffer",
      detail: "work on a text",
      body: "(with-temp-buffer\n\t(insert ${1:text})\n\t(goto-char (point-min))\n\t$0)",
    },
  ],
};
