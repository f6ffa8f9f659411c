import { FUNCTIONS, KEYWORDS } from "./editor-words";
import { registerLisp } from "./lisp-syntax";

registerLisp({
  id: "commonlisp",
  extensions: [".lisp", ".cl"],
  name: "Common Lisp",
  keywords: KEYWORDS,
  functions: FUNCTIONS,
});
