import { Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Site } from '#contract/api.ts';
import { rotateSiteKey } from '../api/endpoints.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Copy } from '../parts/copy.tsx';
import { replaceSite } from './replace-site.ts';

/** The public key, and a new one when somebody misuses it. */
export function SiteKey({ site }: { readonly site: Site }) {
  const queryClient = useQueryClient();
  const [rotated, setRotated] = useState(false);
  const rotate = async () => {
    replaceSite(queryClient, await rotateSiteKey(site.id));
    setRotated(true);
  };
  return (
    <section className="ll-card" aria-label="Site key">
      <Title order={2}>Site key</Title>
      <Text c="dimmed" mt={2} mb="md">
        It is public: it names the site, and opens nothing. Change it when somebody sends made-up visits with it.
      </Text>
      <div className="ll-key-line">
        <code className="ll-break">{site.siteKey}</code>
        <Copy text={site.siteKey}>Copy key</Copy>
        <ConfirmButton
          words="New key"
          look={{ leftSection: <IconRefresh size={16} aria-hidden="true" /> }}
          title="Make a new key?"
          confirmWords="Make a new key"
          keepWords="Keep this one"
          onConfirm={rotate}
        >
          <p>The old key is refused at once, on every page of {site.name}:</p>
          <ul>
            <li>No visit is recorded until the new snippet is on the pages, in Tag Manager, Shopify and WordPress as well.</li>
            <li>Pages that visitors or caches still hold send the old key and are not heard.</li>
            <li>Tracked links that are opened in between are not counted.</li>
          </ul>
          <p>Contacts, recordings and links stay as they are. The old key cannot be brought back.</p>
        </ConfirmButton>
      </div>
      <div role="status">
        {rotated && (
          <Text mt="md" className="ll-stale" mb={0}>
            This is the new key. The site is not heard until its pages have the new snippet, which is above.
          </Text>
        )}
      </div>
    </section>
  );
}
