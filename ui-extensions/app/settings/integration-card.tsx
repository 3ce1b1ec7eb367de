import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconAddressBook, IconBell, IconExternalLink } from '@tabler/icons-react';
import type { Integration } from '#contract/integrations.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { Mark } from '../parts/marks.tsx';
import { webAddress } from '../parts/safe-address.ts';
import { tellCount, tellDay } from '../parts/words.ts';
import { ChannelChoice } from './channel-choice.tsx';
import { ConnectButton } from './connect-button.tsx';
import { ConnectionProblem } from './connection-problem.tsx';
import { CrmPreview } from './crm-preview.tsx';
import { DisconnectButton } from './disconnect-button.tsx';
import { SyncProgress } from './sync-progress.tsx';

interface IntegrationCardProps {
  readonly integration: Integration;
  readonly mayConnect: boolean;
}

const purpose: Readonly<Record<Integration['kind'], string>> = {
  crm: 'Reads contacts; writes scores, insights and visits onto their records.',
  alerts: 'Tells your team when a contact comes back and is hot.',
};

export function IntegrationCard({ integration, mayConnect }: IntegrationCardProps) {
  const { connection, title, kind } = integration;
  const Icon = kind === 'crm' ? IconAddressBook : IconBell;
  return (
    <section className="ll-card ll-integration" aria-label={title}>
      <header className="ll-integration-head">
        <span className="ll-integration-icon">
          <Icon size={22} stroke={1.7} aria-hidden="true" />
        </span>
        <div>
          <Title order={2}>{title}</Title>
          <Text size="sm" c="dimmed">
            {purpose[kind]}
          </Text>
        </div>
        <StateMark connection={connection} />
      </header>
      {connection === null || connection.state === 'disconnected' ? (
        <NotConnected integration={integration} mayConnect={mayConnect} />
      ) : (
        <Connected integration={integration} connection={connection} mayConnect={mayConnect} />
      )}
    </section>
  );
}

function StateMark({ connection }: { readonly connection: Integration['connection'] }) {
  if (connection === null || connection.state === 'disconnected') return <Mark tone="low">Not connected</Mark>;
  if (connection.state === 'needs_reauth') return <Mark tone="bad">Reconnect</Mark>;
  return <Mark tone="good">Connected</Mark>;
}

function NotConnected({ integration, mayConnect }: IntegrationCardProps) {
  return (
    <>
      {integration.kind === 'crm' && <CrmPreview title={integration.title} />}
      <ConnectButton integration={integration} mayConnect={mayConnect} />
    </>
  );
}

interface ConnectedProps extends IntegrationCardProps {
  readonly connection: NonNullable<Integration['connection']>;
}

function Connected({ integration, connection, mayConnect }: ConnectedProps) {
  const { title, kind } = integration;
  return (
    <>
      <ConnectionProblem integration={integration} mayConnect={mayConnect} />
      <Stack gap="md">
        {connection.state === 'active' && connection.sync !== null && <SyncProgress sync={connection.sync} title={title} />}
        {kind === 'alerts' && connection.state === 'active' && <ChannelChoice connection={connection} mayChoose={mayConnect} />}
        {connection.mergeTag !== null && (
          <div>
            <Text size="sm" fw={600} mb={6}>
              Merge tag of the link token
            </Text>
            <CodeBlock code={connection.mergeTag} label="Merge tag" />
          </div>
        )}
      </Stack>
      <ConnectionFoot title={title} kind={kind} connection={connection} mayConnect={mayConnect} />
    </>
  );
}

function ConnectionFoot({
  title,
  kind,
  connection,
  mayConnect,
}: Omit<ConnectedProps, 'integration'> & Pick<Integration, 'title' | 'kind'>) {
  const waiting = connection.pendingDeliveries;
  return (
    <footer className="ll-integration-foot">
      <Text size="sm" c="dimmed">
        <Anchor href={webAddress(connection.accountUrl)} target="_blank" rel="noopener noreferrer" className="ll-inline">
          {connection.accountName}
          <IconExternalLink size={14} aria-label="(opens in a new tab)" />
        </Anchor>
        {` · since ${tellDay(connection.connectedAt)}`}
        {waiting > 0 && ` · ${tellCount(waiting, 'delivery', 'deliveries')} waiting`}
      </Text>
      <Group>{mayConnect && <DisconnectButton connectionId={connection.id} title={title} kind={kind} />}</Group>
    </footer>
  );
}
