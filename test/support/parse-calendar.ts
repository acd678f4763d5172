/** A strict reader of iCalendar files: lines end in CRLF and have at most 75 octets, or it throws. */

export interface ParsedEvent {
  /** Values by property name with its parameters, such as `DTSTART;VALUE=DATE`; texts unescaped. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface ParsedCalendar {
  readonly properties: ReadonlyMap<string, string>;
  readonly timezones: readonly string[];
  readonly events: readonly ParsedEvent[];
}

export function parseCalendar(file: string): ParsedCalendar {
  const components = componentsOf(logicalLines(file));
  const [calendar, ...rest] = components;
  if (calendar?.name !== 'VCALENDAR' || rest.some(({ name }) => name === 'VCALENDAR')) {
    throw new Error('Not one VCALENDAR');
  }
  return {
    properties: calendar.properties,
    timezones: rest.filter(({ name }) => name === 'VTIMEZONE').map(({ properties }) => properties.get('TZID') ?? ''),
    events: rest.filter(({ name }) => name === 'VEVENT'),
  };
}

function logicalLines(file: string): string[] {
  const lines = file.split('\r\n');
  if (lines.pop() !== '') throw new Error('The last line does not end in CRLF');
  for (const line of lines) {
    if (line === '' || /[\r\n]/.test(line)) throw new Error('A line is empty, or ends in something else than CRLF');
    if (Buffer.byteLength(line) > 75) throw new Error(`A line has over 75 octets: ${line}`);
  }
  return lines.join('\r\n').replaceAll('\r\n ', '').split('\r\n');
}

interface Component {
  readonly name: string;
  readonly properties: Map<string, string>;
}

/** All of them, nested ones included, in the order in which they begin. */
function componentsOf(lines: readonly string[]): Component[] {
  const components: Component[] = [];
  const open: Component[] = [];
  for (const [name, value] of lines.map(splitOnce)) {
    if (name === 'BEGIN') {
      const component = { name: value, properties: new Map<string, string>() };
      components.push(component);
      open.push(component);
    } else if (name === 'END') {
      if (open.pop()?.name !== value) throw new Error(`END:${value} closes another component`);
    } else setOnce(open.at(-1)?.properties, name, value);
  }
  if (open.length > 0) throw new Error('A component is never closed');
  return components;
}

function splitOnce(line: string): [string, string] {
  const colon = line.indexOf(':');
  if (colon < 1) throw new Error(`Not a property: ${line}`);
  return [line.slice(0, colon), line.slice(colon + 1)];
}

function setOnce(properties: Map<string, string> | undefined, name: string, value: string): void {
  if (!properties) throw new Error(`${name} stands outside of every component`);
  if (properties.has(name)) throw new Error(`${name} is given twice`);
  properties.set(
    name,
    value.replace(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character)),
  );
}
