/** More than the longest row: a file of 5 MB, sealed and written as text twice over. */
const LONGEST_LINE = 32 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The lines of a text, each of which ends in a line feed. In memory at once: the longest.
 * @param onTooLong makes what is thrown when a line does not end, or the text ends within one.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, onTooLong: () => Error): AsyncIterable<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]).toString('utf8');
      parts = [];
      length = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > LONGEST_LINE) throw onTooLong();
  }
  if (length > 0) throw onTooLong();
}

/** Lines as bytes, gathered: handed over one by one, most of the time would go into that. */
export async function* joinLines(lines: AsyncIterable<string>, chunkChars: number): AsyncIterable<Buffer> {
  let text = '';
  for await (const line of lines) {
    text += `${line}\n`;
    if (text.length < chunkChars) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
