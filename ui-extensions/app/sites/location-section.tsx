import type { Location, LocationLevel } from '#contract/api.ts';
import { RadioChoices } from '../parts/choices.tsx';
import { SectionCard } from './site-section.tsx';
import { useSiteSection } from './use-site-section.ts';

const groups = [
  { name: 'contacts', title: 'Visits of contacts' },
  { name: 'anonymous', title: 'All other visits' },
] as const;

const choices: readonly { readonly value: LocationLevel; readonly title: string; readonly words: string }[] = [
  { value: 'off', title: 'Nothing', words: 'No place is kept.' },
  { value: 'country', title: 'Country', words: 'Told by the address of the connection, which itself is never kept.' },
  {
    value: 'city',
    title: 'Country, region and city',
    words: 'Where the location data of this installation knows them; the country alone elsewhere.',
  },
];

/** What is kept of the place that a visit comes from. */
export function LocationSection() {
  const section = useSiteSection<Location>({
    name: 'location',
    read: ({ location }) => location,
    write: (location) => ({ location }),
  });
  return (
    <SectionCard title="Location" intro="Read when a visit begins. Older visits are not filled in." section={section}>
      {groups.map(({ name, title }) => (
        <div key={name} className="ll-section-more">
          <h3>{title}</h3>
          <RadioChoices
            legend={`What is kept: ${title.toLowerCase()}`}
            value={section.draft[name]}
            choices={choices}
            onChange={(level) => section.change({ ...section.draft, [name]: level })}
          />
        </div>
      ))}
    </SectionCard>
  );
}
