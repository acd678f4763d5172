/** Where the page of a link is; the token stays in the fragment, which no server sees. */
export function linkOf(baseUrl: string, token: string): string {
  return `${baseUrl}/inbox/lien#${token}`;
}
