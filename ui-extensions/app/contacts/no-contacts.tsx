import { IconSearchOff, IconUsers } from '@tabler/icons-react';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LinkButton } from '../parts/router-links.tsx';

export function NoContacts({ q }: { readonly q: string }) {
  if (q !== '') {
    return (
      <EmptyNote icon={<IconSearchOff size={32} stroke={1.5} aria-hidden="true" />} title={`Nobody found for “${q}”`}>
        Try a part of the name, the e-mail address or the company.
      </EmptyNote>
    );
  }
  return (
    <EmptyNote
      icon={<IconUsers size={32} stroke={1.5} aria-hidden="true" />}
      title="No contacts yet"
      action={<LinkButton to="/start">Continue the first steps</LinkButton>}
    >
      Contacts come in from your CRM. Connect it, and they appear here with a score as soon as they visit your site.
    </EmptyNote>
  );
}
