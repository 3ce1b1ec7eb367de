/** Site search over the index the site publishes; every word must occur, titles count most. */
import { pushEvent } from '../data-layer.js';
import { element } from '../shop/element.js';

const query = (new URLSearchParams(location.search).get('q') ?? '').trim().slice(0, 100);
const list = document.querySelector('#search-results');
const note = document.querySelector('#search-note');
document.querySelector('#search-q').value = query;

if (query === '') note.textContent = 'Type a word: for example tariff, gateway or webhook.';
else void search();

async function search() {
  document.title = `Search: ${query} – Halden`;
  const response = await fetch('/search-index.json').catch(() => null);
  if (!response?.ok) {
    note.textContent = 'Search is not available just now. Please try again in a moment.';
    return;
  }
  const found = rank(await response.json(), query.toLowerCase().split(/\s+/));
  const count = found.length === 0 ? 'Nothing' : `${found.length} ${found.length === 1 ? 'page' : 'pages'}`;
  note.textContent = `${count} found for “${query}”.${found.length === 0 ? ' Try another word, or ask us by requesting a demo.' : ''}`;
  list.replaceChildren(...found.map(result));
  pushEvent('view_search_results', { search_term: query, results: found.length });
}

function rank(pages, words) {
  const scored = pages.map((page) => ({ page, score: score(page, words) })).filter(({ score }) => score > 0);
  return scored.sort((a, b) => b.score - a.score).map(({ page }) => page);
}

function score(page, words) {
  const title = page.title.toLowerCase();
  const text = `${page.description} ${page.text}`.toLowerCase();
  const each = words.map((word) => (title.includes(word) ? 10 : 0) + Math.min(5, text.split(word).length - 1));
  return each.includes(0) ? 0 : each.reduce((sum, points) => sum + points, 0);
}

function result(page) {
  const title = element('h2', {}, element('a', { href: page.path }, page.title.replace(' – Halden', '')));
  return element('li', {}, title, element('p', {}, page.description), element('p', { class: 'soft result-path' }, page.path));
}
