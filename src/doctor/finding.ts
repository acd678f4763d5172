/** What an examination found, in French. */
export interface Finding {
  /** `fault`: residents or delegates are missing something now, or will; `advice`: it works, and could do better. */
  readonly level: 'well' | 'advice' | 'fault';
  /** What was seen. It holds no secret and nothing of residents. */
  readonly words: string;
  /** What to do. */
  readonly remedy?: string;
}

/** One subject of the examination. */
export interface Check {
  /** In French: « Base de données ». */
  readonly title: string;
  /** Nothing to say: what it looks at is not set up. May throw: that is a finding too. */
  run(): Promise<readonly Finding[]>;
}

export const well = (words: string): Finding => ({ level: 'well', words });
export const advice = (words: string, remedy: string): Finding => ({ level: 'advice', words, remedy });
export const fault = (words: string, remedy: string): Finding => ({ level: 'fault', words, remedy });
