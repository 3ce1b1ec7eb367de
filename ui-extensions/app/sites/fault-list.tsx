import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { faultsQuery } from '../api/queries.ts';
import { wordsOf } from '../api/request.ts';
import { tellAgo, tellCount } from '../parts/words.ts';

/** Errors of the snippet itself, told by some of the browsers. */
export function FaultList({ siteId }: { readonly siteId: string }) {
  const query = useQuery(faultsQuery(siteId));
  const faults = query.data?.items;
  return (
    <section className="ll-card" aria-label="Errors of the snippet">
      <Title order={2}>Errors of the snippet</Title>
      <Text size="sm" c="dimmed" mt={2}>
        Your visitors never notice them. Some browsers report them, at most one a page; give them to whoever runs Leadlight.
      </Text>
      {query.isPending && <Skeleton height={40} mt="md" />}
      {query.isError && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" mt="sm">
          {wordsOf(query.error)}
        </Text>
      )}
      {faults?.length === 0 && (
        <Text size="sm" mt="sm">
          None were reported.
        </Text>
      )}
      {faults !== undefined && faults.length > 0 && (
        <ul className="ll-plain-list ll-faults">
          {faults.map(({ where, message, browser, count, lastAt }) => (
            <li key={`${where} ${message} ${browser}`}>
              <code className="ll-break">{message}</code>
              <Text size="xs" c="dimmed">
                {[where, browser, tellCount(count, 'time'), tellAgo(lastAt, Date.now())].filter(Boolean).join(' · ')}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
