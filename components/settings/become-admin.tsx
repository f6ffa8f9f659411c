"use client";

import { mutate } from "swr";
import { call } from "@/lib/client/api";
import { withoutRetryHint } from "@/lib/client/error-text";
import { toast } from "@/lib/client/toast";
import type { FieldSchemas } from "../form/field-schemas";
import { FormProblem } from "../form/form-problem";
import { useFields } from "../form/use-fields";
import { useSubmit } from "../form/use-submit";
import { Section } from "../section";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Spinner } from "../ui/spinner";
import { TextField } from "../ui/text-field";

const RULES = {
  adminCode: {
    schema: ({ redeemAdminCodeSchema }: FieldSchemas) => redeemAdminCodeSchema.shape.adminCode,
    subject: "The code",
    empty: "Type the code from the server's log.",
  },
};

/** While a server has no admin: the code from the log of its start makes one of the account. */
export function BecomeAdmin() {
  const { form, field, read, showServerErrors } = useFields(RULES);
  const { busy, problem, retry, submit } = useSubmit({
    read,
    handleError: showServerErrors,
    async send(body) {
      await mutate("account", await call("redeemAdminCode", { body }), { revalidate: false });
      toast("You are the admin now", { description: "Accounts, load and the audit log are at /admin." });
    },
  });
  return (
    <Section
      id="admin"
      title="Become the admin"
      description="This Quicksand has no admin yet. The log of its last start has a code that works once."
    >
      <Card className="p-4">
        <form ref={form} noValidate onSubmit={submit} className="max-w-sm space-y-2">
          <TextField
            label="Code from the log"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="font-mono"
            hint="Such as 2QXZ7-KJ4MN-…; case and dashes do not matter."
            {...field("adminCode")}
          />
          {problem ? <FormProblem retry={retry}>{withoutRetryHint(problem.message)}</FormProblem> : null}
          <Button type="submit" variant="primary" aria-busy={busy} disabled={retry.leftS > 0}>
            {busy ? <Spinner /> : null}
            Become the admin
          </Button>
        </form>
      </Card>
    </Section>
  );
}
