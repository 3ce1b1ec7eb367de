/** Names by words: the first rule whose words stand in the text, which is in small letters. */

type Rules<Name extends string> = readonly (readonly [name: Name, words: RegExp])[];

/** One look tells whether any rule can hold, so that a text of which none does costs one search and not one for each. */
export function firstMatch<Name extends string>(rules: Rules<Name>): (text: string) => Name | undefined {
  const any = new RegExp(rules.map(([, words]) => words.source).join('|'));
  return (text) => (any.test(text) ? rules.find(([, words]) => words.test(text))?.[0] : undefined);
}
