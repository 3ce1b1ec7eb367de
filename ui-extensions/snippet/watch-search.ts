import { emitOnce } from './emit.ts';
import { cleanText, onLeave, onPage, onTick } from './page-life.ts';

const keys = ['q', 's', 'query', 'search', 'search_query', 'keyword'];

let query = '';
let ticks = 0;

/** A page of search results, known by its address. Waits two seconds for a page that announces it itself, with the number of results. */
export function watchSearch(): void {
  onPage(() => {
    const search = new URLSearchParams(location.search);
    query = cleanText(keys.map((key) => search.get(key)).find(Boolean) ?? '', 100);
    ticks = 0;
  });
  onTick(() => {
    ticks++;
    if (ticks > 2) tell();
  });
  onLeave(tell);
}

function tell(): void {
  if (query) emitOnce('search_query', { query });
  query = '';
}
