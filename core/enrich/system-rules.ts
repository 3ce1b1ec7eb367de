/** Which words of a User-Agent, in small letters, name its operating system. What pretends to be another one stands before it. */
import { firstMatch } from './first-match.ts';

const rare = firstMatch([
  ['Windows Phone', /windows (?:phone|mobile|ce)|iemobile|xblwp7|zunewp7|windowsce|wpdesktop/],
  ['Xbox', /xbox/],
  ['PlayStation', /playstation|\bpsp\b/],
  ['Nintendo', /nintendo/],
  ['HarmonyOS', /harmony ?os|openharmony|arkweb/],
  ['KaiOS', /kaios/],
  ['Tizen', /tizen/],
  ['watchOS', /watch ?os|apple ?watch|\bwatch\d,/],
  ['tvOS', /apple ?tv|tvos/],
  ['webOS', /web[o0]s|hpwos/],
  ['Roku OS', /\broku/],
  ['Sailfish OS', /sailfish/],
  ['Ubuntu Touch', /ubuntu; (?:mobile|tablet)/],
  ['BlackBerry', /blackberry|\bbb10\b|\brim tablet|playbook/],
  ['Symbian', /symb(?:ian|os)|series ?[346]0|s60\b/],
  ['Firefox OS', /^mozilla\/5\.0 \((?:mobile|tablet|tv);.* rv:\d.*\) gecko/],
  ['Fuchsia', /fuchsia/],
  ['Chrome OS', /\bcros\b/],
  ['BSD', /(?:free|open|net)bsd|dragonfly/],
]);

const usual = firstMatch([
  ['iOS', /\b(?:iphone|ipad|ipod)|\bios\b|\(iph\d|\bdv\(ip/],
  [
    'Android',
    /andr[o0]id|diordna|\badr \d|linux; u; \d|dalvik|fban\/fb4a|\bokhttp|amazon;aft|smarttv_aft|; kf[a-z]{2,6} build|\bquest|\bpico /,
  ],
  ['Windows', /windows|\bwin(?:32|64|9[58]|nt|xp|\d{1,2} x64)\b|winnt/],
  ['macOS', /macintosh|mac ?os|mac_powerpc|\bmac\b|darwin.*(?:x86_64|i386|power)/],
  ['iOS', /cfnetwork\/.*darwin/],
  ['macOS', /darwin/],
  ['Linux', /linux|ubuntu|x11;|wayland|\btizen/],
]);

/** The family of the operating system; undefined where no rule knows it. */
export function systemOf(text: string): string | undefined {
  return rare(text) ?? usual(text);
}
