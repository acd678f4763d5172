/** As the server accepts it. */
const LOGIN = /^[\p{L}\p{N}._@-]{3,60}$/u;

export function isLogin(text: string): boolean {
  return LOGIN.test(text);
}

/** « Jean-Marc Lefèvre » → « jean-marc.lefevre » */
export function suggestLogin(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/[\s'’]+/g, '.')
    .replace(/[^a-z0-9.-]/g, '')
    .slice(0, 60);
}
