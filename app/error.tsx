"use client";

import { useEffect } from "react";
import { MessagePage } from "@/components/message-page";
import { Button } from "@/components/ui/button";

/** The error boundary of all pages. It says first that the code is safe, in the browser's storage. */
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
