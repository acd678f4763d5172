import type { Author } from '../../src/domain/message.js';

/** What the first released format of the storage held, sealed then, under the tests' key. Never to be made anew. */
export interface Version1 {
  readonly keyCheck: Buffer;
  readonly conversations: readonly Version1Conversation[];
}

interface Version1Conversation {
  readonly id: string;
  readonly channel: string;
  readonly rev: number;
  readonly lastSeq: number;
  readonly status: string;
  readonly addressHash: string;
  readonly address: Buffer | null;
  readonly dialogState: Buffer;
  readonly createdAt: Date;
  readonly lastMessageAt: Date;
  readonly messages: readonly {
    readonly seq: number;
    readonly externalHash: string;
    readonly author: Author;
    readonly at: Date;
    readonly sealed: Buffer;
  }[];
}

export const VERSION_1: Version1 = {
  keyCheck: bytes('AfhyTmX84v2EBpZe66QjpiEguH6VxtQRVISo4EQMZgOY5IJN0EIH'),
  conversations: [
    {
      id: 'v1-web',
      channel: 'directline',
      rev: 2,
      lastSeq: 3,
      status: 'bot',
      addressHash: 'id:v1-web',
      address: null,
      dialogState: bytes('AR1RxTXV5LivCg7KB8YZbfVNRK2ISnrLhoMb3xPTiqwhO2FikuBeGzpwo9IsAqTmCByoRuao3ItgioFWapwx'),
      createdAt: new Date('2026-03-01T14:00:00.000Z'),
      lastMessageAt: new Date('2026-03-03T14:00:00.000Z'),
      messages: [
        {
          seq: 1,
          externalHash: 'KNFiL9yxqvC5jchRJAz1rjYBi9hXWPEEdj-xAXoQVh8',
          author: 'bot',
          at: new Date('2026-03-01T14:00:00.000Z'),
          sealed: bytes(
            'AVu2hKUGR8oXaF29bS1yvbdcvHpvvqCxFaQBevC9C6Vcu4335t30TO9uJCe0W0nW7mdotCcMsRgOteVieSDCpfZwcotYsU7ym67VCs9iwY6Kih72nf1D2UBUYZEfPQ==',
          ),
        },
        {
          seq: 2,
          externalHash: 'vnbNg9sycJLVx1HkmHFyi1vb2lCThZjOISrPmUCikBs',
          author: 'resident',
          at: new Date('2026-03-02T14:00:00.000Z'),
          sealed: bytes(
            'AYwSBxgVfo6bzTJR9TG3AhyxqH4SNi8oD3AlNtWp8xYb8znwSv8ftdOA3bSELJLsuJ5hBAbmDzhzKW4z4bT+GJirF/ZzPeWYZE3yOBmqbyX5PRe+QpIiQngWwJnJ9HPUS/y8zTy6v7bzQfP+dTrWT6rNM0b/+JP/zjgLmg==',
          ),
        },
        {
          seq: 3,
          externalHash: '0Ri4ZWmRE_ZwE8KZMFjZtpujrmQP6JC7xMGwMxEQrVY',
          author: 'bot',
          at: new Date('2026-03-03T14:00:00.000Z'),
          sealed: bytes(
            'ARwxx2mxrY7gP/GnVZnE2LqbDmafLs/058Jr1Sj+URIhPjZsgBD1CeMUGjp/Jv46NyVt8H0ztsIdk4pVeS1SbgFpQOoxBkGee4ECEAce3UPV94j/t84RwCnQKeNS8n35KbcZ4RuHq2Yce/o=',
          ),
        },
      ],
    },
    {
      id: 'v1-telegram',
      channel: 'telegram',
      rev: 0,
      lastSeq: 1,
      status: 'bot',
      addressHash: 's-TDBBi7wuCrqqui5-Rph7nAuaiavo8-NqKnKrq4JG8',
      address: bytes('AaKW0OCZjbSLfMwJCUkXmOn4igcqsM2kGJxv/UpMnqeYDLRiis1HcWzPEViP/yuMzP5MWUf0uoiSiHXi7gk7'),
      dialogState: bytes('AT53R7RI7nJxVFYllI2p/V0XsstEclFig9CZSTkLaw=='),
      createdAt: new Date('2026-03-01T14:00:00.000Z'),
      lastMessageAt: new Date('2026-03-01T14:00:00.000Z'),
      messages: [
        {
          seq: 1,
          externalHash: 'tUPd7CYrxgk-qI0-BZSR7yp_eUJtUflrmbTwTeR-JC8',
          author: 'bot',
          at: new Date('2026-03-01T14:00:00.000Z'),
          sealed: bytes(
            'AV6VVJ5JBUOaozvW6e7mvzgaI+TvtdVhuVbltKFLWJYnXaOEsQwaHQS2HvjnbRaNOxsygBZYKcVjLlWLeQP9NDJcKqItc0hd743oco+oaNyTh2M5GZOdufqrJVfkng==',
          ),
        },
      ],
    },
  ],
};

/** The tables of that format, as migration 1 made them. */
export const VERSION_1_SQL = `
  CREATE TABLE key_check (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    address_hash TEXT NOT NULL UNIQUE,
    address BLOB,
    rev INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    status TEXT NOT NULL,
    dialog_state BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_last_message ON conversations (last_message_at);
  CREATE TABLE messages (
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    external_hash TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    UNIQUE (conversation_id, external_hash)
  ) STRICT;
  PRAGMA user_version = 1`;

function bytes(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
