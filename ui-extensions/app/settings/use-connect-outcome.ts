import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Integration } from '#contract/api.ts';
import { tell } from '../parts/tell.ts';

const route = getRouteApi('/signed-in/settings/integrations');

/** Says how a connect ended, once, when the provider has sent the browser back; then cleans the address. */
export function useConnectOutcome(integrations: readonly Integration[] | undefined): void {
  const { connected, failed, reason } = route.useSearch();
  const navigate = route.useNavigate();
  useEffect(() => {
    const provider = connected ?? failed;
    if (provider === undefined || integrations === undefined) return;
    const title = integrations.find((one) => one.provider === provider)?.title ?? provider;
    tellOutcome(title, failed === undefined ? null : (reason ?? 'Please try again.'));
    void navigate({ search: {}, replace: true });
  }, [connected, failed, reason, integrations, navigate]);
}

function tellOutcome(title: string, problem: string | null): void {
  if (problem === null) {
    void tell({ color: 'teal', title: `${title} is connected`, message: 'The first sync begins now.' });
  } else {
    void tell({ color: 'red', title: `${title} was not connected`, message: problem, autoClose: false });
  }
}
