import { createSecretKey } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../../domain/clock.js';
import { Refusal } from '../../http/refusal.js';

/** Direct Line 3.0: « expires_in » of a token, in seconds; clients refresh it at half of that. */
export const TOKEN_SECONDS = 1800;
/** A stream URL is followed at once, and may end up in a proxy's log: it is worthless soon after. */
const STREAM_SECONDS = 120;
/** How long after its end a token still proves whose conversation it was, so that a page that slept keeps its history. */
const RESUMABLE_SECONDS = 24 * 3600;

const ALGORITHM = 'HS256';
const ISSUER = 'permanence';

/** What a bearer of a token may do. */
export interface Grant {
  readonly conversationId: string;
  /** The token was made before its conversation, and may open it. */
  readonly mayOpen: boolean;
}

export interface Tokens {
  issue(grant: Grant): Promise<string>;
  /** @throws Refusal `InvalidToken`, `TokenExpired`. */
  read(token: string): Promise<Grant>;
  /** The conversation of a token that is valid or ended less than 24 hours ago; undefined for any other text. */
  readResumable(token: string): Promise<string | undefined>;
  /** For a stream URL: opens one conversation's stream, within two minutes. */
  issueForStream(conversationId: string): Promise<string>;
  /** @throws Refusal `InvalidToken`, `TokenExpired`. */
  readForStream(token: string): Promise<string>;
}

type Audience = 'directline' | 'directline.stream';

export function createTokens(signingKey: Uint8Array, clock: Clock): Tokens {
  const key = createSecretKey(signingKey);

  function sign(audience: Audience, seconds: number, claims: JWTPayload): Promise<string> {
    const now = Math.floor(clock().getTime() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(key);
  }

  async function verify(audience: Audience, token: string, graceSeconds = 0): Promise<Grant> {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience,
        requiredClaims: ['exp', 'conv'],
        currentDate: clock(),
        clockTolerance: graceSeconds,
      });
      if (typeof payload.conv !== 'string') throw new Refusal('InvalidToken');
      return { conversationId: payload.conv, mayOpen: payload.opens === true };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new Refusal(error instanceof errors.JWTExpired ? 'TokenExpired' : 'InvalidToken');
    }
  }

  return {
    issue: ({ conversationId, mayOpen }) =>
      sign('directline', TOKEN_SECONDS, { conv: conversationId, ...(mayOpen && { opens: true }) }),
    read: (token) => verify('directline', token),
    async readResumable(token) {
      try {
        return (await verify('directline', token, RESUMABLE_SECONDS)).conversationId;
      } catch (error) {
        if (error instanceof Refusal) return undefined;
        throw error;
      }
    },
    issueForStream: (conversationId) => sign('directline.stream', STREAM_SECONDS, { conv: conversationId }),
    readForStream: async (token) => (await verify('directline.stream', token)).conversationId,
  };
}
