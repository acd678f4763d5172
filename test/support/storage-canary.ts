/** A text that no database holds by chance. */
export const CANARY = 'Canari-7431-ÉÀ';

/** The forms in which a text may lie in a file without being sealed. */
export function formsOf(text: string): readonly Buffer[] {
  const hex = Buffer.from(text).toString('hex');
  // Base64 shows a text in one of three ways, by where it starts; the ends depend on its neighbours.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from('-'.repeat(shift) + text)
      .toString('base64')
      .slice(4, -4),
  );
  return [text, 'Canari-7431', text.normalize('NFD'), hex, ...base64]
    .map((form) => Buffer.from(form))
    .concat(Buffer.from(text, 'utf16le'));
}
