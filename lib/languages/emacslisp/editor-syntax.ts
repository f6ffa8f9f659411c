import { registerLisp } from "../commonlisp/editor-lisp-syntax";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

registerLisp({
  id: "emacslisp",
  extensions: [".el"],
  name: "Emacs Lisp",
  keywords: KEYWORDS,
  functions: FUNCTIONS,
});
