/** The `code` of an error of Node or of a driver. By shape: such errors may come from another realm than ours. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
