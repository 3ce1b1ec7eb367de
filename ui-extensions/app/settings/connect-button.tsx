import { Button, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Integration } from '#contract/integrations.ts';
import { startConnect } from '../api/endpoints.ts';
import { wordsOf } from '../api/request.ts';
import { webAddress } from '../parts/safe-address.ts';
import { noteConnectStart } from './connect-start.ts';

interface ConnectButtonProps {
  readonly integration: Integration;
  readonly mayConnect: boolean;
  /** "Reconnect" where there was a connection. */
  readonly words?: string;
}

/** Leaves for the provider's consent page; it sends the browser back to Settings, Integrations, and that to where the connect began. */
export function ConnectButton({ integration, mayConnect, words = `Connect ${integration.title}` }: ConnectButtonProps) {
  const leaving = useMutation({
    mutationFn: () => startConnect(integration.provider),
    onSuccess: ({ consentUrl }) => {
      const address = webAddress(consentUrl);
      if (address === undefined) return;
      noteConnectStart(window.location.pathname);
      window.location.assign(address);
    },
  });
  if (!mayConnect) return <Text c="dimmed">An owner or admin of the workspace can connect {integration.title}.</Text>;
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        leftSection={<IconPlugConnected size={18} aria-hidden="true" />}
        onClick={() => leaving.mutate()}
        loading={leaving.isPending || leaving.isSuccess}
      >
        {words}
      </Button>
      {leaving.isError && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {wordsOf(leaving.error)}
        </Text>
      )}
    </Stack>
  );
}
