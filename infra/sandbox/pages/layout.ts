import { type Html, html } from './html.ts';

export type Area = 'hub' | 'hubspot' | 'campaigns' | 'slack';

export interface Page {
  readonly title: string;
  readonly area: Area;
  readonly body: Html;
  /** Takes the whole window, without a margin. */
  readonly full?: boolean;
}

const areas: readonly (readonly [Area, string, string])[] = [
  ['hub', '/', 'Overview'],
  ['hubspot', '/hubspot', 'HubSpot'],
  ['campaigns', '/hubspot/campaigns', 'E-mail'],
  ['slack', '/slack', 'Slack'],
];

/** The frame around every page: what this is, and the ways around. */
export function layout(page: Page): string {
  const links = areas.map(
    ([area, href, text]) => html`<a href="${href}" ${area === page.area ? html`aria-current="page"` : null}>${text}</a>`,
  );
  const frame = html`<header class="top">
  <span class="badge" title="A stand-in on this machine. It is neither HubSpot nor Slack.">Sandbox</span>
  <nav aria-label="Sandbox">${links}</nav>
</header>
<main class="${page.full ? 'full' : 'wide'}">${page.body}</main>
<div class="toasts" role="status" aria-live="polite"></div>`;
  return documentOf(`${page.title} · Sandbox`, frame);
}

const styles = ['colours', 'base', 'crm', 'campaign', 'slack'];

/** A page of its own, outside the frame: consent, an e-mail. */
export function documentOf(title: string, body: Html): string {
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
${styles.map((name) => html`<link rel="stylesheet" href="/assets/${name}.css">\n`)}
<script type="module" src="/assets/sandbox.js"></script>
</head>
<body>
${body}
</body>
</html>`;
  return `<!doctype html>\n${page.text}\n`;
}

/** One problem, told to a person. */
export function problemPage(title: string, text: string): string {
  return documentOf(
    `${title} · Sandbox`,
    html`<main class="lone"><span class="badge">Sandbox</span><h1>${title}</h1><p>${text}</p><p><a href="/">To the sandbox's overview</a></p></main>`,
  );
}
