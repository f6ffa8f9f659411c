import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";

interface SubmitButtonProps {
  busy: boolean;
  /** The server asked to retry later. */
  waiting: boolean;
  children: ReactNode;
}

/** A form's submit button. While busy it keeps its label, size and focus. */
export function SubmitButton({ busy, waiting, children }: SubmitButtonProps) {
  const blocked = busy || waiting;
  return (
    <Button
      type="submit"
      variant="primary"
      aria-disabled={blocked}
      aria-busy={busy}
      onClick={(event) => {
        if (blocked) event.preventDefault();
      }}
      className="h-9 w-full text-lg aria-disabled:opacity-70"
    >
      {busy ? <Spinner /> : null}
      {children}
    </Button>
  );
}
