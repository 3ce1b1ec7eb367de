import { Button, type ButtonProps, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { wordsOf } from '../api/request.ts';
import { Dialog } from './dialog.tsx';

interface ConfirmButtonProps {
  /** On the button that asks. */
  readonly words: string;
  /** The question. */
  readonly title: string;
  /** What happens then. */
  readonly children: ReactNode;
  readonly confirmWords: string;
  readonly keepWords: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly look?: Pick<ButtonProps, 'variant' | 'size' | 'leftSection'>;
}

/** Asks before doing what cannot be undone, and stays open with the reason when it is refused. */
export function ConfirmButton({ words, title, children, confirmWords, keepWords, onConfirm, look }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  const doing = useMutation({ mutationFn: onConfirm, onSuccess: () => setAsking(false) });
  const ask = () => {
    doing.reset();
    setAsking(true);
  };
  return (
    <>
      <Button variant="default" size="xs" {...look} onClick={ask}>
        {words}
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={title}>
        <div className="ll-dialog-words">{children}</div>
        {doing.isError && (
          <Text role="alert" size="sm" c="var(--mantine-color-error)" mt="sm">
            {wordsOf(doing.error)}
          </Text>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            {keepWords}
          </Button>
          <Button color="red.8" loading={doing.isPending} onClick={() => doing.mutate()}>
            {confirmWords}
          </Button>
        </Group>
      </Dialog>
    </>
  );
}
