"use client";

import { Copy } from "lucide-react";
import { useMemo } from "react";
import { encode } from "uqr";
import { call } from "@/lib/client/api";
import { CodeForm } from "../account/code-form";
import { copyText } from "../share/copy-text";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/** What an authenticator app needs, as text and as the address in the QR code. */
export interface TwoFactorSecret {
  secret: string;
  uri: string;
}

interface SetUpTwoFactorProps {
  /** `null` while nothing is being set up. */
  secret: TwoFactorSecret | null;
  onClose: () => void;
  onEnabled: (recoveryCodes: readonly string[]) => void;
}

/** Shows the secret, and turns two-factor sign-in on by the app's first code. */
export function SetUpTwoFactor({ secret, onClose, onEnabled }: SetUpTwoFactorProps) {
  return (
    <Dialog
      open={secret !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Set up two-factor sign-in"
      description="Scan this with your authenticator app, or type the text into it. Then type the code that the app shows."
    >
      {secret ? (
        <div className="mt-4 space-y-4">
          <QrCode text={secret.uri} />
          <div className="flex items-center gap-2">
            <code className="min-w-0 flex-1 break-all rounded-md border border-line bg-sunken px-2.5 py-1.5 text-sm tracking-wide">
              {inFours(secret.secret)}
            </code>
            <Button onClick={() => void copyText(secret.secret, "Text copied")}>
              <Copy aria-hidden="true" />
              Copy
            </Button>
          </div>
          <CodeForm
            label="Code of the app"
            action="Turn on"
            onCancel={onClose}
            onCode={async (code) => {
              const { recoveryCodes } = await call("enableTwoFactor", { body: { code } });
              onEnabled(recoveryCodes);
            }}
          />
        </div>
      ) : null}
    </Dialog>
  );
}

/** Dark on light in both themes: many apps read nothing else. */
function QrCode({ text }: { text: string }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(text, { ecc: "M", border: 2 });
    const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size, path: cells.join("") };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label="QR code for the authenticator app"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="mx-auto size-44 rounded-md"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function inFours(text: string): string {
  return text.match(/.{1,4}/g)?.join(" ") ?? text;
}
