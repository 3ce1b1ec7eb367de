/**
 * Device class, browser family, system family and kind of bot, from the User-Agent and the client hints. Remembered by both: real traffic
 * repeats a few thousand of them.
 */
import bowser from 'bowser';
import { boundedMemo } from './bounded-memo.ts';
import { browserOf } from './browser-rules.ts';
import { type BotKind, classifyBot } from './classify-bot.ts';
import { type ClientHints, hintedBrowser, hintedSystem, isHintedHeadless, noHints } from './client-hints.ts';
import { type DeviceClass, deviceClassOf } from './device-rules.ts';
import { systemOf } from './system-rules.ts';

export interface Browser {
  readonly device: DeviceClass;
  /** A family: `Chrome`, `Safari`, `Samsung Internet`, or `unknown`. */
  readonly browser: string;
  /** A family: `Windows`, `iOS`, `Android`, or `unknown`. */
  readonly os: string;
  readonly bot: BotKind | null;
}

/** Longer headers are cut: what comes after tells nothing, and what is searched stays short. */
const longestHeader = 600;
const mostRemembered = 20_000;

export function readBrowser(userAgent: string, hints: ClientHints = noHints): Browser {
  return hints === noHints ? byUserAgent(userAgent) : byBoth(`${hints.brands}\n${hints.mobile}\n${hints.platform}\n${userAgent}`);
}

const byUserAgent = boundedMemo(mostRemembered, (userAgent) => judge(userAgent, noHints));

const byBoth = boundedMemo(mostRemembered, (key) => {
  const [brands = '', mobile = '', platform = '', ...userAgent] = key.split('\n');
  return judge(userAgent.join('\n'), { brands, mobile, platform });
});

function judge(header: string, hints: ClientHints): Browser {
  const userAgent = header.slice(0, longestHeader);
  const text = userAgent.toLowerCase();
  const bot = classifyBot(userAgent) ?? (isHintedHeadless(hints) ? 'automated' : null);
  const os = joinedSystem(systemOf(text), hints);
  const browser = joinedBrowser(browserOf(text), hints);
  const other = (os === undefined || browser === undefined) && bot === null ? askLibrary(userAgent) : undefined;
  return {
    device: isBotDevice(bot, text) ? 'bot' : joinedDevice(deviceClassOf(text, os), os, hints),
    browser: browser ?? other?.browser ?? 'unknown',
    os: os ?? other?.os ?? 'unknown',
    bot,
  };
}

/** A headless browser runs on somebody's machine, which it names; other bots have none that tells of a person. */
function isBotDevice(bot: BotKind | null, text: string): boolean {
  return bot === 'named' || (bot === 'automated' && !text.startsWith('mozilla/'));
}

/** Rare systems say `Linux` or `Android` in the hint. */
function joinedSystem(told: string | undefined, hints: ClientHints): string | undefined {
  const hinted = hintedSystem(hints);
  return hinted !== undefined && (told === undefined || usualSystems.has(told)) ? hinted : told;
}

const usualSystems = new Set(['Windows', 'macOS', 'Linux', 'Android', 'Chrome OS', 'iOS']);

/** A browser that hides its name in the User-Agent names itself in the hint. */
function joinedBrowser(told: string | undefined, hints: ClientHints): string | undefined {
  const looksUsual = told === undefined || told === 'Chrome' || told === 'Chromium';
  return looksUsual ? (hintedBrowser(hints) ?? told) : told;
}

function joinedDevice(told: DeviceClass, os: string | undefined, { mobile }: ClientHints): DeviceClass {
  if (mobile === '?1' && (told === 'desktop' || told === 'tablet' || told === 'unknown')) return 'mobile';
  return mobile === '?0' && os === 'Android' && told === 'desktop' ? 'tablet' : told;
}

/** Knows rare browsers; for what it does not know, it gives back a piece of the header, which may be anything. */
function askLibrary(userAgent: string): { readonly browser: string | undefined; readonly os: string | undefined } | undefined {
  if (userAgent === '') return undefined;
  const { browser, os } = bowser.parse(userAgent);
  return { browser: knownName(browser.name, bowser.BROWSER_MAP), os: knownName(os.name, bowser.OS_MAP) };
}

function knownName(found: string | undefined, names: Readonly<Record<string, string>>): string | undefined {
  return found !== undefined && Object.values(names).includes(found) ? found : undefined;
}
