import type { Metadata } from "next";
import { AdminPage } from "@/components/admin/admin-page";

export const metadata: Metadata = { title: "Admin", robots: { index: false } };

/** The admin page. The API checks the rights on every request; the page itself contains no data. */
export default function Page() {
  return <AdminPage />;
}
