/** Asks for the recording while the player itself is still being fetched and compiled: see `load-recording.ts`, which takes the answer. */
import { indexPath } from './index-path.ts';
import { readAddress } from './read-address.ts';

const { token, startMs, live } = readAddress(location.href);
// A visit that goes on is followed, and the player asks for that itself; where it was first, it has the token already.
if (token !== null && !live) {
  const answer = fetch(indexPath(startMs), { headers: { authorization: `Bearer ${token}` }, credentials: 'omit', cache: 'no-store' });
  // Whoever takes it hears of it.
  answer.catch(() => undefined);
  window.leadlightStarted = { token, answer };
}
