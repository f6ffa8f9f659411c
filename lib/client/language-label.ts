import type { LanguageInfo } from "../schemas/language";
import { type ChosenOptions, chosenValue } from "../schemas/language-options";

type Named = Pick<LanguageInfo, "name" | "version" | "edition"> & Partial<Pick<LanguageInfo, "options">>;

/** Whose value takes the place of the language's edition. */
const STANDARD = "standard";
/** Said in the editor also where it is the default: how long a program runs is hardly read without it. */
const ALWAYS_IN_EDITOR = "optimization";

/**
 * A language with what its programs are made with: `C++20 · GCC 14.2`, `TypeScript · Node 20.19`, `Python 3.13`; with what was chosen
 * other than the defaults, `C++23 · GCC 14.2 · -O2`.
 */
export function languageLabel(language: Named, chosen?: ChosenOptions): string {
  const { head, rest } = languageParts(language, chosen);
  return `${head}${rest}`;
}

interface LabelParts {
  head: string;
  rest: string;
}

/** The same in two parts, of which the second may be quieter, or left out. */
export function languageParts(language: Named, chosen?: ChosenOptions): LabelParts {
  return partsOf(language, chosen, null);
}

/** As it stands over the editor: with the optimisation, whatever it is. */
export function editorLabelParts(language: Named, chosen: ChosenOptions | undefined): LabelParts {
  return partsOf(language, chosen, ALWAYS_IN_EDITOR);
}

function partsOf(language: Named, chosen: ChosenOptions | undefined, always: string | null): LabelParts {
  const { name, version, edition, options = [] } = language;
  const standard = options.find(({ id }) => id === STANDARD);
  const flags = options
    .filter((option) => option.id !== STANDARD)
    .filter((option) => option.id === always || chosenValue(option, chosen)?.id !== option.default)
    .flatMap((option) => chosenValue(option, chosen)?.flags ?? []);
  // A version that is a mere number is the language's own.
  const made = /^\d/.test(version) ? ` ${version}` : ` · ${version}`;
  return {
    head: (standard && chosenValue(standard, chosen)?.label) ?? edition ?? name,
    rest: flags.length > 0 ? `${made} · ${flags.join(" ")}` : made,
  };
}
