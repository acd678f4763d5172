type Body = NonNullable<RequestInit['body']>;

/**
 * The part of XMLHttpRequest that rxjs's ajax, and so `botframework-directlinejs`, uses: over `fetch`. Answers are
 * JSON, or an ArrayBuffer where that is asked for. A broken line is status 0, as in browsers.
 */
export class FetchXmlHttpRequest {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseType = '';
  timeout = 0;
  withCredentials = false;
  onreadystatechange: (() => void) | null = null;
  ontimeout: ((event: unknown) => void) | null = null;
  readonly upload = {};
  #method = 'GET';
  #url = '';
  #responseHeaders = new Headers();
  readonly #headers = new Headers();
  readonly #abort = new AbortController();

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
    this.readyState = 1;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#responseHeaders.get(name);
  }

  send(body?: Body): void {
    void this.#exchange(body);
  }

  abort(): void {
    this.#abort.abort();
  }

  async #exchange(body: Body | undefined): Promise<void> {
    try {
      const answer = await fetch(this.#url, {
        method: this.#method,
        headers: this.#headers,
        signal: this.#abort.signal,
        ...(body !== undefined && { body }),
      });
      this.#responseHeaders = answer.headers;
      this.response = this.responseType === 'arraybuffer' ? await answer.arrayBuffer() : parse(await answer.text());
      this.status = answer.status;
    } catch {
      this.status = 0;
    }
    if (this.#abort.signal.aborted) return;
    this.readyState = 4;
    this.onreadystatechange?.();
  }
}

function parse(text: string): unknown {
  return text === '' ? null : JSON.parse(text);
}
