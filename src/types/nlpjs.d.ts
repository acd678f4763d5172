/** The part of nlp.js that src/nlu uses; the packages ship no types. */
declare module '@nlpjs/core' {
  export interface Container {
    register(name: string, item: unknown, isSingleton?: boolean): void;
    registerConfiguration(tag: string, configuration: object, overwrite?: boolean): void;
    get(name: string): unknown;
    use(plugin: unknown): void;
  }
  export function containerBootstrap(): Container;
}

declare module '@nlpjs/nlp' {
  export interface NlpSettings {
    /** A container of @nlpjs/core. */
    readonly container: object;
    readonly languages: readonly string[];
    readonly autoLoad: boolean;
    readonly autoSave: boolean;
    readonly forceNER: boolean;
    readonly calculateSentiment: boolean;
    readonly threshold: number;
    readonly nlu?: { readonly log: boolean };
  }

  export interface NlpAnswer {
    readonly classifications: readonly { readonly intent: string; readonly score: number }[];
  }

  export interface NlpCorpus {
    readonly name: string;
    readonly locale: string;
    readonly data: readonly { readonly intent: string; readonly utterances: readonly string[] }[];
  }

  export class Nlp {
    constructor(settings: NlpSettings);
    addCorpus(corpus: NlpCorpus): Promise<void>;
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<unknown>;
    process(locale: string, utterance: string): Promise<NlpAnswer>;
  }
}

declare module '@nlpjs/lang-fr' {
  export const LangFr: unknown;
}
