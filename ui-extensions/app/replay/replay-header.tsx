import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import type { SessionDetail } from '#contract/api.ts';
import { LiveMark, Mark } from '../parts/marks.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';
import { tellCount, tellDuration, tellMoment } from '../parts/words.ts';

export function ReplayHeader({ session }: { readonly session: SessionDetail }) {
  const who = session.contactId === null ? 'Unknown visitor' : session.contactName;
  useDocumentTitle(`Replay: ${who}, ${tellMoment(session.startedAt)} · Leadlight`);
  const machine = [session.browser, session.os].filter(Boolean).join(' on ');
  return (
    <header className="ll-replay-header">
      {session.contactId === null ? (
        <LinkAnchor to="/visitors" size="sm" c="dimmed" className="ll-inline">
          <IconArrowLeft size={15} aria-hidden="true" />
          Visitors
        </LinkAnchor>
      ) : (
        <LinkAnchor to="/contacts/$contactId" params={{ contactId: session.contactId }} size="sm" c="dimmed" className="ll-inline">
          <IconArrowLeft size={15} aria-hidden="true" />
          {session.contactName}
        </LinkAnchor>
      )}
      <Group gap="sm" mt={4}>
        <Title order={1}>
          {who}, {tellMoment(session.startedAt)}
        </Title>
        {session.live && <LiveMark />}
        {session.heldBecause !== null && <Mark tone="low">Held</Mark>}
      </Group>
      <Text c="dimmed" size="sm">
        {[session.siteName, `${tellDuration(session.activeMs)} active`, tellCount(session.pages.length, 'page'), session.channel, machine]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {session.heldBecause !== null && <Text mt={4}>This visit does not count: {session.heldBecause}</Text>}
    </header>
  );
}
