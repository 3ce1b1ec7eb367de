import { Button, Stack, Text, Title } from '@mantine/core';
import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { wordsOf } from '../api/request.ts';

interface LoadErrorProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** What could not be shown: "The contacts". */
  readonly what: string;
  readonly retrying?: boolean;
}

export function LoadError({ error, onRetry, what, retrying = false }: LoadErrorProps) {
  return (
    <div className="ll-card ll-state" role="alert">
      <IconCloudOff size={32} stroke={1.5} aria-hidden="true" />
      <Stack gap={4} align="center">
        <Title order={2}>{what} could not be loaded</Title>
        <Text c="dimmed">{wordsOf(error)}</Text>
      </Stack>
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden="true" />} onClick={onRetry} loading={retrying}>
        Try again
      </Button>
    </div>
  );
}

/** Shown above data that could not be refreshed: it may be old. */
export function StaleNote({ error }: { readonly error: unknown }) {
  return (
    <Text role="status" size="sm" className="ll-stale">
      {wordsOf(error)} What you see may be out of date; it refreshes by itself.
    </Text>
  );
}
