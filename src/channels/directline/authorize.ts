import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Refusal } from '../../http/refusal.js';
import type { Grant, Tokens } from './tokens.js';

/** Who calls: a site's backend, which knows the secret, or a resident's page, which holds one conversation's token. */
export type Caller = { readonly kind: 'backend' } | ({ readonly kind: 'page' } & Grant);

export interface Authorizer {
  /** @throws Refusal `MissingToken`, `InvalidToken`, `TokenExpired`. */
  caller(request: Request): Promise<Caller>;
  /** @throws Refusal as `caller`, and `WrongConversation`. */
  toConversation(request: Request, conversationId: string): Promise<Caller>;
}

export function createAuthorizer({ tokens, secret }: { tokens: Tokens; secret?: string }): Authorizer {
  async function caller(request: Request): Promise<Caller> {
    const token = bearerOf(request);
    if (token === undefined) throw new Refusal('MissingToken');
    if (secret !== undefined && isSame(token, secret)) return { kind: 'backend' };
    return { kind: 'page', ...(await tokens.read(token)) };
  }

  return {
    caller,
    async toConversation(request, conversationId) {
      const who = await caller(request);
      if (who.kind === 'page' && who.conversationId !== conversationId) throw new Refusal('WrongConversation');
      return who;
    },
  };
}

/** The token of `Authorization: Bearer …` (RFC 6750); undefined without one. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(request.get('authorization') ?? '')?.[1];
}

/** Compares digests, so that neither the length nor the first difference shows in the time taken. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
