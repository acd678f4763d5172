/** Markup of our own, which goes into a page as it is. */
export interface Markup {
  readonly markup: string;
}

/**
 * What fills a page. Texts are escaped. A section stands once for `true` or a text, once for each view of a list, and not at
 * all for `false`, `undefined` or an empty list.
 */
export interface View {
  readonly [name: string]: string | boolean | Markup | readonly View[] | undefined;
}

/** A section `<!--#name-->…<!--/name-->`, or `<!--^name-->…<!--/name-->` for what stands in its place where it is left out. */
const SECTION = /<!--([#^])(\w+)-->([\s\S]*?)<!--\/\2-->/g;
const PLACE = /\{\{(\w+)\}\}/g;

/**
 * A page with its sections and its `{{name}}` filled in. Views of a list see what is around them too. Sections of one name
 * are not nested.
 * @throws Error for a name that the view does not have: a fault of the page.
 */
export function fillTemplate(html: string, view: View): string {
  const chosen = html.replace(SECTION, (_, mark: string, name: string, inner: string) =>
    viewsOf(view, name, mark === '^')
      .map((one) => fillTemplate(inner, one))
      .join(''),
  );
  return chosen.replace(PLACE, (_, name: string) => {
    const value = readFrom(view, name);
    if (typeof value === 'string') return escapeHtml(value);
    if (typeof value === 'object' && 'markup' in value) return value.markup;
    throw new Error(`A page needs a variable "${name}"`);
  });
}

function viewsOf(view: View, name: string, isInverse: boolean): readonly View[] {
  const value = readFrom(view, name);
  const views = isList(value) ? value.map((one) => ({ ...view, ...one })) : value ? [view] : [];
  if (!isInverse) return views;
  return views.length > 0 ? [] : [view];
}

function readFrom(view: View, name: string): View[string] {
  if (!Object.hasOwn(view, name)) throw new Error(`A page needs a variable "${name}"`);
  return view[name];
}

function isList(value: View[string]): value is readonly View[] {
  return Array.isArray(value);
}

/** A brace is escaped too, so that no value is taken for a place to be filled. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"'{]/g, (character) => `&#${character.charCodeAt(0)};`);
}
