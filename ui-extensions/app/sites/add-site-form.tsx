import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { newSite } from '#contract/api.ts';
import { addSite } from '../api/endpoints.ts';
import { fieldsOf, wordsOf } from '../api/request.ts';
import { replaceSite } from './replace-site.ts';

/** Adds a site and opens it: its snippet is the next thing needed. */
export function AddSiteForm() {
  const [domain, setDomain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const adding = useMutation({
    mutationFn: addSite,
    onSuccess: (site) => {
      replaceSite(queryClient, site);
      return navigate({ to: '/settings/sites/$siteId', params: { siteId: site.id } });
    },
    onError: (error) => setProblem(fieldsOf(error).domain ?? wordsOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = newSite.safeParse({ domain });
    setProblem(parsed.success ? null : (parsed.error.issues[0]?.message ?? null));
    if (parsed.success) adding.mutate(parsed.data.domain);
  };
  return (
    <form onSubmit={submit} noValidate className="ll-link-form">
      <TextInput
        label="Address of the website"
        placeholder="www.example.com"
        inputMode="url"
        autoCapitalize="none"
        autoComplete="off"
        value={domain}
        error={problem}
        onChange={(event) => {
          setDomain(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button type="submit" loading={adding.isPending}>
        Add site
      </Button>
    </form>
  );
}
