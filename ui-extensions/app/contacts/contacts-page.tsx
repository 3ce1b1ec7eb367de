import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { contactsQuery } from '../api/queries.ts';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { ContactTable } from './contact-table.tsx';
import { ContactsSkeleton } from './contacts-skeleton.tsx';
import { NoContacts } from './no-contacts.tsx';
import './contacts.css';

const route = getRouteApi('/signed-in/contacts');

export function ContactsPage() {
  const { q = '', sort = 'score' } = route.useSearch();
  const contacts = useInfiniteQuery(contactsQuery(q, sort));
  const rows = contacts.data?.pages.flatMap((page) => page.items);
  return (
    <div className="ll-page">
      <PageHeader title="Contacts" intro="People you know, by how much they want to buy." />
      <ContactFilters q={q} sort={sort} />
      {contacts.isPending && <ContactsSkeleton />}
      {contacts.isError && rows === undefined && (
        <LoadError what="The contacts" error={contacts.error} onRetry={() => void contacts.refetch()} />
      )}
      {contacts.isError && rows !== undefined && <StaleNote error={contacts.error} />}
      {rows?.length === 0 && <NoContacts q={q} />}
      {rows !== undefined && rows.length > 0 && <ContactTable rows={rows} fading={contacts.isPlaceholderData} />}
      {contacts.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void contacts.fetchNextPage()} loading={contacts.isFetchingNextPage}>
          Load more
        </Button>
      )}
    </div>
  );
}

interface ContactFiltersProps {
  readonly q: string;
  readonly sort: 'score' | 'lastSeen';
}

function ContactFilters({ q, sort }: ContactFiltersProps) {
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(q);
  const search = useDebouncedCallback(
    (value: string) => navigate({ search: (before) => ({ ...before, q: value.trim() || undefined }), replace: true }),
    250,
  );
  const chooseSort = (value: string) =>
    navigate({ search: (before) => ({ ...before, sort: value === 'lastSeen' ? 'lastSeen' : undefined }), replace: true });
  return (
    <div className="ll-filters">
      <TextInput
        type="search"
        aria-label="Search contacts"
        placeholder="Search by name, e-mail or company"
        leftSection={<IconSearch size={17} aria-hidden="true" />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <NativeSelect
        aria-label="Sort by"
        value={sort}
        data={[
          { value: 'score', label: 'Highest score first' },
          { value: 'lastSeen', label: 'Last seen first' },
        ]}
        onChange={(event) => chooseSort(event.currentTarget.value)}
      />
    </div>
  );
}
