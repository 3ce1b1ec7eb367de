import { eraseEverything, read, remove, write } from './storage.ts';

/** Without the underscore of what is a visitor's: it stays when all of that is erased. */
const name = 'll_internal';

/**
 * Whether this browser belongs to the site's own people: then nothing is asked, stored or sent. `said` is what the address said: `1`
 * marks the browser, and takes back what was stored before; `0` removes the mark.
 */
export function isInternal(said: string | undefined): boolean {
  if (said === '0') remove(name, 'localStorage');
  if (said !== '1') return read(name, 'localStorage') === '1';
  eraseEverything();
  write(name, '1', 'localStorage');
  return true;
}
