import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { statusOf } from './request.ts';

/** The cache of everything read. `onSignedOut` is called when the API says that the sign-in has ended. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  // A wrong password is a 401 too: `onSignedOut` does nothing on the sign-in page.
  const onError = (error: unknown) => {
    if (statusOf(error) === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== 'me' && onError(error) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: retryOnce, retryDelay: 600, staleTime: 1000 } },
  });
}

/** A refusal stays a refusal; a server that stumbled is asked once more. */
function retryOnce(failures: number, error: unknown): boolean {
  const status = statusOf(error);
  return failures < 1 && (status === 0 || (status !== null && status >= 500));
}
