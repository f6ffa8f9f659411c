"use client";

import { KeyRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { formatDate } from "@/lib/client/local-time";
import type { Account, SignInWay } from "@/lib/schemas/account";
import { GitHubIcon, GoogleIcon } from "../account/provider-icons";
import { Section } from "../section";
import { Button } from "../ui/button";
import { Card, CardRow } from "../ui/card";
import { NameField } from "./name-field";
import { PasswordForm } from "./password-form";

export type User = NonNullable<Account["user"]>;

const WAYS: Readonly<Record<SignInWay, { name: string; mark: ReactNode }>> = {
  password: { name: "Password", mark: <KeyRound aria-hidden="true" /> },
  github: { name: "GitHub", mark: <GitHubIcon /> },
  google: { name: "Google", mark: <GoogleIcon /> },
};

/** Name, e-mail address and ways to sign in. */
export function Profile({ user }: { user: User }) {
  const [changing, setChanging] = useState(false);
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
        <CardRow label="E-mail">
          <span className="break-all">{user.email}</span>
        </CardRow>
        <CardRow label="Ways to sign in">
          <ul className="flex flex-wrap gap-2">
            {user.ways.map((way) => (
              <li
                key={way}
                className="flex h-7 items-center gap-1.5 rounded-md border border-line px-2 text-base [&_svg]:size-3.5"
              >
                {WAYS[way].mark}
                {WAYS[way].name}
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
