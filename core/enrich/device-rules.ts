/** Which class of device a User-Agent, in small letters, tells of, once its operating system is known. */
import { firstMatch } from './first-match.ts';

export const deviceClasses = ['desktop', 'mobile', 'tablet', 'tv', 'console', 'wearable', 'bot', 'unknown'] as const;
export type DeviceClass = (typeof deviceClasses)[number];

/** Where the system alone tells; `ipad` and `tablet` are asked of the others. */
const bySystem: Readonly<Record<string, DeviceClass>> = {
  Windows: 'desktop',
  macOS: 'desktop',
  'Chrome OS': 'desktop',
  BSD: 'desktop',
  Xbox: 'console',
  PlayStation: 'console',
  Nintendo: 'console',
  watchOS: 'wearable',
  tvOS: 'tv',
  'Roku OS': 'tv',
};

const phones = new Set([
  'iOS',
  'KaiOS',
  'Windows Phone',
  'Symbian',
  'BlackBerry',
  'HarmonyOS',
  'Sailfish OS',
  'Ubuntu Touch',
  'Firefox OS',
]);

const special = firstMatch<DeviceClass>([
  ['wearable', /wear ?os|\bsm-[rl]\d{3}|watch(?:; |\d| gt| build)|ticwatch|glass 1|oculus|\bquest|\bpico |standalone hmd|gear live/],
  ['desktop', /chromebook/],
  ['console', /nintendo|playstation|\bwii\b|steam deck|aplix_|dreamcast|shield(?= build|\))/],
]);

/** Names of what is connected to a screen on the wall, and of the systems that only such things run. */
const television = firstMatch([
  [
    'tv',
    /smart-?_?tv|hbb_?tv|web0s|webos\.tv|netcast|net_?tv|crkey|google ?tv|\baft\w{1,6}\b|bravia|viera|aquos|opera tv|omi\/\d|netrange/,
  ],
  [
    'tv',
    /android[ _]?tv|mi ?_?tv|mi ?_?box|beyondtv|\batv\d?|nexus player|shield android|\bstb\b|_stb|set-?top|vidaa|large screen|inet ?tv|\btv(?:\b|_|\d)|[a-z\d]tv\b/,
  ],
  [
    'tv',
    /chromecast|tv ?bro|ce-html|\bsraf|espial|freebox|bouygtel|ekioh|loewe|swisscom|brightsign|\btivo\b|maple|wpe\b|dlnadoc|tv[ _-]?box|\bbox\b|tvbox|-box|hisense.*tv|skyworth/,
  ],
  [
    'tv',
    /\((?:unknown; )?linux (?:mips|armv|arm|sh4|aarch64)(?!.*(?:ubuntu|debian|raspb|cros))|opera\/9\.80 \(linux|(?:\bh96|\bx96|\bt9[25]|\bmxq|\bhk1|\ba95x|\btx\d\b|\bm8s|\brk3[0-9]{3}|\bs905|\bqbox|\bdiw\d)/,
  ],
  [
    'tv',
    /(?:; |[-_ ]|led|ultra)(?:1[59]|2[2-48]|3[29]|4[02389]|5[0558]|6[05]|7[057]|8[56])[a-z]{1,6}[-_]?\d|(?:led|lcd|uhd|qled|smart|fhd)[-_ ]?(?:tv|[2-8]\d[a-z])/,
  ],
]);

const tablet = firstMatch([
  [
    'tablet',
    /ipad|tablet|\btab\b|tab[ _-]?[\da-z]?\d|\w*pad(?:\b|[ _-]?\d| (?:pro|air|mini))|kindle|\bkf[a-z]{2,5}\b|xoom|nexus (?:7|9|10)\b|touchpad|playbook/,
  ],
  [
    'tablet',
    /(?:sm-[txp]|gt-p|gt-n8|gt-n5)\d|\btb-?\w*\d{3}|lenovo ?(?:yt|b\d{4}|a[1357]\d{3}|s6000)|yt-?\w?\d{3}|[a-z]{2,4}\d?-w\d{2}\b|\/apad|pixel c\b|at\d{3}\b|ideatab|yoga/,
  ],
]);

const mobile =
  /mobi|phone|midp|j2me|maui|cldc|nokia|brew|up\.browser|profile\/|obigo|netfront|opera m|\bu2\/|ucweb|ucbrowser|dalvik|sm-[afgjns]\d|\bwap\b|wap-?_?browser|polaris|teleca|dolfin|jasmine/;

export function deviceClassOf(text: string, system: string | undefined): DeviceClass {
  const told = bySystem[system ?? ''];
  if (told !== undefined) return told;
  if (system === 'iOS') return text.includes('ipad') ? 'tablet' : 'mobile';
  return special(text) ?? (isTelevision(text, system) ? 'tv' : handHeld(text, system));
}

/** Some names of televisions stand in names of tablets too; only `tv` as a word of its own does not. */
function isTelevision(text: string, system: string | undefined): boolean {
  if (system === 'Tizen' || system === 'webOS') return !/mobile|phone|hpwos|; pre\//.test(text);
  return television(text) !== undefined && (tablet(text) === undefined || /\btv\b/.test(text));
}

/** Android asks for telephones' pages with the word `Mobile`, and for others without it. */
function handHeld(text: string, system: string | undefined): DeviceClass {
  if (tablet(text) !== undefined) return 'tablet';
  if (mobile.test(text) || (system !== undefined && phones.has(system))) return 'mobile';
  if (system === 'Android') return 'tablet';
  return system === undefined ? 'unknown' : 'desktop';
}
