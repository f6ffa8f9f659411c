import { registerLisp } from "./editor-lisp-syntax";
import { FUNCTIONS, KEYWORDS } from "./editor-words";

registerLisp({
  id: "commonlisp",
  extensions: [".lisp", ".cl"],
  name: "Common Lisp",
  keywords: KEYWORDS,
  functions: FUNCTIONS,
});
