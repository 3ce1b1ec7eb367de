import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { type NewWorkspace, newWorkspace } from '#contract/api.ts';
import { createWorkspace } from '../api/endpoints.ts';
import { meQuery } from '../api/queries.ts';
import { LinkAnchor } from '../parts/router-links.tsx';
import { FormProblem } from './form-problem.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { useFields } from './use-fields.ts';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/PasswordInput.css';

const empty = { workspaceName: '', domain: '', name: '', email: '', password: '' };

/** Makes the workspace, its first site and its owner. */
export function WelcomePage() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const fields = useFields<keyof NewWorkspace, NewWorkspace>(newWorkspace, empty);
  const making = useMutation({
    mutationFn: createWorkspace,
    onSuccess: async (me) => {
      queryClient.clear();
      queryClient.setQueryData(meQuery.queryKey, me);
      await navigate({ to: '/start' });
    },
    onError: fields.blame,
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const workspace = fields.check();
    if (workspace !== null) making.mutate(workspace);
  };

  return (
    <SignInFrame title="Create your workspace" intro="See what your leads do on your website, inside the tools your team already uses.">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem error={making.error} />
          <TextInput
            label="Workspace name"
            placeholder="Acme"
            autoComplete="organization"
            required
            withAsterisk={false}
            {...fields.bind('workspaceName')}
          />
          <TextInput
            label="Your website"
            description="Where the snippet will run"
            placeholder="www.acme.com"
            inputMode="url"
            autoComplete="url"
            required
            withAsterisk={false}
            {...fields.bind('domain')}
          />
          <TextInput label="Your name" autoComplete="name" required withAsterisk={false} {...fields.bind('name')} />
          <TextInput label="Work e-mail" type="email" autoComplete="email" required withAsterisk={false} {...fields.bind('email')} />
          <PasswordInput
            label="Password"
            description="At least 10 characters"
            autoComplete="new-password"
            required
            withAsterisk={false}
            {...fields.bind('password')}
          />
          <Button type="submit" fullWidth mt="xs" size="md" loading={making.isPending}>
            Create workspace
          </Button>
          <Text size="sm" ta="center" c="dimmed">
            Already have one?{' '}
            <LinkAnchor to="/sign-in" underline="always">
              Sign in
            </LinkAnchor>
          </Text>
        </Stack>
      </form>
    </SignInFrame>
  );
}
