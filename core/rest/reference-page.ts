/** The API reference as a plain page of ours: no script, nothing from elsewhere, light and dark, readable on a phone. */
import { tags } from './declaration.ts';
import type { OpenApiDocument } from './openapi.ts';
import type { Operation } from './operation.ts';
import { escapeHtml, inlineCode, schemaHtml } from './reference-schema.ts';
import { referenceStyle } from './reference-style.ts';

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export function referencePage(document: OpenApiDocument): string {
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const groups = Object.entries(tags).map(([tag, title]) => ({
    tag,
    title,
    entries: entries.filter(({ operation }) => operation.tags.includes(tag)),
  }));
  const links = groups.map(({ tag, title }) => `<li><a href="#${tag}">${title}</a></li>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Leadlight API</title>
<style>${referenceStyle}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the reference</a>
<nav aria-label="Parts of the API"><strong>Leadlight API</strong><ul>${links}<li><a href="#schemas">Schemas</a></li></ul></nav>
<main id="main">
<h1>Leadlight API</h1>
${intro(document)}
${groups.map((group) => section(group, document)).join('\n')}
${schemas(document)}
</main>
</body>
</html>
`;
}

function intro({ info, servers }: OpenApiDocument): string {
  const server = servers[0]?.url ?? '';
  const call = `curl ${server}/v1/contacts?limit=10 \\\n  -H 'Authorization: Bearer llk_…'`;
  return `<p>${inlineCode(info.description)}</p>
<p>Make a key in Leadlight under <em>Settings → API keys</em>. The machine-readable document (OpenAPI 3.1) is <a href="/v1/openapi.json">openapi.json</a>.</p>
<pre tabindex="0"><code>${escapeHtml(call)}</code></pre>`;
}

function section(group: { tag: string; title: string; entries: readonly Entry[] }, document: OpenApiDocument): string {
  return `<section id="${group.tag}"><h2>${group.title}</h2>${group.entries.map((entry) => route(entry, document)).join('')}</section>`;
}

function route({ method, path, operation }: Entry, document: OpenApiDocument): string {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json'];
  return `<article id="${operationId}">
<h3><a href="#${operationId}">${escapeHtml(summary)}</a></h3>
<p class="address"><b class="method ${method}">${method.toUpperCase()}</b> <code>${escapeHtml(path).replaceAll('/', '/<wbr>')}</code></p>
<p>${inlineCode(description)}</p>
${parameters.length === 0 ? '' : details('Parameters', parameterList(operation, document))}
${body === undefined ? '' : details('Body', schemaHtml(body.schema, document))}
${details('Answers', responseList(responses, document))}
</article>`;
}

function details(title: string, content: string): string {
  return `<details><summary>${title}</summary>${content}</details>`;
}

function parameterList({ parameters }: Operation, document: OpenApiDocument): string {
  const rows = parameters.map(({ name, in: where, required, description = '', schema }) => {
    const kind = `${where}${required ? ', required' : ''}`;
    return `<dt><code>${escapeHtml(name)}</code> <small>${kind}</small></dt><dd>${inlineCode(description)} ${schemaHtml(schema, document)}</dd>`;
  });
  return `<dl>${rows.join('')}</dl>`;
}

function responseList(responses: Operation['responses'], document: OpenApiDocument): string {
  const rows = Object.entries(responses).map(([status, { description, content = {} }]) => {
    const types = Object.entries(content).map(([type, { schema }]) =>
      type === 'application/problem+json' ? '' : `<small>${type}</small> ${schema === undefined ? '' : schemaHtml(schema, document)}`,
    );
    return `<dt><code>${status}</code></dt><dd>${inlineCode(description)} ${types.join(' ')}</dd>`;
  });
  return `<dl>${rows.join('')}</dl>`;
}

function schemas(document: OpenApiDocument): string {
  const items = Object.entries(document.components.schemas).map(
    ([name, schema]) => `<article id="schema-${name}"><h3>${name}</h3>${schemaHtml(schema, document)}</article>`,
  );
  return `<section id="schemas"><h2>Schemas</h2>${items.join('')}</section>`;
}
