"use client";

import { type ComponentProps, useId, useState } from "react";
import { call } from "@/lib/client/api";
import type { KeyScope } from "@/lib/schemas/account";
import { MAX_NAME_CHARS } from "@/lib/schemas/limits";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Spinner } from "../ui/spinner";
import { TextField } from "../ui/text-field";
import { SCOPE_WORDS } from "./key-table";
import { NewKey } from "./new-key";

interface CreateKeyDialogProps {
  /** Runs that the plan allows a day. */
  runsPerDay: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: () => void;
}

/** Creates a key and shows it. The key is shown only once: the server stores a hash. */
export function CreateKeyDialog({ runsPerDay, open, onOpenChange, onCreated }: CreateKeyDialogProps) {
  const [made, setMade] = useState<{ key: string; scopes: readonly KeyScope[] } | null>(null);
  function setOpen(next: boolean): void {
    onOpenChange(next);
    if (!next) setMade(null);
  }
  return made ? (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Copy your key now"
      description="It is kept only as a hash: when this is closed, nobody can show it again."
    >
      <NewKey apiKey={made.key} canRun={made.scopes.includes("run")} onDone={() => setOpen(false)} />
    </Dialog>
  ) : (
    <Dialog open={open} onOpenChange={setOpen} title="New API key">
      <KeyForm
        runsPerDay={runsPerDay}
        onClose={() => setOpen(false)}
        onMade={(key) => {
          setMade(key);
          onCreated();
        }}
      />
    </Dialog>
  );
}

const RULES = {
  name: {
    schema: ({ newKeySchema }: FieldSchemas) => newKeySchema.shape.name,
    subject: "The name",
    empty: "Say what the key is for.",
  },
  requestsPerMinute: {
    schema: ({ typedKeyCeilingSchema }: FieldSchemas) => typedKeyCeilingSchema("requestsPerMinute"),
    subject: "This",
  },
  runsPerDay: {
    schema: ({ typedKeyCeilingSchema }: FieldSchemas) => typedKeyCeilingSchema("runsPerDay"),
    subject: "This",
  },
};
const SCOPES = ["run", "read"] as const;
/** In days; 0 means never. */
const EXPIRIES = [
  { days: 7, label: "In 7 days" },
  { days: 30, label: "In 30 days" },
  { days: 90, label: "In 90 days" },
  { days: 365, label: "In a year" },
  { days: 0, label: "Never" },
];
const USUAL_DAYS = "90";

interface KeyFormProps {
  runsPerDay: number;
  onClose: () => void;
  onMade: (made: { key: string; scopes: readonly KeyScope[] }) => void;
}

function KeyForm({ runsPerDay, onClose, onMade }: KeyFormProps) {
  const id = useId();
  const { form, field, read, showServerErrors } = useFields(RULES);
  const [scopes, setScopes] = useState<readonly KeyScope[]>(SCOPES);
  const [days, setDays] = useState(USUAL_DAYS);
  const { busy, problem, submit } = useSubmit({
    read: () => (scopes.length === 0 ? null : read()),
    handleError: showServerErrors,
    async send({ name, ...typed }) {
      const body = {
        ...{ name, scopes: [...scopes], expiresInDays: Number(days) || null },
        requestsPerMinute: ceilingOf(typed.requestsPerMinute),
        runsPerDay: ceilingOf(typed.runsPerDay),
      };
      onMade(await call("createKey", { body }));
    },
  });

  return (
    <form ref={form} noValidate onSubmit={submit} className="mt-4 space-y-3">
      <TextField
        label="Name"
        placeholder="nightly tests"
        hint="What the key is for, so that you know it again."
        autoComplete="off"
        maxLength={MAX_NAME_CHARS}
        {...field("name")}
      />
      <fieldset>
        <legend className="mb-1 font-medium text-base">Scopes</legend>
        <div className="rounded-md border border-line-strong">
          {SCOPES.map((scope) => (
            <label
              key={scope}
              className="flex cursor-pointer items-start gap-2.5 border-line border-b px-2.5 py-2 last:border-b-0 hover:bg-hover"
            >
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={({ target }) =>
                  setScopes(SCOPES.filter((one) => (one === scope ? target.checked : scopes.includes(one))))
                }
                className="mt-0.5 size-4 shrink-0 accent-(--focus)"
              />
              <span>
                <span className="block font-medium text-base">{SCOPE_WORDS[scope].label}</span>
                <span className="block text-muted text-sm">{SCOPE_WORDS[scope].meaning}</span>
              </span>
            </label>
          ))}
        </div>
        <p aria-live="polite" className="mt-1 text-bad text-sm empty:hidden">
          {scopes.length === 0 ? "Without a scope the key could do nothing; pick one." : ""}
        </p>
      </fieldset>
      <div>
        <label htmlFor={id} className="mb-1 block font-medium text-base">
          Expires
        </label>
        <select
          id={id}
          value={days}
          onChange={(event) => setDays(event.target.value)}
          className="h-9 w-full rounded-md border border-line-strong bg-raised px-2 text-lg focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus"
        >
          {EXPIRIES.map((expiry) => (
            <option key={expiry.days} value={expiry.days}>
              {expiry.label}
            </option>
          ))}
        </select>
      </div>
      <OwnLimits runsPerDay={runsPerDay} field={field} />
      {problem ? <FormProblem>{problem.message}</FormProblem> : null}
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" aria-busy={busy} disabled={scopes.length === 0}>
          {busy ? <Spinner /> : null}
          Create key
        </Button>
      </div>
    </form>
  );
}

/** What is no number is 0, which the server refuses: a key is never made without a ceiling that somebody typed. */
function ceilingOf(typed: string): number | null {
  return typed.trim() === "" ? null : Number(typed) || 0;
}

interface OwnLimitsProps {
  runsPerDay: number;
  field: (name: "requestsPerMinute" | "runsPerDay") => Omit<ComponentProps<typeof TextField>, "label">;
}

/** Two ceilings that most keys do without. Open by itself while something in it is wrong. */
function OwnLimits({ runsPerDay, field }: OwnLimitsProps) {
  const [open, setOpen] = useState(false);
  const [requests, runs] = [field("requestsPerMinute"), field("runsPerDay")];
  return (
    <details
      open={open || requests.error !== null || runs.error !== null}
      onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}
    >
      <summary className="touch-target w-fit cursor-pointer rounded-sm font-medium text-base text-muted hover:text-ink">
        Limits of its own
      </summary>
      <div className="grid gap-3 pt-2.5 sm:grid-cols-2">
        <CeilingField label="Requests a minute" hint="Empty: all that the plan has." {...requests} />
        <CeilingField
          label="Runs a day"
          hint={`Empty: all ${runsPerDay.toLocaleString("en")} of the plan.`}
          {...runs}
        />
      </div>
    </details>
  );
}

function CeilingField(props: ComponentProps<typeof TextField>) {
  return <TextField inputMode="numeric" autoComplete="off" maxLength={9} {...props} />;
}
