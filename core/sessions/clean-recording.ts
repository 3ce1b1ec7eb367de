/** Cleans recording chunks as they come in: the browser masked them already, but anybody may post a forged one. */

import { fieldMask } from '#contract/recording.ts';
import { type RecordedEvent, type RecordedIncrement, recordedEvent } from '#contract/recording-events.ts';
import { cleanAttributeChange } from './clean-attributes.ts';
import { type Cleaning, type CleaningRules, cleanStyle, cleanText, isProse, startCleaning } from './clean-state.ts';
import { cleanTree } from './clean-tree.ts';
import { joinTexts } from './join-texts.ts';

export interface CleanedRecording {
  readonly events: readonly RecordedEvent[];
  /** What was caught, by kind: `email`, `card`, … of the detectors, `field` (a field's text), `markup` (what could run or fetch), `url`. */
  readonly caught: Readonly<Record<string, number>>;
  /** The same by the scrubbed address of the page; '' before the first event that names one. */
  readonly caughtOn: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Cleans one tab chunk by chunk, in order: what a later chunk does to a field is known only from the snapshot in an earlier one. */
export interface RecordingCleaner {
  clean(events: readonly unknown[]): RecordedEvent[];
  /** Since it was opened. */
  caught(): Readonly<Record<string, number>>;
  caughtOn(): CleanedRecording['caughtOn'];
}

/**
 * Keeps what the allow-lists of the contract name, scrubs every text, masks every field, and drops events that are none. `allowedKeys` are
 * the query keys that the site keeps in addresses. Never throws; cleaning twice changes nothing.
 */
export function cleanRecordingEvents(events: readonly unknown[], allowedKeys: readonly string[] = []): CleanedRecording {
  const cleaner = openCleaner(allowedKeys);
  return { events: cleaner.clean(events), caught: cleaner.caught(), caughtOn: cleaner.caughtOn() };
}

/** As `cleanRecordingEvents`, for a stream of chunks. `sheet` puts a stylesheet's text where its hash stands. */
export function openCleaner(allowedKeys: readonly string[] = [], sheet?: CleaningRules['sheet']): RecordingCleaner {
  const cleaning = startCleaning({ allowedKeys, sheet });
  return {
    clean: (events) =>
      events.flatMap((raw) => {
        const parsed = recordedEvent.safeParse(raw);
        const event = parsed.success ? cleanEvent(parsed.data, cleaning) : null;
        return event === null ? [] : [event];
      }),
    caught: () => sumUp(cleaning.caught),
    caughtOn: () => cleaning.caught,
  };
}

function sumUp(caughtOn: CleanedRecording['caughtOn']): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [kind, times] of [...caughtOn.values()].flatMap((caught) => [...caught])) sum[kind] = (sum[kind] ?? 0) + times;
  return sum;
}

function cleanEvent(event: RecordedEvent, cleaning: Cleaning): RecordedEvent | null {
  if (event.type === 3) {
    const data = cleanIncrement(event.data, cleaning);
    return data === null ? null : { ...event, data };
  }
  if (event.type === 4) return { ...event, data: { ...event.data, href: cleaning.enter(event.data.href) } };
  if (event.type !== 2) return { ...event, data: {} };
  cleaning.forget();
  const node = cleanTree(event.data.node, { parentId: null, beforeId: null }, cleaning);
  joinTexts(cleaning.mirror, cleaning.note);
  return node === null ? null : { ...event, data: { ...event.data, node } };
}

function cleanIncrement(data: RecordedIncrement, cleaning: Cleaning): RecordedIncrement | null {
  switch (data.source) {
    case 0:
      return cleanMutation(data, cleaning);
    case 5:
      return { ...data, text: data.text === '' ? '' : cleaning.mask(data.text, fieldMask), isChecked: false };
    case 8:
      return cleanRules(data, cleaning);
    case 13:
      return cleanDeclaration(data, cleaning);
    case 15:
      return {
        ...data,
        ...(data.styles && { styles: data.styles.map((style) => ({ ...style, rules: cleanAdded(style.rules, cleaning) })) }),
      };
    default:
      return data;
  }
}

type Increment<Source> = Extract<RecordedIncrement, { source: Source }>;

function cleanRules(data: Increment<8>, cleaning: Cleaning): Increment<8> {
  return {
    ...data,
    ...(data.adds && { adds: cleanAdded(data.adds, cleaning) }),
    ...(data.replace !== undefined && { replace: cleanStyle(data.replace, cleaning) }),
    ...(data.replaceSync !== undefined && { replaceSync: cleanStyle(data.replaceSync, cleaning) }),
  };
}

function cleanDeclaration({ set, ...data }: Increment<13>, cleaning: Cleaning): Increment<13> {
  if (set === undefined || cleaning.scrub(set.property) !== set.property) return data;
  return { ...data, set: { ...set, value: set.value === null ? null : cleanStyle(set.value, cleaning) } };
}

function cleanAdded<Rule extends { readonly rule: string }>(rules: readonly Rule[], cleaning: Cleaning): Rule[] {
  return rules.map((added) => ({ ...added, rule: cleanStyle(added.rule, cleaning) }));
}

function cleanMutation(data: Increment<0>, cleaning: Cleaning): Increment<0> {
  for (const { id } of data.removes) cleaning.mirror.remove(id);
  const adds = data.adds.flatMap((add) => {
    const node = cleanTree(add.node, { parentId: add.parentId, beforeId: add.nextId }, cleaning);
    return node === null ? [] : [{ ...add, node }];
  });
  const texts = data.texts.map((text) => cleanChangedText(text, cleaning));
  const { earlier } = joinTexts(cleaning.mirror, cleaning.note);
  return {
    ...data,
    adds,
    texts: [...texts, ...earlier],
    attributes: data.attributes.map((change) => ({ ...change, attributes: cleanAttributeChange(change, cleaning) })),
  };
}

function cleanChangedText({ id, value }: Increment<0>['texts'][number], cleaning: Cleaning): Increment<0>['texts'][number] {
  const text = { id, value: value === null ? null : cleanText(value, id, cleaning) };
  const holder = {
    write: (clean: string) => {
      text.value = clean;
    },
  };
  if (text.value !== null && isProse(id, cleaning)) cleaning.mirror.setText(id, text.value, holder);
  return text;
}
