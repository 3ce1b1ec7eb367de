import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyNoteProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** What to do where there is nothing yet. */
export function EmptyNote({ icon, title, children, action }: EmptyNoteProps) {
  return (
    <div className="ll-card ll-state">
      {icon}
      <Stack gap={4} align="center">
        <Title order={2}>{title}</Title>
        <Text c="dimmed" maw={460}>
          {children}
        </Text>
      </Stack>
      {action}
    </div>
  );
}
