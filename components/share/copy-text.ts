import { toast } from "sonner";

/** Copies and says so; where the browser refuses, says what to do instead. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast("The browser did not allow copying", { description: "Select the text and copy it by hand." });
  }
}
