import type { Site } from '#contract/api.ts';

export interface Recipe {
  readonly name: string;
  readonly steps: readonly string[];
  readonly code: string;
}

/** Where the snippet goes, by how the site is made. */
export function recipesFor(site: Pick<Site, 'snippet'>): readonly Recipe[] {
  const { snippet } = site;
  return [
    { name: 'HTML', steps: ['Paste this tag before the closing </head> of every page.', 'Publish the site.'], code: snippet },
    {
      name: 'Google Tag Manager',
      steps: [
        'In your container choose Tags, New, Custom HTML.',
        'Paste this code. Tag Manager drops attributes of script tags, so the code sets the key itself.',
        'Choose the trigger "Initialization - All Pages", save and publish.',
      ],
      code: tagManagerCode(snippet),
    },
    {
      name: 'Shopify',
      steps: [
        'In the Shopify admin choose Online Store, Themes, and beside your theme Edit code.',
        'Open layout/theme.liquid and paste this tag before </head>.',
        'Save.',
      ],
      code: snippet,
    },
    {
      name: 'WordPress',
      steps: [
        "Paste this at the end of your child theme's functions.php, or into a code snippet plugin.",
        'Clear the page cache, if you use one.',
      ],
      code: wordPressCode(snippet),
    },
  ];
}

function attribute(snippet: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(snippet)?.[1] ?? '';
}

function tagManagerCode(snippet: string): string {
  return `<script>
  (function () {
    var tag = document.createElement('script');
    tag.async = true;
    tag.src = '${attribute(snippet, 'src')}';
    tag.setAttribute('data-key', '${attribute(snippet, 'data-key')}');
    document.head.appendChild(tag);
  })();
</script>`;
}

function wordPressCode(snippet: string): string {
  return `add_action('wp_head', function () {
  echo '${snippet}';
});`;
}
