import type { QueryClient } from '@tanstack/react-query';
import type { Site } from '#contract/api.ts';
import { sitesQuery } from '../api/queries.ts';

/** Shows what the API has answered at once, wherever the site is shown. */
export function replaceSite(queryClient: QueryClient, site: Site): void {
  queryClient.setQueryData(sitesQuery.queryKey, (before) => {
    if (before === undefined) return before;
    const known = before.items.some(({ id }) => id === site.id);
    return { ...before, items: known ? before.items.map((one) => (one.id === site.id ? site : one)) : [...before.items, site] };
  });
}
