"use client";

import { useEffect } from "react";
import { MessagePage } from "@/components/message-page";
import { Button } from "@/components/ui/button";

/** The last resort. Drafts are in the browser's storage by then, which is the first thing a person wants to know. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <MessagePage
      title="The page failed"
      text="Your code is kept in this browser. Try again; if it keeps failing, reload the page."
    >
      <Button variant="primary" onClick={reset}>
        Try again
      </Button>
    </MessagePage>
  );
}
