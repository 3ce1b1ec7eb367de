import { Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ApiKey } from '#contract/rest.ts';
import { revokeApiKey } from '../api/endpoints.ts';
import { apiKeysQuery } from '../api/queries.ts';
import { Ago } from '../parts/ago.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Mark } from '../parts/marks.tsx';
import { tellExactly } from '../parts/words.ts';

export function KeyList({ keys }: { readonly keys: readonly ApiKey[] }) {
  return (
    <ul className="ll-card ll-plain-list ll-keys" aria-label="API keys">
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} />
      ))}
    </ul>
  );
}

function KeyRow({ apiKey }: { readonly apiKey: ApiKey }) {
  const queryClient = useQueryClient();
  const revoke = async () => {
    await revokeApiKey(apiKey.id);
    await queryClient.invalidateQueries(apiKeysQuery);
  };
  return (
    <li className="ll-key-row">
      <div className="ll-key-words">
        <Title order={3} className="ll-break">
          {apiKey.name}
        </Title>
        <Text size="sm" c="dimmed">
          <code>{apiKey.prefix}…</code> · made by {apiKey.createdBy} <Ago at={apiKey.createdAt} span inherit /> ·{' '}
          <LastUse apiKey={apiKey} />
          <Expiry apiKey={apiKey} />
        </Text>
        <ul className="ll-scopes" aria-label="Scopes">
          {apiKey.scopes.map((scope) => (
            <li key={scope}>
              <code>{scope}</code>
            </li>
          ))}
        </ul>
      </div>
      <ConfirmButton words="Revoke" title={`Revoke “${apiKey.name}”?`} confirmWords="Revoke the key" keepWords="Keep it" onConfirm={revoke}>
        <p>Every program that uses it is refused from this moment on. It cannot be brought back.</p>
      </ConfirmButton>
    </li>
  );
}

function LastUse({ apiKey: { lastUsedAt } }: { readonly apiKey: ApiKey }) {
  if (lastUsedAt === null) return 'never used';
  return (
    <>
      last used <Ago at={lastUsedAt} span inherit />
    </>
  );
}

function Expiry({ apiKey: { expiresAt } }: { readonly apiKey: ApiKey }) {
  if (expiresAt === null) return null;
  const isOver = Date.parse(expiresAt) <= Date.now();
  return <> · {isOver ? <Mark tone="bad">Expired</Mark> : `expires ${tellExactly(expiresAt)}`}</>;
}
