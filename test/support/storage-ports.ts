import type { Storage } from '../../src/storage/ports/storage.js';
import type { StorageUnderTest } from './storage-under-test.js';

/** Which of the storage's methods have been called, and which there are. */
export interface CallsOfPorts {
  note(method: string): void;
  know(method: string): void;
  uncalled(): readonly string[];
}

export function callsOfPorts(): CallsOfPorts {
  const known = new Set<string>();
  const called = new Set<string>();
  return {
    know: (method) => known.add(method),
    note: (method) => called.add(method),
    uncalled: () => [...known].filter((method) => !called.has(method)).sort(),
  };
}

/** The same database; what is called of it is noted. */
export function watchPorts<UnderTest extends StorageUnderTest>(underTest: UnderTest, calls: CallsOfPorts): UnderTest {
  return { ...underTest, open: async (options) => watchStorage(await underTest.open(options), calls) };
}

function watchStorage(storage: Storage, calls: CallsOfPorts): Storage {
  const entries = Object.entries(storage).map(([port, value]) => [
    port,
    typeof value === 'function' ? watchMethod(port, value, calls) : watchPort(port, value, calls),
  ]);
  return Object.fromEntries(entries);
}

function watchPort(port: string, store: object, calls: CallsOfPorts): object {
  const methods = Object.entries(store).map(([name, value]) => [name, watchMethod(`${port}.${name}`, value, calls)]);
  return Object.fromEntries(methods);
}

function watchMethod<Args extends unknown[], Result>(
  name: string,
  method: (...args: Args) => Result,
  calls: CallsOfPorts,
): (...args: Args) => Result {
  calls.know(name);
  return (...args) => {
    calls.note(name);
    return method(...args);
  };
}
