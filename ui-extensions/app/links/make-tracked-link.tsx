import { Loader, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContactRow } from '#contract/api.ts';
import { contactChoicesQuery } from '../api/queries.ts';
import { wordsOf } from '../api/request.ts';
import { TrackedLinkForm } from './tracked-link-form.tsx';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Combobox.css';

interface MakeTrackedLinkProps {
  readonly startUrl: string;
  readonly onMade?: () => void;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A link for one person: choose them, name the page, copy. */
export function MakeTrackedLink({ startUrl, onMade }: MakeTrackedLinkProps) {
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search === chosen?.label ? '' : search.trim(), 250);
  const contacts = useQuery(contactChoicesQuery(settled));
  const found = (contacts.data?.items ?? []).map((contact) => ({ value: contact.id, label: labelOf(contact) }));
  const choices = chosen === null || found.some(({ value }) => value === chosen.value) ? found : [chosen, ...found];

  if (contacts.data?.items.length === 0 && settled === '') {
    return <Text c="dimmed">No contacts yet. They come in when your CRM is connected.</Text>;
  }
  return (
    <Stack gap="md">
      <Select
        label="Contact"
        placeholder="Search by name, company or e-mail"
        searchable
        data={choices}
        value={chosen?.value ?? null}
        searchValue={search}
        onSearchChange={setSearch}
        onChange={(value) => setChosen(choices.find((choice) => choice.value === value) ?? null)}
        nothingFoundMessage={contacts.isFetching ? 'Searching…' : 'Nobody found'}
        rightSection={contacts.isFetching && settled !== '' ? <Loader size={16} /> : undefined}
        error={contacts.isError ? wordsOf(contacts.error) : null}
        maxDropdownHeight={260}
      />
      {chosen !== null && <TrackedLinkForm key={chosen.value} contactId={chosen.value} startUrl={startUrl} {...(onMade && { onMade })} />}
    </Stack>
  );
}

/** All that the search looks at, so that what is shown narrows at once while the server still searches. */
function labelOf({ name, company, email }: ContactRow): string {
  return [name, company, email].filter(Boolean).join(', ');
}
