/** One event of a `text/event-stream`, dispatched by its blank line (WHATWG HTML, 9.2.6). */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

/**
 * Takes an event stream in chunks, cut anywhere, and gives the events that each chunk completes. Ids are not kept: the
 * page resumes by the `seq` of the messages it has, which is what those ids are.
 */
export function createEventParser(): (chunk: string) => readonly StreamEvent[] {
  let rest = '';
  let name = '';
  let data: string[] = [];

  function takeLine(line: string): StreamEvent | undefined {
    if (line === '') return dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
    return undefined;
  }

  function dispatch(): StreamEvent | undefined {
    const event = data.length > 0 ? { name: name || 'message', data: data.join('\n') } : undefined;
    name = '';
    data = [];
    return event;
  }

  return (chunk) => {
    // A carriage return at the end may be the first half of a CRLF.
    const text = rest + chunk;
    const isHalf = text.endsWith('\r');
    const lines = (isHalf ? text.slice(0, -1) : text).split(/\r\n|\r|\n/);
    rest = (lines.pop() ?? '') + (isHalf ? '\r' : '');
    return lines.map(takeLine).filter((event) => event !== undefined);
  };
}
