import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Integration } from '#contract/integrations.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';
import { addMergeTag } from './tag-address.ts';

interface MergeTagBuilderProps {
  readonly crm: Integration | undefined;
  readonly startUrl: string;
  readonly onCopied?: () => void;
}

/** One link for a whole campaign: the CRM fills in each recipient's link token. */
export function MergeTagBuilder({ crm, startUrl, onCopied }: MergeTagBuilderProps) {
  const [pageUrl, setPageUrl] = useState(startUrl);
  const mergeTag = crm?.connection?.mergeTag ?? null;
  if (crm === undefined || mergeTag === null) return <NoMergeTag />;
  const link = addMergeTag(pageUrl, mergeTag);
  return (
    <Stack gap="md">
      <TextInput
        label="Page to link to"
        inputMode="url"
        value={pageUrl}
        onChange={(event) => setPageUrl(event.currentTarget.value)}
        error={link === null ? 'Give the full address of a page, such as https://www.example.com/pricing' : null}
      />
      {link !== null && (
        <CodeBlock code={link} label="Merge-tag link" copyWords="Copy link" {...(onCopied === undefined ? {} : { onCopied })} />
      )}
      <Text size="sm" c="dimmed">
        Paste it as the address of a button or link in a {crm.title} e-mail. {crm.title} replaces the part in braces for each recipient.
      </Text>
    </Stack>
  );
}

function NoMergeTag() {
  return (
    <Text c="dimmed">
      Merge tags come from your CRM.{' '}
      <LinkAnchor to="/settings/integrations" underline="always">
        Connect it first
      </LinkAnchor>
      ; the tag is written to every contact and ready to paste here.
    </Text>
  );
}
