import { Tabs, Text } from '@mantine/core';
import type { Site } from '#contract/api.ts';
import type { Integration } from '#contract/integrations.ts';
import { MakeTrackedLink } from '../links/make-tracked-link.tsx';
import { MergeTagBuilder } from '../links/merge-tag-builder.tsx';
import { FirstVisitCheck } from './snippet-step.tsx';
import '@mantine/core/styles/Tabs.css';

interface LinkStepProps {
  readonly site: Site;
  readonly crm: Integration | undefined;
  readonly onMade: () => void;
}

export function LinkStep({ site, crm, onMade }: LinkStepProps) {
  const origin = site.origins[0] ?? '';
  return (
    <>
      <Text mb="md">
        A tracked link tells Leadlight who is visiting. Make one for a person, or put a merge-tag link into a campaign and your CRM makes
        one for each recipient.
      </Text>
      <Tabs defaultValue="contact">
        <Tabs.List mb="md">
          <Tabs.Tab value="contact">For one contact</Tabs.Tab>
          <Tabs.Tab value="campaign">For a campaign</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="contact">
          <MakeTrackedLink startUrl={origin} onMade={onMade} />
        </Tabs.Panel>
        <Tabs.Panel value="campaign">
          <MergeTagBuilder crm={crm} startUrl={origin} onCopied={onMade} />
        </Tabs.Panel>
      </Tabs>
      <div className="ll-checks">
        <FirstVisitCheck site={site} />
      </div>
    </>
  );
}
