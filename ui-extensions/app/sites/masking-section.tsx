import type { SiteConfig } from '#contract/events.ts';
import { RadioChoices } from '../parts/choices.tsx';
import { SectionCard } from './site-section.tsx';
import { useSiteSection } from './use-site-section.ts';

type Text = SiteConfig['masking']['text'];

/** How much of a page's text a replay shows, and the attributes that say otherwise for a part of it. */
export function MaskingSection() {
  const section = useSiteSection<Text>({
    name: 'masking',
    read: ({ config }) => config.masking.text,
    write: (text) => ({ masking: { text } }),
  });
  return (
    <SectionCard
      title="Masking in replays"
      intro="What people type, choose or have filled in is never recorded, in either mode."
      section={section}
    >
      <RadioChoices
        legend="Text of the page"
        value={section.draft}
        onChange={section.change}
        choices={[
          {
            value: 'visible',
            title: 'Text is visible',
            words: 'E-mail addresses, phone, card and account numbers, keys and whatever was typed on the page are taken out of it.',
          },
          { value: 'masked', title: 'All text is masked', words: 'Replays show the layout, and text only where you reveal it.' },
        ]}
      />
      <MaskingAttributes />
    </SectionCard>
  );
}

function MaskingAttributes() {
  return (
    <div className="ll-section-more">
      <h3>For parts of a page</h3>
      <p>Known patterns are found by themselves; names and other personal words are not. Mark those in your templates:</p>
      <dl className="ll-attributes">
        <dt>
          <code>data-ll-mask</code>
        </dt>
        <dd>
          Hides the text and images of an element and of all in it: <code>{'<p data-ll-mask>Dear Ada,</p>'}</code>
        </dd>
        <dt>
          <code>data-ll-block</code>
        </dt>
        <dd>
          Leaves an empty box of the same size: <code>{'<section data-ll-block>…</section>'}</code>
        </dd>
        <dt>
          <code>data-ll-unmask</code>
        </dt>
        <dd>
          Shows text where all text is masked, never fields: <code>{'<nav data-ll-unmask>…</nav>'}</code>
        </dd>
      </dl>
    </div>
  );
}
