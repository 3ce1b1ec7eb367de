import { Tabs, Text } from '@mantine/core';
import type { Site } from '#contract/api.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { tellAgo } from '../parts/words.ts';
import { ConsentLine } from './consent-line.tsx';
import { LiveCheck } from './live-check.tsx';
import { recipesFor } from './recipes.ts';
import '@mantine/core/styles/Tabs.css';

export function SnippetStep({ site }: { readonly site: Site }) {
  return (
    <>
      <Text mb="md">
        The snippet recognises people who come through your tracked links.{' '}
        {site.config.modes.anonymousVisitors ? 'What people' : 'It records nobody else, and what people'} type never leaves their browser.
      </Text>
      <SnippetRecipes site={site} />
      <ConsentLine site={site} />
      <div className="ll-checks">
        <SnippetCheck site={site} />
        <FirstVisitCheck site={site} />
      </div>
    </>
  );
}

function SnippetRecipes({ site }: { readonly site: Site }) {
  const recipes = recipesFor(site);
  return (
    <Tabs defaultValue="HTML" keepMounted={false}>
      <Tabs.List mb="md">
        {recipes.map(({ name }) => (
          <Tabs.Tab key={name} value={name}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {recipes.map(({ name, steps, code }) => (
        <Tabs.Panel key={name} value={name}>
          <ol className="ll-recipe">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <CodeBlock code={code} label={`Snippet for ${name}`} copyWords="Copy snippet" />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function SnippetCheck({ site }: { readonly site: Site }) {
  return (
    <LiveCheck
      ok={site.snippetSeenAt !== null}
      waiting={`Waiting for the snippet on ${site.name}… Open the site once in a browser after you publish.`}
      found={`Snippet found on ${site.name}`}
    />
  );
}

export function FirstVisitCheck({ site }: { readonly site: Site }) {
  return (
    <LiveCheck
      ok={site.firstVisitAt !== null}
      waiting="Waiting for the first visit… It comes when somebody opens a tracked link."
      found={`First visit received ${site.firstVisitAt === null ? '' : tellAgo(site.firstVisitAt, Date.now())}`}
    />
  );
}
