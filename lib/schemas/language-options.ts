import type { LanguageOption } from "./language";

/** Options of a language by name, as a request and a program hold them. Which there are is the language's to say. */
export type ChosenOptions = Readonly<Record<string, string>>;

type OptionValue = LanguageOption["values"][number];

/** Every option with its value: the chosen one, or the default where none was chosen or one that is not known (any more). */
export function resolvedOptions(
  options: readonly LanguageOption[],
  chosen: ChosenOptions | undefined,
): ChosenOptions {
  return Object.fromEntries(options.map((option) => [option.id, chosenValue(option, chosen)?.id ?? ""]));
}

/** The value of one option by the same rule. */
export function chosenValue(
  option: LanguageOption,
  chosen: ChosenOptions | undefined,
): OptionValue | undefined {
  const byId = (id: string | undefined) => option.values.find((value) => value.id === id);
  return byId(chosen?.[option.id]) ?? byId(option.default);
}

/** The words of a command that one option's value is. */
export function flagsOf(options: readonly LanguageOption[], id: string, chosen: ChosenOptions): string[] {
  const option = options.find((one) => one.id === id);
  return (option && chosenValue(option, chosen)?.flags) ?? [];
}

/** What of a choice is known and not the default anyway; `undefined` where that is nothing. Two that say the same become the same. */
export function changedOptions(
  options: readonly LanguageOption[],
  chosen: ChosenOptions | undefined,
): Record<string, string> | undefined {
  const changed = options.flatMap((option) => {
    const value = chosenValue(option, chosen);
    return value && value.id !== option.default ? [[option.id, value.id] as const] : [];
  });
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}

/** Why a choice is none of a language's: a message for each field of it that is wrong. */
export function optionProblems(
  { name, options = [] }: { name: string; options?: readonly LanguageOption[] | undefined },
  chosen: ChosenOptions | undefined,
): { path: string; message: string }[] {
  const listed = (ids: readonly { id: string }[]) => ids.map(({ id }) => id).join(", ");
  return Object.entries(chosen ?? {}).flatMap(([id, value]) => {
    const path = `options.${id}`;
    const option = options.find((one) => one.id === id);
    if (!option) {
      const remedy = options.length > 0 ? `use ${listed(options)}` : "it has none, so leave `options` out";
      return [{ path, message: `\`${path}\` is not an option of ${name}; ${remedy}.` }];
    }
    if (option.values.some((one) => one.id === value)) return [];
    const message = `\`${path}\` is "${value}", which ${name} does not have here; use one of ${listed(option.values)}.`;
    return [{ path, message }];
  });
}
