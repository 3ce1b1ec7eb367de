import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { newTrackedLink } from '#contract/api.ts';
import { createTrackedLink } from '../api/endpoints.ts';
import { trackedLinksQuery } from '../api/queries.ts';
import { fieldsOf, wordsOf } from '../api/request.ts';
import { CodeBlock } from '../parts/code-block.tsx';

interface TrackedLinkFormProps {
  readonly contactId: string;
  readonly startUrl: string;
  readonly onMade?: () => void;
}

/** Makes a link for this contact and shows it, ready to copy. */
export function TrackedLinkForm({ contactId, startUrl, onMade }: TrackedLinkFormProps) {
  const [url, setUrl] = useState(startUrl);
  const [problem, setProblem] = useState<string | null>(null);
  const queryClient = useQueryClient();
  const making = useMutation({
    mutationFn: (page: string) => createTrackedLink(contactId, page),
    onSuccess: () => {
      onMade?.();
      return queryClient.invalidateQueries({ queryKey: trackedLinksQuery(contactId).queryKey });
    },
    onError: (error) => setProblem(fieldsOf(error).url ?? wordsOf(error)),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = newTrackedLink.safeParse({ url: url.trim() });
    setProblem(parsed.success ? null : (parsed.error.issues[0]?.message ?? null));
    if (parsed.success) making.mutate(parsed.data.url);
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <div className="ll-link-form">
          <TextInput
            label="Page to link to"
            inputMode="url"
            placeholder="https://www.example.com/pricing"
            value={url}
            error={problem}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Button type="submit" loading={making.isPending}>
            Make link
          </Button>
        </div>
        {making.data !== undefined && (
          <div role="status">
            <Text size="sm" fw={600} mb={6}>
              Link made. It is for this person alone.
            </Text>
            <CodeBlock code={making.data.url} label="Tracked link" copyWords="Copy link" />
          </div>
        )}
      </Stack>
    </form>
  );
}
