import { siteChange } from '#contract/api.ts';
import { asList, type WordList, wordsOfList } from '../parts/word-list.ts';
import { WordListField } from '../parts/word-list-field.tsx';
import { SectionCard } from './site-section.tsx';
import { useSiteSection } from './use-site-section.ts';

const queryKey = siteChange.shape.queryKeys.unwrap().element;

/** Which query keys stay in stored addresses. */
export function AddressesSection() {
  const section = useSiteSection<WordList>({
    name: 'addresses',
    read: ({ config }) => asList(config.queryKeys),
    write: (list) => ({ queryKeys: wordsOfList(list) }),
  });
  return (
    <SectionCard
      title="Addresses"
      intro="Page addresses are stored without what follows the question mark. Campaign tags (utm_…) stay; of an ad click, only from which network it came."
      section={section}
    >
      <WordListField
        label="Query keys that stay as well"
        listLabel="Query keys"
        description="In example.com/?plan=team the key is “plan”. Name only keys whose values say nothing about a person."
        placeholder="plan"
        list={section.draft}
        onChange={section.change}
        check={(word) => queryKey.safeParse(word).error?.issues[0]?.message ?? null}
        problem={section.problemOf('queryKeys')}
      />
    </SectionCard>
  );
}
