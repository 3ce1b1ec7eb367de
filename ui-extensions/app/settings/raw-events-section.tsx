import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { retention } from '#contract/retention.ts';
import { changeRetention } from '../api/endpoints.ts';
import { retentionQuery } from '../api/queries.ts';
import { fieldsOf, wordsOf } from '../api/request.ts';

/** How long raw events are kept. */
export function RawEventsSection({ mayWrite }: { readonly mayWrite: boolean }) {
  const { data, error } = useQuery(retentionQuery);
  return (
    <section className="ll-card" aria-labelledby="ll-raw-events">
      <Title order={2} id="ll-raw-events">
        Raw events
      </Title>
      <Text c="dimmed" mt={2} mb="md">
        Every single event is kept for at most 30 days. Visits, replays, scores and reports stay, and say the same without them.
      </Text>
      {error !== null && data === undefined && <Text role="alert">{wordsOf(error)}</Text>}
      {data !== undefined && (mayWrite ? <DaysForm days={data.rawEventDays} /> : <Text>They are kept for {data.rawEventDays} days.</Text>)}
    </section>
  );
}

function DaysForm({ days }: { readonly days: number }) {
  const [typed, setTyped] = useState(String(days));
  const [problem, setProblem] = useState<string | null>(null);
  const queryClient = useQueryClient();
  const saving = useMutation({
    mutationFn: changeRetention,
    onSuccess: (saved) => queryClient.setQueryData(retentionQuery.queryKey, saved),
    onError: (error) => setProblem(fieldsOf(error).rawEventDays ?? wordsOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = retention.safeParse({ rawEventDays: typed.trim() === '' ? Number.NaN : Number(typed) });
    setProblem(parsed.success ? null : (parsed.error.issues[0]?.message ?? null));
    if (parsed.success) saving.mutate(parsed.data);
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label="Days to keep them"
        description="From 1 to 30. What is stored already follows within minutes."
        inputMode="numeric"
        autoComplete="off"
        maw={340}
        value={typed}
        error={problem}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Group mt="md">
        <Button type="submit" loading={saving.isPending}>
          Save
        </Button>
        {saving.isSuccess && typed === String(days) && <Text role="status">Saved</Text>}
      </Group>
    </form>
  );
}
