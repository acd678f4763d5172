/** How the widget keeps clear of the window's edges, of other fixed bars, and of a phone's keyboard. */

/** Lifts the bubble over a bar fixed to the bottom of the page (cookies, navigation). Returns how to stop. */
export function watchObstructions(host: HTMLElement, root: HTMLElement): () => void {
  let isDue = false;
  function look(): void {
    isDue = false;
    root.style.setProperty('--lift', `${obstructedHeight(host, root)}px`);
  }
  function schedule(): void {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(look);
  }
  const observer = new MutationObserver(schedule);
  observer.observe(document.body, { childList: true, attributes: true, attributeFilter: ['class', 'style', 'hidden'] });
  addEventListener('resize', schedule);
  addEventListener('load', schedule);
  document.addEventListener('click', schedule);
  schedule();
  return () => {
    observer.disconnect();
    removeEventListener('resize', schedule);
    removeEventListener('load', schedule);
    document.removeEventListener('click', schedule);
  };
}

/**
 * A phone's keyboard covers the page without making it smaller: the visible part is what `visualViewport` tells, and
 * the full-screen panel takes exactly that. Returns how to stop.
 */
export function watchVisibleHeight(root: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const measure = (): void => {
    // Zoomed in by hand, the visible part is smaller on purpose: the reader moves around in it.
    const isZoomed = viewport.scale > 1.01;
    root.style.setProperty('--visible-height', isZoomed ? '100dvh' : `${viewport.height}px`);
    root.style.setProperty('--visible-top', isZoomed ? '0px' : `${viewport.offsetTop}px`);
  };
  viewport.addEventListener('resize', measure);
  viewport.addEventListener('scroll', measure);
  measure();
  return () => {
    viewport.removeEventListener('resize', measure);
    viewport.removeEventListener('scroll', measure);
  };
}

/** Looks where the bubble would be without a lift, for a wide element fixed to the window's bottom. */
function obstructedHeight(host: HTMLElement, root: HTMLElement): number {
  const isLeft = root.dataset.side === 'left';
  const x = isLeft ? 40 : innerWidth - 40;
  for (const element of document.elementsFromPoint(x, innerHeight - 20)) {
    const bar = element === host ? undefined : fixedAncestor(element);
    if (!bar) continue;
    const { top, bottom, width, height } = bar.getBoundingClientRect();
    const isBar = bottom >= innerHeight - 1 && width > innerWidth / 3 && height < innerHeight / 2;
    if (isBar) return Math.round(innerHeight - top);
  }
  return 0;
}

function fixedAncestor(element: Element): Element | undefined {
  for (let one: Element | null = element; one; one = one.parentElement) {
    if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return one;
  }
  return undefined;
}
