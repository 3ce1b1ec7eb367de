import type { SiteConfig } from '#contract/events.ts';
import { RadioChoices } from '../parts/choices.tsx';
import { Mark } from '../parts/marks.tsx';
import { useSite } from './site-context.ts';
import { SectionCard } from './site-section.tsx';
import { useSiteSection } from './use-site-section.ts';

type Consent = SiteConfig['consent'];

/** Who is asked before anything is stored. */
export function ConsentSection() {
  const { site } = useSite();
  const section = useSiteSection<Consent>({
    name: 'consent',
    read: ({ config }) => config.consent,
    write: (consent) => ({ consent }),
  });
  return (
    <SectionCard
      title="Consent"
      intro="Until a visitor who has to be asked agrees, nothing is stored in their browser and nothing is sent."
      section={section}
    >
      <RadioChoices
        legend="Who has to agree first"
        value={section.draft}
        onChange={section.change}
        choices={[
          { value: 'never', title: 'Nobody', words: 'Every visitor is tracked as set above without being asked.' },
          { value: 'european', title: <EuropeanTitle />, words: <EuropeanWords /> },
          { value: 'always', title: 'Everybody', words: 'Whatever country a visitor comes from.' },
        ]}
      />
      {section.draft === 'never' && site.config.modes.anonymousVisitors && (
        <p className="ll-section-note">Anonymous visitors are on: people nobody knows are recorded without being asked.</p>
      )}
      <ConsentManagers />
    </SectionCard>
  );
}

function EuropeanTitle() {
  return (
    <>
      Visitors from the EU, EEA, UK and Switzerland <Mark tone="good">Recommended</Mark>
    </>
  );
}

function EuropeanWords() {
  return (
    <>
      Told by the time zone of the browser. Recording an identified contact and joining it to a CRM fits neither the French nor the British
      exemption for analytics, so consent is needed there.
    </>
  );
}

const managers = [
  { name: 'IAB TCF v2', reads: 'purposes 1 and 8' },
  { name: 'Google Consent Mode v2', reads: 'updates of analytics_storage' },
  { name: 'Cookiebot', reads: 'statistics' },
  { name: 'OneTrust', reads: 'group C0002' },
];

function ConsentManagers() {
  return (
    <div className="ll-section-more">
      <h3>How visitors agree</h3>
      <p>Leadlight shows no banner of its own. It understands the answer of these consent managers by itself:</p>
      <ul>
        {managers.map(({ name, reads }) => (
          <li key={name}>
            <strong>{name}</strong>, {reads}
          </li>
        ))}
      </ul>
      <p>
        With another one, call <code>leadlight.consent(true)</code> when a visitor agrees and <code>leadlight.consent(false)</code> when
        they decline: that also erases what was stored. What a visitor chose goes before this setting, and Global Privacy Control is always
        honoured.
      </p>
    </div>
  );
}
