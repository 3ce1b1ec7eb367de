import { listenSince } from './early-events.ts';
import { oneLine, onPage } from './page-life.ts';
import { later } from './safely.ts';
import { scrubText } from './scrub-text.ts';
import { see } from './shop-events.ts';

const keys = ['q', 's', 'query', 'search', 'search_query', 'keyword', 'keywords', 'term'];
const box = 'input[type="search"],[role="searchbox"],[role="search"] input,search input,input[name="q"],input[name="query"]';

let told = '';

/**
 * A page of search results, known by its address; and a search that the page answers by itself. The words of a search are an event of their
 * own, so they are not hidden as typed.
 */
export function watchSearch(): void {
  onPage(() => {
    const search = new URLSearchParams(location.search);
    find(keys.map((key) => search.get(key)).find(Boolean) ?? '');
  });
  listenSince(document, 'submit change', (event) => {
    const { target } = event;
    const input = target instanceof HTMLFormElement ? target.querySelector(box) : target;
    if (!(input instanceof HTMLInputElement) || !input.matches(box)) return;
    // A form that leaves the page shows its words in the address of the next one.
    if (input !== target) later(() => event.defaultPrevented && find(input.value), 0);
    else if (!input.form) find(input.value);
  });
}

function find(words: string): void {
  const query = scrubText(oneLine(words)).slice(0, 100);
  if (query && query !== told) see('search_query', { query });
  told = query || told;
}
