import { safeHref } from '../shared/autolink.js';

/** What the script tag may say. Everything is optional; a value that cannot be used is as if absent. */
export interface WidgetConfig {
  /** The server's address, with a slash at its end. */
  readonly base: string;
  readonly title: string | undefined;
  /** `#rrggbb` */
  readonly accent: string | undefined;
  readonly quitUrl: string;
  readonly side: 'left' | 'right';
  /** Pixels between the bubble and the window's bottom edge, for pages with a fixed bar there. */
  readonly offset: number;
  readonly opensAtOnce: boolean;
}

const NEUTRAL_PAGE = 'https://www.meteofrance.com';
const LARGEST_OFFSET = 400;

/**
 * @param scriptUrl the address that the script was loaded from.
 * @param data its `data-` attributes, as `dataset` gives them.
 */
export function readWidgetConfig(scriptUrl: string, data: Readonly<Record<string, string | undefined>>): WidgetConfig {
  const quitUrl = safeHref(data.quitUrl ?? '') ?? '';
  const offset = Number(data.offset);
  return {
    base: new URL('.', scriptUrl).href,
    title: data.title?.trim() || undefined,
    accent: /^#[\da-f]{6}$/i.test(data.accent ?? '') ? data.accent : undefined,
    quitUrl: /^https?:/.test(quitUrl) ? quitUrl : NEUTRAL_PAGE,
    side: data.position === 'left' ? 'left' : 'right',
    offset: offset > 0 && offset <= LARGEST_OFFSET ? offset : 0,
    opensAtOnce: data.open !== undefined && data.open !== 'false',
  };
}

/** Black or white, whichever is easier to read on a colour: the better of the two always reaches 4.5:1 (WCAG 1.4.3). */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}
