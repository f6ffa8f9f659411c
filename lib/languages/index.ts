import type { Language } from "./language";

export {
  argvOf,
  type Command,
  type CommandContext,
  type CompileContext,
  type FormatStyle,
  type ImageRecipe,
  type Language,
  mainFileOf,
} from "./language";
export { limitsOf } from "./limits";

/** Every language, in the order the picker shows them. Adding one is its folder and one line here; nothing else names it. */
export const LANGUAGES: readonly Language[] = [
  (await import("./python")).python,
  (await import("./javascript")).javascript,
  (await import("./typescript")).typescript,
  (await import("./c")).c,
  (await import("./cpp")).cpp,
  (await import("./bash")).bash,
];
