import { Anchor, Skeleton, Stack } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiKeysQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { KeyList } from './key-list.tsx';
import { MakeKeyForm } from './make-key-form.tsx';
import { NewSecret } from './new-secret.tsx';
import './api-keys.css';

/** Keys for programs: make one, copy it once, see which are used, revoke. */
export function ApiKeysPage() {
  const keys = useQuery(apiKeysQuery);
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string } | null>(null);
  const intro = (
    <>
      For programs of your own that read and write what is in Leadlight. Each key can do what its scopes say, and nothing more. See the{' '}
      <Anchor href="/docs/api" underline="always">
        API reference
      </Anchor>
      .
    </>
  );
  return (
    <div className="ll-page ll-page-narrow">
      <PageHeader title="API keys" intro={intro} />
      <Stack gap="md">
        {made !== null && <NewSecret name={made.name} secret={made.secret} onDone={() => setMade(null)} />}
        {keys.isPending && <Skeleton height={180} radius="lg" role="status" aria-label="Loading" />}
        {keys.isError && <LoadError what="The API keys" error={keys.error} onRetry={() => void keys.refetch()} />}
        {keys.data?.items.length === 0 && <NoKeys />}
        {keys.data !== undefined && keys.data.items.length > 0 && <KeyList keys={keys.data.items} />}
        {keys.data !== undefined && <MakeKeyForm onMade={setMade} />}
      </Stack>
    </div>
  );
}

function NoKeys() {
  return (
    <EmptyNote icon={<IconKey size={32} stroke={1.5} aria-hidden="true" />} title="No API keys yet">
      Make one below for each program, with the fewest scopes that it needs. Then one can be revoked without stopping the others.
    </EmptyNote>
  );
}
