/**
 * Puts the text on the clipboard. False when the browser, or the page that the widget is on, allows neither way.
 * @param place where a text box may stand for a moment: what is selected in it is copied.
 */
export async function copyText(text: string, place: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard outside of secure pages, nor in a frame that was not given it.
    return copySelected(text, place);
  }
}

function copySelected(text: string, place: HTMLElement): boolean {
  const box = document.createElement('textarea');
  box.className = 'hidden';
  box.value = text;
  box.readOnly = true;
  place.append(box);
  const focused = (place.getRootNode() as ShadowRoot).activeElement;
  box.select();
  const isCopied = document.execCommand('copy');
  box.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
