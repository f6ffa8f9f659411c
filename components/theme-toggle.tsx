"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { usePreferences } from "@/lib/client/use-preferences";
import { Button } from "./ui/button";
import { RadioMenu } from "./ui/menu";

const OPTIONS = [
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
  { value: "system", label: "System", icon: <Monitor aria-hidden="true" /> },
] as const;

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
