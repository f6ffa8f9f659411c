import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/message-page";
import { buttonStyle } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing at this address"
      text="It may have been deleted, or the link is incomplete."
    >
      <Link href="/" className={buttonStyle({ variant: "primary" })}>
        Open the editor
      </Link>
    </MessagePage>
  );
}
