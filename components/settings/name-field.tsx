"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { mutate } from "swr";
import { call } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import { type FieldSchemas, useFieldSchemas } from "../form/field-schemas";
import { useSubmit } from "../form/use-submit";
import { Button } from "../ui/button";

/** The display name, edited in place: Enter or Save stores it, Escape reverts. */
export function NameField({ name }: { name: string }) {
  const id = useId();
  const [text, setText] = useState(name);
  const [refusal, setRefusal] = useState<string | null>(null);
  const changed = text.trim() !== name;
  const invalid = problemOf(text, useFieldSchemas());
  const { busy, submit } = useSubmit({
    read: () => (changed && invalid === null ? { name: text } : null),
    async send(body) {
      await mutate("account", await call("updateAccount", { body }), { revalidate: false });
      toast("Name saved");
    },
    // Shown below the field, until the text is edited.
    handleError({ message }) {
      setRefusal(withFieldName(message));
      return true;
    },
  });
  const problem = refusal ?? invalid;

  function onKeyDown({ key, nativeEvent }: KeyboardEvent): void {
    if (key !== "Escape" || nativeEvent.isComposing) return;
    setText(name);
    setRefusal(null);
  }

  return (
    <form onSubmit={submit} className="sm:text-right">
      <div className="flex items-center gap-2">
        <input
          aria-label="Name"
          aria-invalid={problem !== null}
          aria-describedby={id}
          value={text}
          autoComplete="name"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setRefusal(null);
          }}
          onKeyDown={onKeyDown}
          className="h-8 w-56 rounded-md border border-line-strong bg-raised px-2.5 text-base focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus aria-invalid:border-bad"
        />
        <Button type="submit" disabled={!changed || problem !== null} aria-busy={busy}>
          Save
        </Button>
      </div>
      <p id={id} aria-live="polite" className="mt-1 text-left text-bad text-sm empty:hidden">
        {problem}
      </p>
    </form>
  );
}

function problemOf(name: string, schemas: FieldSchemas | null): string | null {
  if (name.trim() === "") return "The name is empty; type one.";
  const parsed = schemas?.nameSchema.safeParse(name);
  return !parsed || parsed.success
    ? null
    : withFieldName(parsed.error.issues[0]?.message ?? "This name cannot be used.");
}

/** The API's messages name the field as in the request. */
function withFieldName(message: string): string {
  return message.replace(/^`name`/, "The name");
}
