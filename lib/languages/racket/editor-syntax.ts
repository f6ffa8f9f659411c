import { registerLisp } from "../commonlisp/lisp-syntax";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

registerLisp({
  id: "racket",
  extensions: [".rkt"],
  name: "Racket",
  keywords: KEYWORDS,
  functions: FUNCTIONS,
});
