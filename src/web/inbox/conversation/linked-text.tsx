import type { ReactNode } from 'react';
import { autolink, safeHref } from '../../shared/autolink.js';
import { typeset } from '../../shared/typeset.js';

/** What somebody wrote: text nodes and links, never markup. A link to elsewhere tells that site nothing of this page. */
export function LinkedText({ text }: { readonly text: string }): ReactNode {
  let place = 0;
  return autolink(text).map(({ text: words, href }) => {
    const key = place;
    place += words.length;
    if (href === undefined) return <span key={key}>{typeset(words)}</span>;
    return (
      <SafeLink key={key} url={href}>
        {words}
      </SafeLink>
    );
  });
}

/** A link of one of the schemes that do no harm; otherwise its words alone. */
export function SafeLink({ url, children }: { readonly url: string; readonly children: ReactNode }): ReactNode {
  const href = safeHref(url, location.origin);
  if (href === undefined) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
