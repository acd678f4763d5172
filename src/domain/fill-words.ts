/**
 * The text with each `{name}` replaced by its value.
 * @throws Error for a variable without a value: a fault of the code, since the data's variables are checked at start-up.
 */
export function fillWords(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`A text needs a variable "${name}"`);
    return value;
  });
}
