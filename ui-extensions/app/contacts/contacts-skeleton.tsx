import { Skeleton, Stack } from '@mantine/core';

export function ContactsSkeleton() {
  return (
    <Stack gap={8} role="status" aria-label="Loading">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((row) => (
        <Skeleton key={row} height={58} radius="md" />
      ))}
    </Stack>
  );
}
