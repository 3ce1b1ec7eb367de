import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { LinkSignIn } from './link-sign-in.tsx';
import { PasswordSignIn } from './password-sign-in.tsx';
import { useArrive } from './use-arrive.ts';

const route = getRouteApi('/sign-in');

/** Signs in by the token of a one-time link when the app was opened by one, else by password. */
export function SignInPage() {
  const { linkToken } = route.useRouteContext();
  const [token] = useState(() => linkToken.take());
  const arrive = useArrive(route.useSearch().return);
  return token === null ? <PasswordSignIn arrive={arrive} /> : <LinkSignIn token={token} arrive={arrive} />;
}
