import { toast } from "@/lib/client/toast";

/** Copies to the clipboard and shows a toast, also when the browser refuses. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast("The browser did not allow copying", { description: "Select the text and copy it by hand." });
  }
}
