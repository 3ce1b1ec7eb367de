import type { SiteConfig } from '#contract/events.ts';
import { SwitchChoice } from '../parts/choices.tsx';
import { SectionCard } from './site-section.tsx';
import { useSiteSection } from './use-site-section.ts';

type Modes = SiteConfig['modes'];

const modes: readonly { readonly key: keyof Modes; readonly title: string; readonly adds: string; readonly means: string }[] = [
  {
    key: 'knownContacts',
    title: 'Known contacts',
    adds: 'Sessions, replays and insight for people who came through one of your links or whom your site identified.',
    means: 'This is personal data that joins your CRM: in Europe it needs consent.',
  },
  {
    key: 'anonymousVisitors',
    title: 'Anonymous visitors',
    adds: 'The same for visitors nobody knows yet. When one becomes known, their earlier visits in this browser join the contact.',
    means: "Every visitor gets an id in their browser and is recorded: in Europe that needs everybody's consent, not your contacts' alone.",
  },
  {
    key: 'siteAnalytics',
    title: 'Site analytics',
    adds: 'Events of every visitor, such as page views and purchases, without replays. Revenue, company visits and experiments need them.',
    means: 'Less is kept, yet an id is stored in the browser: whether that needs consent differs by country.',
  },
];

/** The three tracking modes, each by itself. */
export function ModesSection() {
  const section = useSiteSection<Modes>({
    name: 'modes',
    read: ({ config }) => pick(config.modes),
    write: (draft) => ({ modes: draft }),
  });
  const nothing = Object.values(section.draft).every((on) => !on);
  return (
    <SectionCard
      title="Who is tracked"
      intro="Nothing is collected from anybody else: the snippet asks for these settings, and stops."
      section={section}
    >
      <div className="ll-choices">
        {modes.map(({ key, title, adds, means }) => (
          <SwitchChoice
            key={key}
            title={title}
            words={
              <>
                {adds} <span className="ll-means">{means}</span>
              </>
            }
            checked={section.draft[key]}
            onChange={(on) => section.change({ ...section.draft, [key]: on })}
          />
        ))}
      </div>
      {nothing && <p className="ll-section-note">With all three off, nothing is collected on this site.</p>}
    </SectionCard>
  );
}

/** In the order of the page, whatever order the API answers in. */
function pick({ knownContacts, anonymousVisitors, siteAnalytics }: Modes): Modes {
  return { knownContacts, anonymousVisitors, siteAnalytics };
}
