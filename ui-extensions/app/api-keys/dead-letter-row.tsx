import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeadLetter } from '#contract/rest.ts';
import { deleteDeadLetter, replayDeadLetter } from '../api/endpoints.ts';
import { deadLetterQuery, deadLettersQuery } from '../api/queries.ts';
import { wordsOf } from '../api/request.ts';
import { Ago } from '../parts/ago.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';

export function DeadLetterRow({ letter }: { readonly letter: DeadLetter }) {
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const readAgain = () => queryClient.invalidateQueries(deadLettersQuery);
  const replaying = useMutation({
    mutationFn: () => replayDeadLetter(letter.id),
    onSuccess: ({ accepted }) => (accepted ? readAgain() : undefined),
  });
  return (
    <li className="ll-letter">
      <div>
        <Text className="ll-break">{letter.reason}</Text>
        <Text size="sm" c="dimmed">
          <Ago at={letter.receivedAt} span inherit /> · in{' '}
          <LinkAnchor to="/r/$sessionId" params={{ sessionId: letter.sessionId }} underline="always">
            this session
          </LinkAnchor>
        </Text>
      </div>
      <div className="ll-letter-actions">
        <Button variant="default" size="xs" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide the event' : 'Show the event'}
        </Button>
        {letter.replayable && (
          <Button variant="default" size="xs" loading={replaying.isPending} onClick={() => replaying.mutate()}>
            Replay
          </Button>
        )}
        <ConfirmButton
          words="Delete"
          title="Delete this event?"
          confirmWords="Delete it"
          keepWords="Keep it"
          onConfirm={() => deleteDeadLetter(letter.id).then(readAgain)}
        >
          <p>It cannot be replayed after that.</p>
        </ConfirmButton>
      </div>
      <Outcome told={replaying.data} error={replaying.error} />
      {isOpen && <Content id={letter.id} />}
    </li>
  );
}

function Outcome({ told, error }: { readonly told: { readonly reason: string | null } | undefined; readonly error: unknown }) {
  const words = error !== null ? wordsOf(error) : (told?.reason ?? null);
  if (words === null) return null;
  return (
    <Text role="status" size="sm" c="var(--mantine-color-error)">
      {error === null ? `It cannot be read still: ${words}` : words}
    </Text>
  );
}

function Content({ id }: { readonly id: string }) {
  const { data, isError, error } = useQuery(deadLetterQuery(id));
  if (isError) return <Text c="var(--mantine-color-error)">{wordsOf(error)}</Text>;
  if (data === undefined) return <Text c="dimmed">Loading…</Text>;
  if (data.event === null) return <Text c="dimmed">It was too large to keep, or came with too many others.</Text>;
  return <pre className="ll-letter-event">{JSON.stringify(data.event, null, 2)}</pre>;
}
