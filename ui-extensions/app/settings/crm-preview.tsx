import { Text, Title } from '@mantine/core';
import './settings.css';

/** What the first connection will make in the CRM, told before anything is written. */
export function CrmPreview({ title }: { readonly title: string }) {
  return (
    <section className="ll-preview" aria-label={`What Leadlight creates in ${title}`}>
      <Title order={3}>What Leadlight creates in {title}</Title>
      <ul>
        <li>
          A property group <strong>Leadlight</strong> on contacts, with these properties: score, band, trend, reasons, last seen, sessions
          in 30 days, insight, next step, replay link, and the link token for merge tags.
        </li>
        <li>One timeline entry for each visit that counts, with pages, time, intent and the replay link.</li>
      </ul>
      <Text size="sm" c="dimmed">
        Owners and your own fields are never changed. Leadlight reads contacts' names, e-mail addresses, companies, owners and lifecycle
        stages.
      </Text>
    </section>
  );
}
