/** Whom to ask, as the operator wrote it: an address or a link that can be followed, or words. */
export function Contact({ contact }: { contact: string | null }) {
  if (contact === null) return <>whoever runs this Quicksand</>;
  const href = hrefOf(contact);
  if (href === null) return <span className="wrap-anywhere">{contact}</span>;
  return (
    <a href={href} className="wrap-anywhere font-medium text-accent-ink underline underline-offset-2">
      {contact}
    </a>
  );
}

/** `null` for words. The text is the operator's, and only these two kinds of links are made of it. */
function hrefOf(contact: string): string | null {
  if (/^https:\/\/\S+$/.test(contact)) return contact;
  return /^[^\s@<>]+@[^\s@<>]+$/.test(contact) ? `mailto:${contact}` : null;
}
