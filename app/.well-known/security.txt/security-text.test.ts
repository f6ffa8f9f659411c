import assert from "node:assert/strict";
import { test } from "node:test";
import { securityText } from "./security-text";

const NOW = new Date("2026-11-26T14:05:30.123Z");

test("security.txt has the fields that RFC 9116 asks for, and expires in less than a year", () => {
  const text = securityText({
    contact: "mailto:security@example.org",
    publicUrl: "https://code.example.org/",
    now: NOW,
  });
  assert.equal(
    text,
    [
      "Contact: mailto:security@example.org",
      "Expires: 2027-05-25T00:00:00Z",
      "Preferred-Languages: en",
      "Canonical: https://code.example.org/.well-known/security.txt",
      "",
    ].join("\n"),
  );
});

test("without an address of its own the server names no canonical place", () => {
  const text = securityText({ contact: "https://example.org/report", publicUrl: undefined, now: NOW });
  assert.doesNotMatch(text, /Canonical/);
});
