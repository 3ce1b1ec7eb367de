import { useRouter } from '@tanstack/react-router';
import { LoadError } from '../parts/load-error.tsx';

/** What is shown when a page could not even begin. */
export function RouteError({ error }: { readonly error: unknown }) {
  const router = useRouter();
  return (
    <main className="ll-page ll-page-narrow">
      <LoadError what="This page" error={error} onRetry={() => void router.invalidate()} />
    </main>
  );
}
