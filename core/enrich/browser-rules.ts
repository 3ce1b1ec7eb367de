/** Which words of a User-Agent, in small letters, name the browser. Most of them also call themselves Chrome or Safari: they stand first. */
import { firstMatch } from './first-match.ts';

/** Pages that an app shows inside itself are the app's, not those of the browser it borrows. */
const inApps = firstMatch([
  ['Facebook', /\bfb(?:an|av|_iab|sv)\b/],
  ['Instagram', /instagram /],
  ['LinkedIn', /linkedinapp/],
  ['TikTok', /musical_ly|bytedancewebview|\btrill_|tiktok/],
  ['Snapchat', /snapchat/],
  ['Pinterest', /pinterest\//],
  ['X', /twitter for |twitterandroid/],
  ['WeChat', /micromessenger/],
  ['Line', /\bline\/\d/],
  ['KakaoTalk', /kakaotalk/],
  ['Google Search App', /\bgsa\//],
]);

const named = firstMatch([
  ['Microsoft Edge', /\bedg(?:e|a|ios|w)?\//],
  ['Yandex Browser', /yabrowser|yowser|yaapp_|yasearchbrowser|yasearchapp|yandexsearch/],
  ['UC Browser', /uc ?browser|ucweb|ubrowser|ucturbo/],
  ['Opera', /\bopr\/|\bopt\/|\bopx\/|opios|oprgx|opera|\bodin\/|oupeng/],
  ['Samsung Internet', /^(?!.*oculusbrowser).*samsungbrowser/],
  ['Meta Quest Browser', /oculusbrowser/],
  ['QQ Browser', /qqbrowser|\bqq\/|qzone\//],
  ['MIUI Browser', /miuibrowser|xiaomi\/mi/],
  ['Huawei Browser', /huaweibrowser|hbpc\//],
  ['Vivo Browser', /vivobrowser/],
  ['HeyTap Browser', /heytapbrowser/],
  ['Amazon Silk', /\bsilk\/|silk-accelerated/],
  ['Vivaldi', /vivaldi/],
  ['Brave', /\bbrave\b/],
  ['DuckDuckGo', /duckduckgo|\bddg\//],
  ['Whale', /\bwhale\//],
  ['Quark', /\bquark\//],
  ['Coc Coc', /coc_coc_browser/],
  ['Puffin', /puffin/],
  ['Maxthon', /maxthon|mxbrowser|\bmxnitro/],
  ['Sogou Explorer', /metasr|sogoumobilebrowser|sogoumse/],
  ['Baidu Browser', /baidubrowser|bidubrowser|baiduboxapp|bdbrowser/],
  ['360 Browser', /qihu|360 ?(?:se|ee|browser|aphone)\b|qhbrowser/],
  ['Ecosia', /\becosia/],
  ['Avast Secure Browser', /\bavast\//],
  ['SeaMonkey', /seamonkey|iceape/],
  ['Pale Moon', /palemoon/],
  ['Waterfox', /waterfox/],
  ['Epiphany', /epiphany/],
  ['Konqueror', /konqueror/],
  ['Firefox', /(?:firefox|fxios|focus|klar|fennec|minefield|iceweasel|icecat)\//],
  ['Internet Explorer', /msie |trident\/|iemobile/],
  ['Nokia Browser', /nokiabrowser|browserng|s40ovibrowser/],
  ['BlackBerry Browser', /blackberry|\bbb10\b|playbook/],
]);

const usual = firstMatch([
  ['Chromium', /\bchromium\//],
  ['Chrome', /chrome\/|crios|crmo\//],
  ['Android Browser', /dalvik|andr[o0]id.*(?:applewebkit|version\/\d)|linux; u; .*version\/\d.*mobile safari/],
  [
    'Safari',
    /(?:iphone|ipad|ipod|macintosh|mac os x).*applewebkit|applewebkit.*version\/[\d.]+.*safari\/|^(?:mobile)?safari\/|windows.*applewebkit.*version\/.*safari/,
  ],
]);

/** The family of the browser; undefined where no rule knows it. */
export function browserOf(text: string): string | undefined {
  return inApps(text) ?? named(text) ?? usual(text);
}
