import { Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { LinkButton } from '../parts/router-links.tsx';

export function AllSet() {
  return (
    <section className="ll-card ll-all-set">
      <IconCircleCheck size={32} stroke={1.6} aria-hidden="true" />
      <div>
        <Title order={2}>You are all set</Title>
        <Text c="dimmed">New visits show up in Contacts, in your CRM and in your alerts channel.</Text>
      </div>
      <LinkButton to="/contacts">See your contacts</LinkButton>
    </section>
  );
}
