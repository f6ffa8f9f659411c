"use client";

import { type ChangeEvent, type FocusEvent, useEffect, useRef, useState } from "react";
import type * as z from "zod";
import type { ApiError } from "@/lib/client/api";
import { type FieldSchemas, loadFieldSchemas } from "./field-schemas";

/** A field's schema, and how its messages name the field. */
interface FieldRule {
  schema: (schemas: FieldSchemas) => z.ZodType;
  /** The subject of messages such as "has 3 characters". */
  subject: string;
  /** The message for an empty field, where the schema's own would read oddly. */
  empty?: string;
}

type Errors<Name extends string> = Partial<Record<Name, string>>;

/**
 * A form's fields: validated on blur, on every change while invalid, and all together by `read`. The inputs are uncontrolled,
 * so that values count which a password manager or the person entered before hydration. Where the schemas cannot be loaded, the
 * server checks alone.
 */
export function useFields<Name extends string>(rules: Readonly<Record<Name, FieldRule>>) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<Errors<Name>>({});
  const names = Object.keys(rules) as Name[];

  // So that they are there when the first field is left.
  useEffect(() => void loadFieldSchemas().catch(() => {}), []);

  function problemOf(name: Name, value: string, schemas: FieldSchemas): string | null {
    const parsed = rules[name].schema(schemas).safeParse(value);
    if (parsed.success) return null;
    const { empty, subject } = rules[name];
    if (value === "" && empty !== undefined) return empty;
    return withFieldName(parsed.error.issues[0]?.message ?? "This is not right.", subject);
  }

  function show(name: Name, problem: string | null): void {
    setErrors(
      ({ [name]: _, ...others }) =>
        (problem === null ? others : { ...others, [name]: problem }) as Errors<Name>,
    );
  }

  /** Of what the field holds once the schemas are there. */
  async function check(name: Name, input: HTMLInputElement): Promise<void> {
    const schemas = await loadFieldSchemas().catch(() => null);
    show(name, schemas && problemOf(name, input.value, schemas));
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
        // An untouched field is not marked invalid.
        if (target.value !== "") void check(name, target);
      },
      onChange({ target }: ChangeEvent<HTMLInputElement>) {
        if (errors[name] !== undefined) void check(name, target);
      },
    }),
    /** The values; `null` when a field is invalid, after marking all of them and focusing the first. */
    async read(): Promise<Record<Name, string> | null> {
      const schemas = await loadFieldSchemas().catch(() => null);
      const values = {} as Record<Name, string>;
      const found: Errors<Name> = {};
      for (const name of names) {
        values[name] = inputOf(form.current, name)?.value ?? "";
        const problem = schemas && problemOf(name, values[name], schemas);
        if (problem !== null) found[name] = problem;
      }
      return showAll(found) ? null : values;
    },
    /** Shows the server's errors at their fields; false when none belongs to a field of this form. */
    showServerErrors({ details }: ApiError): boolean {
      const found: Errors<Name> = {};
      for (const { path, message } of details) {
        const name = names.find((one) => one === path);
        if (name !== undefined) found[name] ??= withFieldName(message, rules[name].subject);
      }
      return showAll(found);
    },
  };
}

function inputOf(form: HTMLFormElement | null, name: string): HTMLInputElement | null {
  const found = form?.elements.namedItem(name);
  return found instanceof HTMLInputElement ? found : null;
}

/** The API's messages name a field as in the request, in backticks; people see its label. */
function withFieldName(message: string, subject: string): string {
  return message.replace(/^`[^`]+`/, subject);
}
