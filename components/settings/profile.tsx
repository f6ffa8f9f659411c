"use client";

import { useState } from "react";
import { useAccount } from "@/lib/client/account";
import { formatDate } from "@/lib/client/local-time";
import type { Account } from "@/lib/schemas/account";
import { WayMark, wayName } from "../account/way";
import { Section } from "../section";
import { Button } from "../ui/button";
import { Card, CardRow } from "../ui/card";
import { EmailRow } from "./email-row";
import { NameField } from "./name-field";
import { PasswordForm } from "./password-form";

export type User = NonNullable<Account["user"]>;

/** Name, e-mail address and ways to sign in. */
export function Profile({ user, mail }: { user: User; mail: boolean }) {
  const [changing, setChanging] = useState(false);
  const oidcName = useAccount().account?.oidcName ?? null;
  const hasPassword = user.ways.includes("password");
  return (
    <Section
      id="profile"
      title="Profile"
      description="Runs you share never show it. Whoever runs this Quicksand can see your name and address."
    >
      <Card>
        <CardRow label="Name" hint="What the page calls you.">
          <NameField key={user.name} name={user.name} />
        </CardRow>
        <EmailRow user={user} mail={mail} />
        <CardRow label="Ways to sign in">
          <ul className="flex flex-wrap gap-2">
            {user.ways.map((way) => (
              <li
                key={way}
                className="flex h-7 items-center gap-1.5 rounded-md border border-line px-2 text-base [&_svg]:size-3.5"
              >
                <WayMark way={way} />
                {wayName(way, oidcName)}
              </li>
            ))}
          </ul>
        </CardRow>
        <CardRow
          label="Password"
          hint={hasPassword ? undefined : "You have none yet. With one you can also sign in by e-mail."}
        >
          <Button aria-expanded={changing} onClick={() => setChanging(!changing)}>
            {hasPassword ? "Change password" : "Set a password"}
          </Button>
        </CardRow>
        {changing ? (
          <PasswordForm email={user.email} hasPassword={hasPassword} onClose={() => setChanging(false)} />
        ) : null}
        <CardRow label="Member since">
          <time dateTime={user.createdAt} className="text-muted">
            {formatDate(user.createdAt)}
          </time>
        </CardRow>
      </Card>
    </Section>
  );
}
