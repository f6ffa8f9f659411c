"use client";

import { withoutRetryHint } from "@/lib/client/error-text";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { TextField } from "../ui/text-field";

const RULES = {
  code: {
    schema: ({ codeSchema }: FieldSchemas) => codeSchema,
    subject: "The code",
    empty: "Type the code.",
  },
};

interface CodeFormProps {
  label: string;
  hint?: string;
  action: string;
  danger?: boolean;
  /** The label of the button that gives up. */
  cancel?: string;
  onCode: (code: string) => Promise<void>;
  onCancel: () => void;
}

/** Asks for a code of the authenticator app. */
export function CodeForm({
  label,
  hint,
  action,
  danger = false,
  cancel = "Cancel",
  onCode,
  onCancel,
}: CodeFormProps) {
  const { form, field, read, showServerErrors } = useFields(RULES);
  const { busy, problem, retry, submit } = useSubmit({
    read,
    handleError: showServerErrors,
    send: ({ code }) => onCode(code),
  });
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="space-y-2">
      <TextField
        label={label}
        hint={hint}
        inputMode={hint === undefined ? "numeric" : "text"}
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={40}
        required
        {...field("code")}
      />
      {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onCancel}>{cancel}</Button>
        <Button
          type="submit"
          variant={danger ? "danger" : "primary"}
          aria-busy={busy}
          disabled={retry.leftS > 0}
        >
          {busy ? <Spinner /> : null}
          {action}
        </Button>
      </div>
    </form>
  );
}
