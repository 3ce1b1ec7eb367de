/** The events of the catalogue that a site may tell by itself, as the contract has them. The build writes these types out for the package. */
import type { EventProps as SentProps } from '../../core/contract/events.ts';
import type { AnnouncedType } from '../../ui-extensions/snippet/catalogue.ts';

/** An amount may be given in major units too: `value: 12.5` is 1250 cents. */
type Given<Props> = Props extends { valueMinor?: number } ? Props & { value?: number } : Props;

export type EventProps = { [Name in AnnouncedType]: Given<SentProps[Name]> };
