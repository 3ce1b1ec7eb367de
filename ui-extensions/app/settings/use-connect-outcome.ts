import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Integration } from '#contract/integrations.ts';
import { tell } from '../parts/tell.ts';

/** Says how a connect ended, once, when the provider has sent the browser back to this page; then cleans the address. */
export function useConnectOutcome(page: '/start' | '/settings/integrations', integrations: readonly Integration[] | undefined): void {
  const { connected, failed, reason } = useSearch({ from: `/signed-in${page}` });
  const navigate = useNavigate();
  useEffect(() => {
    const provider = connected ?? failed;
    if (provider === undefined || integrations === undefined) return;
    const title = integrations.find((one) => one.provider === provider)?.title ?? provider;
    tellOutcome(title, failed === undefined ? null : (reason ?? 'Please try again.'));
    void navigate({ to: page, search: {}, replace: true });
  }, [page, connected, failed, reason, integrations, navigate]);
}

function tellOutcome(title: string, problem: string | null): void {
  if (problem === null) {
    void tell({ color: 'teal', title: `${title} is connected`, message: 'The first sync begins now.' });
  } else {
    void tell({ color: 'red', title: `${title} was not connected`, message: problem, autoClose: false });
  }
}
