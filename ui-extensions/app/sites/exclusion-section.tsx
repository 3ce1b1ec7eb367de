import { exclusion } from '#contract/api.ts';
import { SwitchChoice } from '../parts/choices.tsx';
import { asList, type WordList, wordsOfList } from '../parts/word-list.ts';
import { WordListField } from '../parts/word-list-field.tsx';
import { InternalLinks } from './internal-links.tsx';
import { SectionCard } from './site-section.tsx';
import { useSiteSection } from './use-site-section.ts';

const emailDomain = exclusion.shape.emailDomains.element;

interface Draft {
  readonly members: boolean;
  readonly emailDomains: WordList;
}

/** Whose visits are never kept: the site's own people. */
export function ExclusionSection() {
  const section = useSiteSection<Draft>({
    name: 'exclusion',
    read: ({ exclusion: { members, emailDomains } }) => ({ members, emailDomains: asList(emailDomains) }),
    write: ({ members, emailDomains }) => ({
      exclusion: { members, emailDomains: wordsOfList({ ...emailDomains, typed: withoutAt(emailDomains.typed) }) },
    }),
  });
  const { draft, change } = section;
  return (
    <SectionCard title="Your own visits" intro="They are dropped when they arrive, and never raise a score." section={section}>
      <div className="ll-stacked">
        <SwitchChoice
          title="Leave out members of this workspace"
          words="Visits of people whose address is that of a member."
          checked={draft.members}
          onChange={(members) => change({ ...draft, members })}
        />
        <WordListField
          label="Leave out e-mail domains"
          listLabel="E-mail domains"
          description="Everybody with an address there: your company, an agency."
          placeholder="example.com"
          list={draft.emailDomains}
          onChange={(emailDomains) => change({ ...draft, emailDomains: { ...emailDomains, words: emailDomains.words.map(withoutAt) } })}
          check={(word) => emailDomain.safeParse(withoutAt(word)).error?.issues[0]?.message ?? null}
          problem={section.problemOf('exclusion.emailDomains')}
        />
        <InternalLinks />
      </div>
    </SectionCard>
  );
}

/** People write `@example.com`, or a whole address. */
function withoutAt(word: string): string {
  return word.replace(/[^\s,;@]*@/g, '').toLowerCase();
}
