import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { mongo } from 'mongoose';

type Fields = Readonly<Record<string, unknown>>;

/** A command as a driver sent it, its documents put back into its body. */
export interface WireCommand {
  /** `appName` of the connection; undefined when it named none. */
  readonly client: string | undefined;
  readonly name: string;
  readonly collection: string;
  readonly body: Fields;
  readonly bytes: number;
  /** Of its answer; 0 until it has come. */
  readonly replyBytes: number;
}

/** Where the line breaks: before the server has heard of a command, or after it has done it and before it is answered. */
export interface CutPoint {
  readonly when: 'before' | 'after';
  readonly at: (command: WireCommand) => boolean;
}

export interface Wire {
  /** The same address, by way of this line. */
  through(uri: string): string;
  /** What passed since the start, or since it was last cleared. */
  commands(): readonly WireCommand[];
  clear(): void;
  /** Breaks the connection of the first command that fits, once. Resolves when that has happened. */
  cutOnce(point: CutPoint): Promise<void>;
  /** Every connection breaks, and none is taken until `restore`. */
  cut(): void;
  restore(): void;
  /** Whatever the server answers with these bytes comes with those, of the same length. */
  rewrite(from: string, to: string): void;
  stop(): Promise<void>;
}

interface Rewriting {
  readonly from: Buffer;
  readonly to: Buffer;
}

interface Line {
  client: string | undefined;
  readonly waiting: Map<number, WireCommand & { replyBytes: number }>;
}

const HEADER_BYTES = 16;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const DEFAULT_PORT = 27017;

/**
 * A line to a MongoDB server that is listened to and can be cut, at a command or as a whole. It speaks the wire protocol
 * (OP_MSG, and OP_QUERY of the first greeting), so that it sees what is really sent, whoever sends it.
 */
export async function startWire({ hostname, port }: URL): Promise<Wire> {
  const sockets = new Set<Socket>();
  const seen: WireCommand[] = [];
  const cuts: { readonly point: CutPoint; readonly done: () => void }[] = [];
  const rewritings: Rewriting[] = [];
  let isCut = false;

  function takeCut(when: CutPoint['when'], command: WireCommand): boolean {
    const index = cuts.findIndex(({ point }) => point.when === when && point.at(command));
    const [cut] = index < 0 ? [] : cuts.splice(index, 1);
    cut?.done();
    return cut !== undefined;
  }

  function serve(client: Socket): void {
    const upstream = connectSocket(Number(port || DEFAULT_PORT), hostname);
    const line: Line = { client: undefined, waiting: new Map() };
    const breakOff = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', breakOff).on('close', () => {
        sockets.delete(socket);
        breakOff();
      });
    }
    const passOn = framesOf((frame) => {
      const command = note(line, frame, seen);
      if (command && takeCut('before', command)) return breakOff();
      upstream.write(frame);
    });
    const answer = framesOf((frame) => {
      const command = line.waiting.get(frame.readInt32LE(8));
      if (command) command.replyBytes += frame.length;
      if (command && takeCut('after', command)) return breakOff();
      client.write(rewritten(frame, rewritings));
    });
    client.on('data', passOn);
    upstream.on('data', answer);
  }

  const server = createServer((client) => (isCut ? client.destroy() : serve(client)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port to listen on');
  const own = `127.0.0.1:${address.port}`;

  return {
    through: (uri) => uri.replace(/^(mongodb:\/\/(?:[^/@]*@)?)[^/?]+/, `$1${own}`),
    commands: () => [...seen],
    clear: () => {
      seen.length = 0;
    },
    cutOnce: (point) => new Promise((done) => cuts.push({ point, done })),
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    restore() {
      isCut = false;
    },
    rewrite(from, to) {
      rewritings.push({ from: Buffer.from(from), to: Buffer.from(to) });
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Gives whole messages on; each begins with its length. A long one is put together once, when all of it is there. */
function framesOf(give: (frame: Buffer) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let length = 0;
  let expected = HEADER_BYTES;
  return (chunk) => {
    parts.push(chunk);
    length += chunk.length;
    if (length < expected) return;
    let rest = Buffer.concat(parts, length);
    while (rest.length >= HEADER_BYTES && rest.length >= rest.readInt32LE(0)) {
      const frame = rest.subarray(0, rest.readInt32LE(0));
      rest = rest.subarray(frame.length);
      give(frame);
    }
    parts = [rest];
    length = rest.length;
    expected = rest.length < HEADER_BYTES ? HEADER_BYTES : rest.readInt32LE(0);
  };
}

function note(line: Line, frame: Buffer, seen: WireCommand[]): WireCommand | undefined {
  const body = readBody(frame);
  if (!body) return undefined;
  const [name = ''] = Object.keys(body);
  const { client } = body as { client?: { application?: { name?: string } } };
  line.client ??= client?.application?.name;
  const command = {
    client: line.client,
    name,
    collection: String(body[name]),
    body,
    bytes: frame.length,
    replyBytes: 0,
  };
  line.waiting.set(frame.readInt32LE(4), command);
  seen.push(command);
  return command;
}

function readBody(frame: Buffer): Fields | undefined {
  const opCode = frame.readInt32LE(12);
  if (opCode === OP_QUERY) {
    // Flags, the name of what is queried, two counts.
    const start = frame.indexOf(0, HEADER_BYTES + 4) + 1 + 8;
    return mongo.BSON.deserialize(frame.subarray(start, start + frame.readInt32LE(start)));
  }
  if (opCode !== OP_MSG) return undefined;
  const body: Record<string, unknown> = {};
  for (let at = HEADER_BYTES + 4; at < frame.length; ) {
    const size = frame.readInt32LE(at + 1);
    const section = frame.subarray(at + 1, at + 1 + size);
    Object.assign(body, frame[at] === 0 ? mongo.BSON.deserialize(section) : readSequence(section));
    at += 1 + size;
  }
  return body;
}

/** Documents beside the body: their length, the name of their field, then one after the other. */
function readSequence(section: Buffer): Fields {
  const end = section.indexOf(0, 4);
  const documents: unknown[] = [];
  for (let at = end + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(mongo.BSON.deserialize(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [section.toString('utf8', 4, end)]: documents };
}

function rewritten(frame: Buffer, rewritings: readonly Rewriting[]): Buffer {
  const copy = Buffer.from(frame);
  for (const { from, to } of rewritings) {
    for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + to.length)) to.copy(copy, at);
  }
  return copy;
}
