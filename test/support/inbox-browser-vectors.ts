import type { KdfParameters } from '../../src/web/inbox/crypto/argon2.js';

export interface Vector {
  readonly password: string;
  readonly salt: string;
  readonly kdf: KdfParameters;
  readonly authKey: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly wrappedPrivateKey: string;
}

/**
 * Made once with Node's own cryptography (OpenSSL), and never again: an account of today must open tomorrow, in every
 * browser. All values but the password are base64url.
 */
export const VECTORS: readonly Vector[] = [
  {
    password: 'correct cheval batterie agrafe',
    salt: 'xI4i0Qn73J6p0JEVWRsWEw',
    kdf: { algorithm: 'argon2id', memoryKib: 65536, passes: 3, lanes: 1 },
    authKey: 'Mt8kW4y3HfkeAWlWChUbMoBr-AAwMH1aEnhPobsbEZs',
    publicKey: 'yVr4jfhjQ0o5bfDv0J3bhSBzZ6KsBSOJv2yeFi6wLQc',
    privateKey: 'iF6oon2h-EtI2F5DHJBkB_Mv8cbn4Vwu9AgtZT-I51w',
    wrappedPrivateKey: 'u5lCrgOgbHNVNBubGjt6YZpLZivaFoacvIN-bSuzH52JksUyRWtebqT2MN37JZ97fbWqiOKqgC1yyHpV',
  },
  {
    password: 'Été à Planoise : œuvre n° 12',
    salt: 'CMyVJ14O02fuESyquAfCsg',
    kdf: { algorithm: 'argon2id', memoryKib: 65536, passes: 3, lanes: 1 },
    authKey: 'QG-mStAjabdrrNDGl2buWWjB0FVc_Ylo1KPaULbQicg',
    publicKey: '6WMsbzRHZWnDVhRMq72ebVq03YrA8wPCDcnKIpPj2x4',
    privateKey: 'wAXM8XTeJ2BtpwjPFLrK8e_kTBoKOcOwZTUCl7Jt61U',
    wrappedPrivateKey: 'G6gSQCmGvptcK9A_BbuP9YHmV1hNNU5XOb0W0RkRJOPi5JdChEVa7C1unyWhgszUtGdixGDJN64-MQbw',
  },
  {
    password:
      'mot de passe très long mot de passe très long mot de passe très long mot de passe très long mot de passe très long mot de passe très long mot de passe très long mot de passe très long',
    salt: '3UzHfFvLYZ4BD_2gPnIdAw',
    kdf: { algorithm: 'argon2id', memoryKib: 131072, passes: 4, lanes: 1 },
    authKey: 'couVn80b5UXgYRuK3FvHKlfaTVX4PU7mQZHw_mOi00c',
    publicKey: 'Q7f4PDcUVc4hlU9Va5RPi8OwQsXL7BvvxLMXIKmepVE',
    privateKey: 'KPCUy1b6JmG0dpvE5eJnQDFRlRwnYebQ5SPFwmDLbWI',
    wrappedPrivateKey: 'ZfCT0YjXFGq3ozSV9aFeOQu8ItlJFlR4zQgnGjkplICdIftFGJADu-X2VfS5O6qGzFhWh4G-j7U8SEd9',
  },
];
