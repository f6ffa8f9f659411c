import type { Metadata } from "next";
import { AdminPage } from "@/components/admin/admin-page";

export const metadata: Metadata = { title: "Admin", robots: { index: false } };

/** For admins. Who that is, the API decides at each request: this page alone shows nothing. */
export default function Page() {
  return <AdminPage />;
}
