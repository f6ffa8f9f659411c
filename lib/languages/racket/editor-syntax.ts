import { registerLisp } from "../commonlisp/editor-lisp-syntax";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

registerLisp({
  id: "racket",
  extensions: [".rkt"],
  name: "Racket",
  keywords: KEYWORDS,
  functions: FUNCTIONS,
});
