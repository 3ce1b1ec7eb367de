import { Loader, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { Integration } from '#contract/integrations.ts';
import { tellCount } from '../parts/words.ts';
import './settings.css';

type Sync = NonNullable<NonNullable<Integration['connection']>['sync']>;

const stateWords: Readonly<Record<Sync['state'], (title: string) => string>> = {
  waiting: (title) => `Waiting to read contacts from ${title}`,
  running: (title) => `Reading contacts from ${title}`,
  done: (title) => `In step with ${title}`,
  failed: (title) => `Reading contacts from ${title} stopped`,
};

export function SyncProgress({ sync, title }: { readonly sync: Sync; readonly title: string }) {
  return (
    <div className="ll-sync" role="status">
      <SyncIcon state={sync.state} />
      <div>
        <Text fw={600} size="sm">
          {stateWords[sync.state](title)}
        </Text>
        <Text size="sm" c="dimmed">
          {tellCount(sync.imported, 'contact')} imported, {tellCount(sync.linkTokensWritten, 'link token')} written
        </Text>
      </div>
    </div>
  );
}

function SyncIcon({ state }: { readonly state: Sync['state'] }) {
  if (state === 'done') return <IconCircleCheck size={22} color="var(--ll-good)" aria-hidden="true" />;
  if (state === 'failed') return <IconCircleX size={22} color="var(--mantine-color-error)" aria-hidden="true" />;
  return <Loader size={20} aria-hidden="true" />;
}
