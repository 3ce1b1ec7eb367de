import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { z } from 'zod';
import { type Me, signInRequest } from '#contract/api.ts';
import { signIn } from '../api/endpoints.ts';
import { setupQuery } from '../api/queries.ts';
import { LinkAnchor } from '../parts/router-links.tsx';
import { FormProblem } from './form-problem.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { useFields } from './use-fields.ts';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/PasswordInput.css';

/** The contract's shape, in words for the person at the form. */
const form = signInRequest.extend({
  email: z.email('Give the e-mail address you signed up with').max(254),
  password: z.string().min(1, 'Give your password').max(200),
});

export function PasswordSignIn({ arrive }: { readonly arrive: (me: Me) => void }) {
  const fields = useFields<'email' | 'password', z.infer<typeof form>>(form, { email: '', password: '' });
  const entering = useMutation({ mutationFn: signIn, onSuccess: arrive, onError: fields.blame });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const credentials = fields.check();
    if (credentials !== null) entering.mutate(credentials);
  };

  return (
    <SignInFrame title="Sign in" intro="Welcome back.">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem error={entering.error} />
          <TextInput label="E-mail" type="email" autoComplete="username" required withAsterisk={false} {...fields.bind('email')} />
          <PasswordInput label="Password" autoComplete="current-password" required withAsterisk={false} {...fields.bind('password')} />
          <Button type="submit" fullWidth mt="xs" size="md" loading={entering.isPending}>
            Sign in
          </Button>
          <SignUpHint />
        </Stack>
      </form>
    </SignInFrame>
  );
}

function SignUpHint() {
  const { data: setup } = useQuery(setupQuery);
  if (setup?.signUp !== 'open') return null;
  return (
    <Text size="sm" ta="center" c="dimmed">
      New here?{' '}
      <LinkAnchor to="/welcome" underline="always">
        Create a workspace
      </LinkAnchor>
    </Text>
  );
}
