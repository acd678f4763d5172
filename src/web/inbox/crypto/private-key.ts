/** A `CryptoKey`, named so that it means the same with the types of a browser and with Node's. */
export type PrivateKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
