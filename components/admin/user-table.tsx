"use client";

import { ChevronDown, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useAccount } from "@/lib/client/account";
import { ApiError, call } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import { useAdminUsers } from "@/lib/client/use-admin";
import type { AdminUser, AdminUserChange } from "@/lib/schemas/admin";
import { planName } from "../account/plan-name";
import { LoadFailure, RowsSkeleton, Section } from "../section";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Spinner } from "../ui/spinner";
import { type ResetLink, ResetLinkDialog } from "./reset-link-dialog";
import { type PendingUserChange, UserConfirmDialog } from "./user-confirm-dialog";
import { UserRow } from "./user-row";

/** Debounce of the search field. */
const TYPING_MS = 250;
const COLUMNS = ["Account", "Plan", "Runs today", "Joined", "Last seen"];

/** All accounts, with the changes an admin can make to them. */
export function UserTable() {
  const [text, setText] = useState("");
  const q = useDebounced(text.trim());
  const list = useAdminUsers(q);
  const own = useAccount().account?.user?.id ?? null;
  const [pending, setPending] = useState<PendingUserChange | null>(null);

  const [link, setLink] = useState<ResetLink | null>(null);

  async function change(user: AdminUser, body: AdminUserChange, doneText: string): Promise<boolean> {
    try {
      await list.change(user.id, body);
      toast(doneText);
      return true;
    } catch (error) {
      const description = error instanceof ApiError ? error.message : "Try again.";
      toast("The account could not be changed", { description });
      return false;
    }
  }

  async function makeLink({ id, email }: AdminUser): Promise<void> {
    try {
      const { path, expiresAt } = await call("adminResetLink", { params: { id } });
      setLink({ email, url: `${window.location.origin}${path}`, expiresAt });
    } catch (error) {
      const description = error instanceof ApiError ? error.message : "Try again.";
      toast("The link could not be made", { description });
    }
  }

  return (
    <Section
      id="users"
      title="Accounts"
      description="Newest first. What somebody ran is theirs: it is not to be seen here."
      action={<SearchField value={text} onChange={setText} busy={list.loading && list.items !== null} />}
    >
      {list.error ? (
        <LoadFailure text={list.error.message} onRetry={list.refresh} />
      ) : list.items === null ? (
        <RowsSkeleton rows={5} />
      ) : list.items.length === 0 ? (
        <Card className="px-4 py-8 text-center text-base text-muted">
          {q === "" ? "There are no accounts yet." : `No account has “${q}” in its address or name.`}
        </Card>
      ) : (
        <Card>
          <table className="w-full text-left text-base max-lg:block">
            <thead className="border-line border-b text-muted text-sm max-lg:sr-only">
              <tr>
                {COLUMNS.map((name) => (
                  <th key={name} scope="col" className="whitespace-nowrap px-3 py-2 font-medium first:pl-4">
                    {name}
                  </th>
                ))}
                <th scope="col">
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody className="max-lg:block">
              {list.items.map((user) => (
                <UserRow
                  key={user.id}
                  user={user}
                  own={user.id === own}
                  onPlan={(plan) =>
                    void change(user, { plan }, `${user.email} is on the ${planName(plan)} now`)
                  }
                  onResume={() => void change(user, { suspended: false }, `${user.email} can sign in again`)}
                  onConfirmFirst={setPending}
                  onMakeLink={() => void makeLink(user)}
                />
              ))}
            </tbody>
          </table>
        </Card>
      )}
      {list.items !== null && !list.ended && !list.error ? (
        <Button onClick={list.more} disabled={list.loading} className="mx-auto flex">
          Show more
          <ChevronDown aria-hidden="true" />
        </Button>
      ) : null}
      <ResetLinkDialog link={link} onClose={() => setLink(null)} />
      <UserConfirmDialog pending={pending} onClose={() => setPending(null)} onChange={change} />
    </Section>
  );
}

interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
  busy: boolean;
}

function SearchField({ value, onChange, busy }: SearchFieldProps) {
  return (
    <search className="flex h-8 w-full items-center gap-2 rounded-md border border-line-strong bg-raised px-2.5 focus-within:border-focus focus-within:ring-1 focus-within:ring-focus sm:w-72">
      <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
      <input
        type="text"
        aria-label="Search address and name"
        placeholder="Search address and name"
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onChange("");
        }}
        className="min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
      />
      {busy ? <Spinner className="size-3.5 text-faint" /> : null}
    </search>
  );
}

function useDebounced(text: string): string {
  const [debounced, setDebounced] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return debounced;
}
