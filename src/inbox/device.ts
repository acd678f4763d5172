/** How a browser is named to the person who uses it. The order counts: Edge says that it is Chrome, Chrome Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];
const WORDS = { on: 'sur', unknownBrowser: 'Navigateur', unknown: 'Appareil inconnu' } as const;

/** « Firefox sur Windows »: enough to tell one's own devices apart, and no more is kept of the header. */
export function deviceOf(userAgent: string | undefined): string {
  const nameIn = (list: typeof BROWSERS): string | undefined => list.find(([mark]) => mark.test(userAgent ?? ''))?.[1];
  const browser = nameIn(BROWSERS);
  const system = nameIn(SYSTEMS);
  if (system === undefined) return browser ?? WORDS.unknown;
  return `${browser ?? WORDS.unknownBrowser} ${WORDS.on} ${system}`;
}
