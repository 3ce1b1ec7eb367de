import { asList, type WordList, wordsOfList } from '../parts/word-list.ts';
import { WordListField } from '../parts/word-list-field.tsx';
import { SectionCard } from './site-section.tsx';
import { useSiteSection } from './use-site-section.ts';

/** The addresses that the snippet may send from. */
export function SiteDomains() {
  const section = useSiteSection<WordList>({
    name: 'domains',
    read: (site) => asList(site.origins),
    write: (list) => ({ origins: wordsOfList(list) }),
  });
  return (
    <SectionCard
      title="Domains"
      intro="Visits are taken from these addresses alone, so that nobody else can use your key. What was recorded on a domain you take out stays."
      section={section}
    >
      <WordListField
        label="Add a domain"
        listLabel="Domains"
        description="“example.com” stands for www.example.com as well; with https:// before it, for itself alone."
        placeholder="shop.example.com"
        list={section.draft}
        onChange={section.change}
        check={(word) => (looksLikeAddress(word) ? null : `“${word}” is not an address. Give a domain such as shop.example.com`)}
        problem={section.problemOf('origins')}
        keepOne
      />
    </SectionCard>
  );
}

/** Only what can be no address is refused here; the API decides about the rest. */
function looksLikeAddress(word: string): boolean {
  const address = word.includes('://') ? word : `https://${word}`;
  if (!URL.canParse(address)) return false;
  const { hostname, protocol } = new URL(address);
  return /^https?:$/.test(protocol) && (hostname.includes('.') || hostname === 'localhost');
}
