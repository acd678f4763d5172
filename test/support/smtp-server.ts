import { createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly data: string;
}

export interface SmtpServer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  close(): Promise<void>;
}

/** The part of RFC 5321 that a client needs to hand in a mail. `offers` are EHLO keywords (`AUTH PLAIN` …). */
export async function startSmtpServer({ offers = [] }: { offers?: readonly string[] } = {}): Promise<SmtpServer> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket, offers, (mail) => received.push(mail));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    received,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function serve(socket: Socket, offers: readonly string[], onMail: (mail: ReceivedMail) => void): void {
  let from = '';
  let to: string[] = [];
  let data: string[] | undefined;
  let rest = '';

  function readData(line: string, lines: string[]): string | undefined {
    if (line !== '.') {
      lines.push(line.replace(/^\.\./, '.'));
      return undefined;
    }
    onMail({ from, to, data: lines.join('\n') });
    data = undefined;
    to = [];
    return '250 kept';
  }

  const commands: Readonly<Record<string, (line: string) => string>> = {
    ehlo: () => ['250-test', ...offers.map((offer) => `250-${offer}`), '250 8BITMIME'].join('\r\n'),
    mail(line) {
      from = address(line);
      return '250 ok';
    },
    rcpt(line) {
      to.push(address(line));
      return '250 ok';
    },
    data() {
      data = [];
      return '354 go on';
    },
    quit: () => '221 bye',
  };

  function take(line: string): void {
    const [verb = ''] = line.toLowerCase().split(/[ :]/);
    const answer = data ? readData(line, data) : (commands[verb]?.(line) ?? '502 not known here');
    if (answer !== undefined) socket.write(`${answer}\r\n`);
  }

  socket.write('220 test\r\n');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

function address(line: string): string {
  return /<(.*)>/.exec(line)?.[1] ?? '';
}
