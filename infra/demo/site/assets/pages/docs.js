/**
 * Reading from one article to the next without loading the page anew: the article is fetched, set in place, and put into the
 * history. Without this script every article is a page of its own.
 */
const menu = document.querySelector('#docs-menu');
const narrow = matchMedia('(max-width: 54rem)');
let latest = 0;
foldMenu();
narrow.addEventListener('change', foldMenu);
markCurrent();

document.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || !/^\/docs(\/|$)/.test(url.pathname) || url.pathname === location.pathname) return;
  event.preventDefault();
  void open(url, () => history.pushState({}, '', url));
});

addEventListener('popstate', () => {
  void open(new URL(location.href), () => undefined);
});

async function open(url, arrive) {
  const ticket = ++latest;
  const article = await fetchArticle(url);
  if (ticket !== latest) return;
  if (article === null) return location.assign(url);
  document.querySelector('article.doc').replaceWith(article.element);
  document.title = article.title;
  arrive();
  markCurrent();
  foldMenu();
  const target = url.hash ? document.getElementById(url.hash.slice(1)) : null;
  if (target) target.scrollIntoView();
  else scrollTo({ top: 0, behavior: 'instant' });
  article.element.querySelector('h1').focus({ preventScroll: true });
}

/** Null where the article cannot be had: the browser is then left to load it, and to say what is wrong. */
async function fetchArticle(url) {
  const html = await fetch(url.pathname)
    .then((response) => (response.ok ? response.text() : null))
    .catch(() => null);
  if (html === null) return null;
  const page = new DOMParser().parseFromString(html, 'text/html');
  const element = page.querySelector('article.doc');
  return element ? { element, title: page.title } : null;
}

/** Beside the article the list of articles stays open; above it, on a small screen, it would push the article away. */
function foldMenu() {
  menu.open = !narrow.matches;
}

function markCurrent() {
  for (const link of document.querySelectorAll('.docs-nav a')) {
    if (new URL(link.href).pathname === location.pathname) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}
