"use client";

import { useState } from "react";
import { useAccount } from "@/lib/client/account";
import { ApiError } from "@/lib/client/api";
import { signInWith } from "@/lib/client/sign-in";
import type { SignInWay } from "@/lib/schemas/account";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { WayMark, wayName } from "./way";

type OtherWay = Exclude<SignInWay, "password">;

interface OAuthButtonsProps {
  offered: readonly SignInWay[];
  next: string;
  onProblem: (message: string) => void;
}

/** Buttons to sign in with GitHub or Google, where this server is configured for it. */
export function OAuthButtons({ offered, next, onProblem }: OAuthButtonsProps) {
  const oidcName = useAccount().account?.oidcName ?? null;
  const [going, setGoing] = useState<OtherWay | null>(null);
  const others = offered.filter((way) => way !== "password");
  if (others.length === 0) return null;

  async function go(way: OtherWay): Promise<void> {
    setGoing(way);
    try {
      await signInWith(way, next);
    } catch (error) {
      setGoing(null);
      const why = error instanceof ApiError ? error.message : "Try again.";
      onProblem(`${wayName(way, oidcName)} could not be asked. ${why}`);
    }
  }

  return (
    <>
      {offered.includes("password") ? (
        <p className="flex items-center gap-3 text-faint text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          or
        </p>
      ) : null}
      <div className="space-y-2">
        {others.map((way) => (
          <Button
            key={way}
            disabled={going !== null}
            onClick={() => void go(way)}
            className="h-9 w-full gap-2 text-lg"
          >
            {going === way ? <Spinner /> : <WayMark way={way} />}
            Continue with {wayName(way, oidcName)}
          </Button>
        ))}
      </div>
    </>
  );
}
