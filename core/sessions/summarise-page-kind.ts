/** What a page is for, by its address and, where that says nothing, by its title. */
export const pageKindNames = [
  'pricing',
  'demo',
  'trial',
  'contact',
  'product',
  'compare',
  'customers',
  'docs',
  'blog',
  'careers',
  'support',
  'shop',
  'checkout',
  'account',
  'legal',
  'home',
  'other',
] as const;
export type PageKind = (typeof pageKindNames)[number];

/**
 * Reads the path from the left. A section (blog, careers, …) claims everything below it: `/blog/pricing-tips` is blog. Elsewhere the
 * most specific segment decides: `/product/pricing` is pricing.
 */
export function pageKind(url: string, title: string): PageKind {
  const segments = segmentsOf(url);
  if (segments.length === 0) return 'home';
  const kinds = segments.map(kindOfSegment).filter((kind) => kind !== null);
  const [first] = kinds;
  if (first === undefined) return kindOfTitle(title);
  if (sections.has(first)) return first;
  return kinds.findLast((kind) => !sections.has(kind)) ?? first;
}

const sections: ReadonlySet<PageKind> = new Set(['careers', 'blog', 'docs', 'support', 'legal', 'account']);

/** Whole path segments, in the languages European sites are mostly written in. */
const wholeSegments: Readonly<Partial<Record<PageKind, string>>> = {
  careers:
    'careers career jobs job join-us work-with-us vacancies vacatures openings hiring karriere stellenangebote carriere carrieres recrutement empleo lavora-con-noi',
  blog: 'blog blogs news newsroom press article articles post posts magazine podcast podcasts webinars events resources actualites noticias',
  docs: 'docs doc documentation developers developer api reference guide guides tutorials tutorial changelog sdk',
  support: 'support help help-center helpcenter helpdesk faq faqs kb knowledge-base ticket tickets status hilfe aide ayuda contact-support',
  legal:
    'legal privacy privacy-policy terms terms-of-service terms-and-conditions tos gdpr dpa cookies cookie-policy imprint impressum datenschutz agb mentions-legales',
  account:
    'account accounts login log-in signin sign-in logout dashboard profile settings billing users user me my orders konto compte cancel',
  checkout: 'checkout kasse payment order-confirmation thank-you-order',
  demo: 'book-a-call schedule-a-call book-a-meeting book-meeting schedule-meeting',
  trial: 'signup sign-up register get-started free-trial create-account start-free',
  pricing: 'packages tarif editions',
  customers: 'customers customer-stories case-studies case-study success-stories testimonials reviews kunden clients referenzen',
  contact: 'contact contact-us contact-sales talk-to-sales kontakt contacto contatti get-a-quote request-a-quote request-quote',
  shop: 'shop store cart basket bag collections collection category categories catalog item items wishlist warenkorb panier carrito boutique tienda',
  product:
    'platform solutions solution use-cases use-case how-it-works tour overview industries services service security produkt produkte produit produits producto productos',
};

/** Words inside a segment: `/book-a-demo`, `/plans-and-pricing`. */
const wordsInside: Readonly<Partial<Record<PageKind, string>>> = {
  demo: 'demo demos',
  trial: 'trial',
  pricing: 'pricing prices plans preise tarife tarifs precios prijzen tarieven prezzi',
  compare: 'compare comparison vs versus alternative alternatives vergleich comparatif',
  checkout: 'checkout',
  contact: 'contact',
  product: 'product products feature features integration integrations',
};

const bySegment = index(wholeSegments);
const byWord = index(wordsInside);
const wordsOfTitle = index({
  pricing: 'pricing prices plans preise tarife tarifs precios',
  demo: 'demo',
  careers: 'careers jobs karriere',
  blog: 'blog newsroom',
  docs: 'documentation docs',
  support: 'support helpdesk faq',
  checkout: 'checkout',
  shop: 'cart basket',
  legal: 'privacy terms imprint impressum',
  contact: 'contact kontakt',
});

function kindOfSegment(segment: string): PageKind | null {
  const whole = bySegment.get(segment);
  if (whole !== undefined) return whole;
  for (const word of segment.split(/[-_.~+ ]+/u)) {
    const kind = byWord.get(word);
    if (kind !== undefined) return kind;
  }
  return null;
}

function kindOfTitle(title: string): PageKind {
  const name = title.slice(0, 300).split(/\s[|·•–—-]\s/u)[0] ?? '';
  for (const word of name.toLowerCase().split(/[^\p{L}]+/u)) {
    const kind = wordsOfTitle.get(word);
    if (kind !== undefined) return kind;
  }
  return 'other';
}

/** Lower-case path segments without language prefix and file ending; the host's first label counts when it names a section. */
function segmentsOf(url: string): string[] {
  const parsed = URL.parse(url.slice(0, 2048), 'https://site.invalid/');
  if (parsed === null) return [];
  const label = parsed.hostname.split('.')[0] ?? '';
  const route = /^#!?\//u.test(parsed.hash) ? parsed.hash.replace(/^#!?/u, '').split('?')[0] : '';
  const named = `${decoded(parsed.pathname)}/${decoded(route ?? '')}`
    .toLowerCase()
    .split('/')
    .map((segment) => segment.replace(/\.(?:html?|php|aspx?)$/u, ''))
    .filter((segment, place) => segment !== '' && segment !== 'index' && !(place < 2 && isLanguage(segment)));
  const section = hostSections.get(label);
  return section === undefined ? named : [section, ...named];
}

function isLanguage(segment: string): boolean {
  return /^[a-z]{2}(?:[-_][a-z]{2})?$/u.test(segment) && !bySegment.has(segment);
}

/** `docs.example.com`: the first label of the host, and the path segment it stands for. */
const hostSections: ReadonlyMap<string, string> = new Map([
  ...['docs', 'developer', 'developers', 'blog', 'careers', 'jobs', 'support', 'help', 'status', 'shop', 'store'].map(
    (label) => [label, label] as const,
  ),
  ['app', 'account'],
]);

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function index(lists: Readonly<Partial<Record<PageKind, string>>>): ReadonlyMap<string, PageKind> {
  return new Map(
    pageKindNames.flatMap((kind) =>
      (lists[kind] ?? '')
        .split(' ')
        .filter(Boolean)
        .map((word) => [word, kind] as const),
    ),
  );
}
