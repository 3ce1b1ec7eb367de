import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft, IconExternalLink } from '@tabler/icons-react';
import type { ContactDetail } from '#contract/api.ts';
import { Ago } from '../parts/ago.tsx';
import { LiveMark } from '../parts/marks.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';
import { webAddress } from '../parts/safe-address.ts';

export function ContactHeader({ contact }: { readonly contact: ContactDetail }) {
  useDocumentTitle(`${contact.name} · Leadlight`);
  return (
    <header className="ll-contact-header">
      <LinkAnchor to="/contacts" size="sm" c="dimmed" className="ll-inline">
        <IconArrowLeft size={15} aria-hidden="true" />
        Contacts
      </LinkAnchor>
      <div className="ll-page-header">
        <div>
          <Group gap="sm">
            <Title order={1}>{contact.name}</Title>
            {contact.live && <LiveMark />}
          </Group>
          <ContactFacts contact={contact} />
        </div>
        <Group gap="xs">
          {contact.crm.map(({ provider, title, url }) => (
            <Button
              key={provider}
              component="a"
              href={webAddress(url)}
              target="_blank"
              rel="noopener noreferrer"
              variant="default"
              rightSection={<IconExternalLink size={16} aria-label="(opens in a new tab)" />}
            >
              Open in {title}
            </Button>
          ))}
        </Group>
      </div>
    </header>
  );
}

function ContactFacts({ contact }: { readonly contact: ContactDetail }) {
  return (
    <Group gap={8} mt={4} c="dimmed" className="ll-contact-facts">
      {contact.company !== '' && <span>{contact.company}</span>}
      {contact.email !== null && (
        <Anchor href={`mailto:${contact.email}`} c="inherit" className="ll-break">
          {contact.email}
        </Anchor>
      )}
      {contact.lastSeenAt !== null && !contact.live && (
        <Text span>
          Last seen <Ago at={contact.lastSeenAt} />
        </Text>
      )}
    </Group>
  );
}
