import { DoorClosed, Hourglass } from "lucide-react";
import Link from "next/link";
import { accountUrl } from "@/lib/client/next-path";
import { buttonStyle } from "../ui/button";
import { Contact } from "./contact";
import { NoteCard } from "./note-card";

interface SignUpNoteProps {
  contact: string | null;
  next: string;
}

/** In place of the form where nobody may sign up. */
export function SignUpClosed({ contact, next }: SignUpNoteProps) {
  return (
    <NoteCard icon={DoorClosed} title="Accounts are given out here">
      <p className="text-base text-muted">
        Nobody signs up by themselves on this Quicksand. For an account, ask <Contact contact={contact} />. As
        a guest you can run programs right away.
      </p>
      <Ways next={next} />
    </NoteCard>
  );
}

/** After a sign-up where an admin approves accounts. */
export function SignUpWaits({ contact, next }: SignUpNoteProps) {
  return (
    <NoteCard icon={Hourglass} title="Your account waits for approval">
      <p className="text-base text-muted">
        It is made, and works once an admin has approved it: sign in then, with the password that you chose.
        If it takes long, ask <Contact contact={contact} />. Until then you can run programs as a guest, and
        what you run in this browser comes with you.
      </p>
      <Ways next={next} />
    </NoteCard>
  );
}

function Ways({ next }: { next: string }) {
  return (
    <div className="flex flex-wrap gap-2 pt-1">
      <Link href="/" className={buttonStyle({ variant: "primary" })}>
        Open the editor
      </Link>
      <Link href={accountUrl("/sign-in", next)} className={buttonStyle()}>
        Sign in
      </Link>
    </div>
  );
}
