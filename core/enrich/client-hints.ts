/** What Chromium browsers say of themselves beside the User-Agent: https://wicg.github.io/ua-client-hints/ */

/** The three headers that are sent without being asked for, as they came; '' where there is none. */
export interface ClientHints {
  /** `Sec-CH-UA` */
  readonly brands: string;
  /** `Sec-CH-UA-Mobile`: `?1` or `?0` */
  readonly mobile: string;
  /** `Sec-CH-UA-Platform`: `"Windows"` */
  readonly platform: string;
}

export const noHints: ClientHints = { brands: '', mobile: '', platform: '' };

/** @param header answers '' for what was not sent. */
export function readClientHints(header: (name: string) => string): ClientHints {
  const brands = header('Sec-CH-UA');
  const platform = header('Sec-CH-UA-Platform');
  return brands === '' && platform === ''
    ? noHints
    : { brands: brands.slice(0, 300), mobile: header('Sec-CH-UA-Mobile').slice(0, 4), platform: platform.slice(0, 40) };
}

const families = new Map(
  Object.entries({
    'Microsoft Edge': 'Microsoft Edge',
    'Microsoft Edge WebView2': 'Microsoft Edge',
    Opera: 'Opera',
    'Opera GX': 'Opera',
    'Opera Mobile': 'Opera',
    OperaMobile: 'Opera',
    'Samsung Internet': 'Samsung Internet',
    Brave: 'Brave',
    Vivaldi: 'Vivaldi',
    DuckDuckGo: 'DuckDuckGo',
    YaBrowser: 'Yandex Browser',
    Yowser: 'Yandex Browser',
    Whale: 'Whale',
    CocCoc: 'Coc Coc',
    'Avast Secure Browser': 'Avast Secure Browser',
    HuaweiBrowser: 'Huawei Browser',
    MiuiBrowser: 'MIUI Browser',
    HeyTapBrowser: 'HeyTap Browser',
    UCBrowser: 'UC Browser',
    Quark: 'Quark',
    'Amazon Silk': 'Amazon Silk',
    'Google Chrome': 'Chrome',
    HeadlessChrome: 'Chrome',
    'Android WebView': 'Chrome',
  }),
);

/** The browser's own name among its brands; invented ones, such as `Not A;Brand`, and `Chromium`, which all of them say, are nobody's. */
export function hintedBrowser({ brands }: ClientHints): string | undefined {
  if (brands === '') return undefined;
  const found = [...brands.matchAll(/"([^"]*)"\s*;\s*v=/g)].flatMap(([, brand = '']) => families.get(brand) ?? []);
  return found.find((family) => family !== 'Chrome') ?? found[0];
}

export function isHintedHeadless({ brands }: ClientHints): boolean {
  return brands.includes('HeadlessChrome');
}

const systems = new Map(
  Object.entries({
    windows: 'Windows',
    macos: 'macOS',
    'mac os x': 'macOS',
    android: 'Android',
    linux: 'Linux',
    'chrome os': 'Chrome OS',
    'chromium os': 'Chrome OS',
    ios: 'iOS',
  }),
);

export function hintedSystem({ platform }: ClientHints): string | undefined {
  return platform === '' ? undefined : systems.get(platform.replaceAll('"', '').toLowerCase());
}
