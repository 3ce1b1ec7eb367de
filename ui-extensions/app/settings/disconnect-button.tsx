import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef } from 'react';
import type { Integration } from '#contract/api.ts';
import { disconnect } from '../api/endpoints.ts';
import { integrationsQuery } from '../api/queries.ts';
import { wordsOf } from '../api/request.ts';
import { tell } from '../parts/tell.ts';

interface DisconnectButtonProps {
  readonly connectionId: string;
  readonly title: string;
  readonly kind: Integration['kind'];
}

const consequence: Readonly<Record<Integration['kind'], string>> = {
  crm: 'Contacts stop being read and their records stop being updated. What was written before stays where it is.',
  alerts: 'No more alerts are sent, and what waits to be sent is dropped.',
};

/** Disconnects after asking, in the browser's own dialog: it keeps the focus inside and closes on Escape. */
export function DisconnectButton({ connectionId, title, kind }: DisconnectButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const queryClient = useQueryClient();
  const leaving = useMutation({
    mutationFn: () => disconnect(connectionId),
    onSuccess: async () => {
      dialog.current?.close();
      void tell({ message: `${title} is disconnected.` });
      await queryClient.invalidateQueries({ queryKey: integrationsQuery.queryKey });
    },
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={() => dialog.current?.showModal()}>
        Disconnect
      </Button>
      <dialog ref={dialog} className="ll-dialog" aria-labelledby={heading}>
        <Title order={2} id={heading}>
          Disconnect {title}?
        </Title>
        <Text mt="xs">{consequence[kind]} You can connect again at any time.</Text>
        {leaving.isError && (
          <Text role="alert" size="sm" c="error" mt="sm">
            {wordsOf(leaving.error)}
          </Text>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => dialog.current?.close()}>
            Keep it
          </Button>
          <Button color="red.8" loading={leaving.isPending} onClick={() => leaving.mutate()}>
            Disconnect
          </Button>
        </Group>
      </dialog>
    </>
  );
}
