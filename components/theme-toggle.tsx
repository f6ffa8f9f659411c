"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { usePreferences } from "@/lib/client/use-preferences";
import { ActionItem } from "./ui/action-menu";
import { Button } from "./ui/button";
import { RadioMenu } from "./ui/menu";

const OPTIONS = [
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
  { value: "system", label: "System", icon: <Monitor aria-hidden="true" /> },
] as const;

/** The header's button for the theme. */
export function ThemeToggle() {
  const [{ theme }, change] = usePreferences();
  return (
    <RadioMenu
      label="Theme"
      value={theme}
      options={OPTIONS}
      onChange={(next) => change({ theme: next })}
      trigger={
        <Button variant="ghost" size="icon" aria-label="Theme">
          {/* Both icons, shown by CSS: the server does not know the theme, and hydration must match. */}
          <Sun aria-hidden="true" className="dark:hidden" />
          <Moon aria-hidden="true" className="hidden dark:block" />
        </Button>
      }
    />
  );
}

/** The same as an entry of a menu, for windows whose header has no room for the button. */
export function ThemeItem() {
  const [, change] = usePreferences();
  const { resolvedTheme } = useTheme();
  const dark = resolvedTheme === "dark";
  return (
    <ActionItem onSelect={() => change({ theme: dark ? "light" : "dark" })}>
      {dark ? <Sun aria-hidden="true" /> : <Moon aria-hidden="true" />}
      {dark ? "Light theme" : "Dark theme"}
    </ActionItem>
  );
}
