import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Site } from '#contract/api.ts';
import { changeSite } from '../api/endpoints.ts';
import { wordsOf } from '../api/request.ts';
import { LinkAnchor } from '../parts/router-links.tsx';
import { replaceSite } from '../sites/replace-site.ts';

/** The one choice about consent that has to be made before the snippet is pasted; saved at once. */
export function ConsentLine({ site }: { readonly site: Site }) {
  const queryClient = useQueryClient();
  const choosing = useMutation({
    mutationFn: (asks: boolean) => changeSite(site.id, { consent: asks ? 'european' : 'never' }),
    onSuccess: (changed) => replaceSite(queryClient, changed),
  });
  const { consent } = site.config;
  const asks = choosing.isPending ? choosing.variables : consent !== 'never';
  return (
    <div className="ll-consent-line">
      {consent === 'always' ? (
        <span>Every visitor is asked first.</span>
      ) : (
        <label>
          <input type="checkbox" checked={asks} onChange={(event) => choosing.mutate(event.currentTarget.checked)} />
          <span>
            Ask visitors from the EU, EEA, UK and Switzerland first <em>(recommended)</em>
          </span>
        </label>
      )}
      <LinkAnchor to="/settings/sites/$siteId/tracking" params={{ siteId: site.id }} size="sm" underline="always">
        Who asks, and why
      </LinkAnchor>
      {choosing.isError && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          Not saved. {wordsOf(choosing.error)}
        </Text>
      )}
    </div>
  );
}
