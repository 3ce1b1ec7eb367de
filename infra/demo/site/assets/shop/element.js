/** Makes an element: `element('a', { href: '/shop' }, 'Hardware')`. Text is text, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A `<script>` of structured data, for search engines and whatever else reads the page. */
export function structuredData(data) {
  return element('script', { type: 'application/ld+json' }, JSON.stringify({ '@context': 'https://schema.org', ...data }));
}
