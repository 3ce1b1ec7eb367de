import { Button, NativeSelect, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type ApiKeyRequest, apiKeyRequest } from '#contract/rest.ts';
import type { Scope } from '#contract/scopes.ts';
import { makeApiKey } from '../api/endpoints.ts';
import { apiKeysQuery } from '../api/queries.ts';
import { fieldsOf } from '../api/request.ts';
import { FormProblem } from '../sign-in/form-problem.tsx';
import { ScopeChoice } from './scope-choice.tsx';

const dayMs = 86_400_000;
const lives = [
  { value: '0', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];

type Problems = Readonly<Record<string, string>>;

/** @param onMade told the secret, which nobody can read again. */
export function MakeKeyForm({ onMade }: { readonly onMade: (made: { name: string; secret: string }) => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [days, setDays] = useState('0');
  const [problems, setProblems] = useState<Problems>({});
  const making = useMutation({
    mutationFn: makeApiKey,
    onSuccess: (made) => {
      onMade(made);
      setName('');
      setScopes([]);
      return queryClient.invalidateQueries(apiKeysQuery);
    },
    onError: (error) => setProblems(fieldsOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request = {
      name,
      scopes: [...scopes],
      expiresAt: days === '0' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString(),
    };
    const found = problemsOf(request);
    setProblems(found);
    if (Object.keys(found).length === 0) making.mutate(request);
  };
  return (
    <form onSubmit={submit} noValidate className="ll-card ll-key-form" aria-label="Make a key">
      <Title order={2}>Make a key</Title>
      <TextInput
        label="Name"
        description="Which program uses it"
        placeholder="Data warehouse"
        autoComplete="off"
        value={name}
        error={problems.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ScopeChoice chosen={scopes} problem={problems.scopes} onChange={setScopes} />
      <NativeSelect label="Expires" data={lives} value={days} onChange={(event) => setDays(event.currentTarget.value)} />
      <FormProblem error={making.error} />
      <div>
        <Button type="submit" loading={making.isPending}>
          Make key
        </Button>
      </div>
    </form>
  );
}

function problemsOf(request: ApiKeyRequest): Problems {
  const parsed = apiKeyRequest.safeParse(request);
  return parsed.success ? {} : Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
}
