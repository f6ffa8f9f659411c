import Link from "next/link";

/** Shown while somebody who is signed in already is being redirected. */
export function AlreadySignedIn({ next }: { next: string }) {
  return (
    <p className="px-4 py-14 text-center text-base text-muted">
      You are signed in.{" "}
      <Link href={next} className="font-medium text-accent-ink underline underline-offset-2">
        Go on
      </Link>
    </p>
  );
}
