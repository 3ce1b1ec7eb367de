import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { Me } from '#contract/api.ts';
import { meQuery } from '../api/queries.ts';
import { pathToReturnTo } from '../parts/safe-address.ts';

/** What to do once signed in: start with a clean cache, at the page that was asked for. */
export function useArrive(returnPath: string | undefined): (me: Me) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (me) => {
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, me);
    router.history.replace(pathToReturnTo(returnPath));
  };
}
