import { bash } from "./bash";
import { c } from "./c";
import { cpp } from "./cpp";
import { javascript } from "./javascript";
import type { Language } from "./language";
import { python } from "./python";
import { typescript } from "./typescript";

export {
  argvOf,
  type Command,
  type CommandContext,
  type CompileContext,
  type ImageRecipe,
  type Language,
} from "./language";
export { limitsOf } from "./limits";

/** Every language, in the order the picker shows them. Adding one is a folder and a line here. */
export const LANGUAGES: readonly Language[] = [python, javascript, typescript, c, cpp, bash];
