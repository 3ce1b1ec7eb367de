import './no-code-from-strings.ts';
import './styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { createAppRouter } from './routes.tsx';
import { ToastPlace } from './shell/toast-place.tsx';
import { takeLinkToken } from './sign-in/take-link-token.ts';
import { cssVariables, theme } from './theme.ts';

// A new release replaced the files of this one: the page that runs asks for a file that is gone. One reload brings the new release.
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('leadlight.reloadedAt'));
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem('leadlight.reloadedAt', String(Date.now()));
  window.location.reload();
});

const linkToken = takeLinkToken(window.location, window.history);
const queryClient = createQueryClient(() => toSignIn());
const router = createAppRouter({ queryClient, linkToken });

// The code of the page is fetched while the API is asked who is signed in.
for (const route of router.getMatchedRoutes(router.latestLocation.pathname)[0]) void router.loadRouteChunk(route);

function toSignIn(): void {
  if (['/sign-in', '/welcome'].includes(router.state.location.pathname)) return;
  const from = router.state.location.href;
  // The cache goes last: the page that is still shown reads from it.
  void router.navigate({ to: '/sign-in', search: { return: from }, replace: true }).then(() => queryClient.clear());
}

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no place for the app');
createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <ToastPlace />
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
);
