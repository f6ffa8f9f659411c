"use client";

import { type ChangeEvent, type FocusEvent, useRef, useState } from "react";
import type * as z from "zod";
import type { ApiError } from "@/lib/client/api";

/** A field's rule, and what the rule's messages are to call it. */
interface FieldRule {
  schema: z.ZodType;
  /** What stands in front of "has 3 characters". */
  subject: string;
  /** What to say of a field that nothing was typed into, where the rule's own words would be odd. */
  empty?: string;
}

type Errors<Name extends string> = Partial<Record<Name, string>>;

/**
 * A form's fields: checked when they are left, again at each key while they are wrong, and all of them by `read`. The
 * values stay in the document, so that what a password manager or a quick typist put there before the page was ready counts.
 */
export function useFields<Name extends string>(rules: Readonly<Record<Name, FieldRule>>) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<Errors<Name>>({});
  const names = Object.keys(rules) as Name[];

  function problemOf(name: Name, value: string): string | null {
    const parsed = rules[name].schema.safeParse(value);
    if (parsed.success) return null;
    const { empty, subject } = rules[name];
    if (value === "" && empty !== undefined) return empty;
    return worded(parsed.error.issues[0]?.message ?? "This is not right.", subject);
  }

  function show(name: Name, problem: string | null): void {
    setErrors(
      ({ [name]: _, ...others }) =>
        (problem === null ? others : { ...others, [name]: problem }) as Errors<Name>,
    );
  }

  function showAll(found: Errors<Name>): boolean {
    setErrors(found);
    const first = names.find((name) => found[name] !== undefined);
    if (first === undefined) return false;
    inputOf(form.current, first)?.focus();
    return true;
  }

  return {
    form,
    field: (name: Name) => ({
      name,
      error: errors[name] ?? null,
      onBlur({ target }: FocusEvent<HTMLInputElement>) {
        // A field that was only passed by is not wrong yet.
        if (target.value !== "") show(name, problemOf(name, target.value));
      },
      onChange({ target }: ChangeEvent<HTMLInputElement>) {
        if (errors[name] !== undefined) show(name, problemOf(name, target.value));
      },
    }),
    /** The values, or `null` when something is wrong with them: then it says so and goes to the first such field. */
    read(): Record<Name, string> | null {
      const values = {} as Record<Name, string>;
      const found: Errors<Name> = {};
      for (const name of names) {
        values[name] = inputOf(form.current, name)?.value ?? "";
        const problem = problemOf(name, values[name]);
        if (problem !== null) found[name] = problem;
      }
      return showAll(found) ? null : values;
    },
    /** Shows what the server has against single fields; false when that is none of these. */
    refuse({ details }: ApiError): boolean {
      const found: Errors<Name> = {};
      for (const { path, message } of details) {
        const name = names.find((one) => one === path);
        if (name !== undefined) found[name] ??= worded(message, rules[name].subject);
      }
      return showAll(found);
    },
  };
}

function inputOf(form: HTMLFormElement | null, name: string): HTMLInputElement | null {
  const found = form?.elements.namedItem(name);
  return found instanceof HTMLInputElement ? found : null;
}

/** The API names a field as it is in the request, in backticks; a person sees its label. */
function worded(message: string, subject: string): string {
  return message.replace(/^`[^`]+`/, subject);
}
