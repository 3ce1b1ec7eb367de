import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Integration } from '#contract/integrations.ts';
import { ConnectButton } from '../settings/connect-button.tsx';
import { ConnectionProblem } from '../settings/connection-problem.tsx';

// Needed once there is a connection.
const ChannelChoice = lazy(() => import('../settings/channel-choice.tsx').then(({ ChannelChoice: component }) => ({ default: component })));

interface AlertsStepProps {
  readonly integration: Integration;
  readonly mayConnect: boolean;
}

export function AlertsStep({ integration, mayConnect }: AlertsStepProps) {
  const { connection, title } = integration;
  if (connection === null || connection.state === 'disconnected') {
    return (
      <>
        <Text mb="md">
          One message in {title} when a contact comes back and is hot. It updates in place while the visit goes on, so nobody is flooded.
        </Text>
        <ConnectButton integration={integration} mayConnect={mayConnect} />
      </>
    );
  }
  return (
    <>
      <ConnectionProblem integration={integration} mayConnect={mayConnect} />
      <Text mb="sm">
        Connected to <strong>{connection.accountName}</strong>. {connection.channel === null && 'Choose where alerts go.'}
      </Text>
      {connection.state === 'active' && (
        <Suspense fallback={<Skeleton height={60} maw={400} />}>
          <ChannelChoice connection={connection} mayChoose={mayConnect} />
        </Suspense>
      )}
    </>
  );
}
