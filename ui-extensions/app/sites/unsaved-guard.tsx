import { Button, Group } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { Dialog } from '../parts/dialog.tsx';

/** Asks before a page with unsaved changes is left. */
export function UnsavedGuard({ unsaved }: { readonly unsaved: RefObject<Set<string>> }) {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved.current.size > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved.current.size > 0,
    withResolver: true,
  });
  return (
    <Dialog opened={leaving.status === 'blocked'} onClose={() => leaving.reset?.()} title="Leave without saving?">
      <p className="ll-dialog-words">What you changed on this page is lost.</p>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => leaving.reset?.()}>
          Stay
        </Button>
        <Button color="red.8" onClick={() => leaving.proceed?.()}>
          Leave
        </Button>
      </Group>
    </Dialog>
  );
}
