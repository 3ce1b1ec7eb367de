import { Button, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { Integration } from '#contract/integrations.ts';
import { webAddress } from '../parts/safe-address.ts';
import { ConnectButton } from '../settings/connect-button.tsx';
import { ConnectionProblem } from '../settings/connection-problem.tsx';
import { CrmPreview } from '../settings/crm-preview.tsx';
import { SyncProgress } from '../settings/sync-progress.tsx';

interface CrmStepProps {
  readonly integration: Integration;
  readonly mayConnect: boolean;
}

export function CrmStep({ integration, mayConnect }: CrmStepProps) {
  const { connection, title } = integration;
  if (connection === null || connection.state === 'disconnected') {
    return (
      <>
        <Text mb="md">Leadlight brings your contacts in from {title} and writes what it learns back onto their records.</Text>
        <CrmPreview title={title} />
        <ConnectButton integration={integration} mayConnect={mayConnect} />
      </>
    );
  }
  return (
    <>
      <ConnectionProblem integration={integration} mayConnect={mayConnect} />
      <Text mb="sm">
        Connected to <strong>{connection.accountName}</strong>.
      </Text>
      {connection.state === 'active' && connection.sync !== null && <SyncProgress sync={connection.sync} title={title} />}
      <Button
        component="a"
        href={webAddress(connection.accountUrl)}
        target="_blank"
        rel="noopener noreferrer"
        variant="default"
        mt="md"
        rightSection={<IconExternalLink size={16} aria-hidden="true" />}
      >
        Open {title}
      </Button>
    </>
  );
}
