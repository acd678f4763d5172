/** Stands for Node's `crypto`, which a library asks for where the browser's own is missing: there is none here. */
export const webcrypto = undefined;
