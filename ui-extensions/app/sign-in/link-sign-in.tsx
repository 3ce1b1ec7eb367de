import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Me } from '#contract/api.ts';
import { signInByLink } from '../api/endpoints.ts';
import { statusOf, wordsOf } from '../api/request.ts';
import { PasswordSignIn } from './password-sign-in.tsx';
import { SignInFrame } from './sign-in-frame.tsx';

interface LinkSignInProps {
  readonly token: string;
  readonly arrive: (me: Me) => void;
}

/** Exchanges the token of a one-time link, once. */
export function LinkSignIn({ token, arrive }: LinkSignInProps) {
  const [byPassword, setByPassword] = useState(false);
  const entering = useMutation({ mutationFn: signInByLink, onSuccess: arrive });
  const begun = useRef(false);
  const { mutate } = entering;
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate(token);
  }, [mutate, token]);

  if (byPassword) return <PasswordSignIn arrive={arrive} />;
  if (!entering.isError) return <SigningIn />;
  return (
    <LinkFailed error={entering.error} onRetry={() => mutate(token)} retrying={entering.isPending} onPassword={() => setByPassword(true)} />
  );
}

function SigningIn() {
  return (
    <SignInFrame title="Signing you in" intro="One moment.">
      <Group justify="center" role="status" aria-label="Signing you in">
        <Loader />
      </Group>
    </SignInFrame>
  );
}

interface LinkFailedProps {
  readonly error: unknown;
  readonly retrying: boolean;
  readonly onRetry: () => void;
  readonly onPassword: () => void;
}

function LinkFailed({ error, retrying, onRetry, onPassword }: LinkFailedProps) {
  const status = statusOf(error);
  const refused = status !== null && status >= 400 && status < 500 && status !== 429;
  return (
    <SignInFrame
      title={refused ? 'This link no longer works' : 'You are not signed in yet'}
      intro={refused ? 'A sign-in link works once, for a short time.' : 'The link is still good.'}
    >
      <Stack>
        <Text role="alert">{wordsOf(error)}</Text>
        {!refused && (
          <Button onClick={onRetry} loading={retrying}>
            Try again
          </Button>
        )}
        <Button variant={refused ? 'filled' : 'default'} onClick={onPassword}>
          Sign in with your password
        </Button>
      </Stack>
    </SignInFrame>
  );
}
