import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Integration } from '#contract/integrations.ts';
import { tellCount } from '../parts/words.ts';
import { ConnectButton } from './connect-button.tsx';

interface ConnectionProblemProps {
  readonly integration: Integration;
  readonly mayConnect: boolean;
}

/** What is wrong with a connection, in the vendor's words, and the way out. */
export function ConnectionProblem({ integration, mayConnect }: ConnectionProblemProps) {
  const { connection, title } = integration;
  if (connection === null) return null;
  const lost = connection.state === 'needs_reauth';
  if (!lost && connection.problem === null) return null;
  return (
    <Alert
      role="alert"
      className="ll-problem"
      mb="md"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={lost ? `${title} needs to be reconnected` : `${title} refused something`}
    >
      <Stack gap="sm" align="flex-start">
        {connection.problem !== null && <Text size="sm">{connection.problem}</Text>}
        {lost && connection.pendingDeliveries > 0 && (
          <Text size="sm">{tellCount(connection.pendingDeliveries, 'delivery waits', 'deliveries wait')} and will be sent after that.</Text>
        )}
        {lost && <ConnectButton integration={integration} mayConnect={mayConnect} words="Reconnect" />}
      </Stack>
    </Alert>
  );
}
