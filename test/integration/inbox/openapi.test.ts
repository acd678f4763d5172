import { describe, expect, test } from '@jest/globals';
import { createOpenApi } from '../../../src/inbox/openapi.js';
import { OPERATIONS } from '../../../src/inbox/operations.js';
import { startInboxServer } from '../../support/inbox-accounts.js';

type Json = Record<string, unknown>;
interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name?: string;
    readonly in?: string;
    readonly required?: boolean;
    readonly $ref?: string;
  }[];
  readonly requestBody?: Json;
  readonly responses: Json;
  readonly security: readonly Json[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const document = createOpenApi() as {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Described>>;
  readonly components: Record<string, Record<string, Json>>;
};
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
);

describe('the document', () => {
  test('is served as JSON', async () => {
    const server = await startInboxServer();
    const response = await fetch(`${server.url}/api/openapi.json`);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)));
    await server.stop();
  });

  test('has the members that OpenAPI 3.1 asks for', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document).toMatchObject({ info: { title: expect.any(String), version: expect.any(String) } });
    for (const [path, item] of Object.entries(document.paths)) {
      expect(path).toMatch(/^\//);
      expect(METHODS).toEqual(expect.arrayContaining(Object.keys(item)));
    }
    for (const name of Object.keys(document.components).flatMap((kind) =>
      Object.keys(document.components[kind] ?? {}),
    )) {
      expect(name).toMatch(/^[\w.-]+$/);
    }
  });

  test('describes every operation once, under its own name, in French', () => {
    const told = operations.map(({ operationId, method, path, summary }) => [
      operationId,
      method.toUpperCase(),
      path,
      summary,
    ]);
    const known = Object.entries(OPERATIONS).map(([name, { method, path, summary }]) => [name, method, path, summary]);
    expect(told.sort()).toEqual(known.sort());
    for (const { summary } of operations) expect(summary).toMatch(/^\p{Lu}.*\.$/u);
  });

  test.each(operations)(
    '$operationId declares each parameter of its path, and no other',
    ({ path, parameters = [] }) => {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => name)).toEqual(Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name));
      for (const parameter of inPath) expect(parameter).toMatchObject({ required: true, schema: expect.any(Object) });
      const keys = parameters.map((parameter) => `${parameter.in}:${parameter.name ?? parameter.$ref}`);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  test.each(operations)('$operationId says how it is answered and refused, and who may call', (operation) => {
    expect(operation.responses).toMatchObject({
      200: { description: expect.any(String), content: expect.any(Object) },
    });
    expect(Object.keys(operation.responses)).toEqual(['200', '4XX', '5XX']);
    const isOpen = OPERATIONS[operation.operationId as keyof typeof OPERATIONS].access === 'anyone';
    expect(operation.security).toEqual(isOpen ? [] : [{ session: [] }]);
    if (operation.method === 'get') expect(operation).not.toHaveProperty('requestBody');
  });

  test('every $ref leads somewhere', () => {
    const refs = [...strings(document, '$ref')];
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of refs) {
      const found = ref
        .split('/')
        .slice(1)
        .reduce<unknown>((at, key) => (at as Json)?.[key], document);
      expect({ ref, found: typeof found }).toEqual({ ref, found: 'object' });
    }
  });

  test('refusals are problems (RFC 9457)', () => {
    for (const response of Object.values(document.components.responses ?? {})) {
      expect(response).toMatchObject({ content: { 'application/problem+json': { schema: expect.any(Object) } } });
    }
  });
});

/** The keywords of JSON Schema 2020-12 that ours may use, and what their values look like. */
const isSchema = (value: unknown): boolean =>
  typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value));
const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isSchemas = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isSchema);
const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const KEYWORDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  $ref: isText,
  type: (value) => TYPES.includes(String(value)),
  properties: isSchema,
  required: (value) => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length,
  additionalProperties: isSchema,
  propertyNames: isSchema,
  items: isSchema,
  prefixItems: isSchemas,
  anyOf: isSchemas,
  oneOf: isSchemas,
  allOf: isSchemas,
  not: isSchema,
  const: () => true,
  enum: (value) => Array.isArray(value) && value.length > 0,
  pattern: (value) => isText(value) && new RegExp(String(value), 'u') instanceof RegExp,
  format: isText,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  description: isText,
  default: () => true,
};

describe('the schemas', () => {
  test.each(Object.entries(document.components.schemas ?? {}))('%s is JSON Schema 2020-12', (_name, schema) => {
    expect([...faults(schema, '#')]).toEqual([]);
  });

  test('those of queries are too', () => {
    for (const { parameters = [] } of operations) {
      for (const parameter of parameters) {
        if ('schema' in parameter) expect([...faults(parameter.schema as Json, parameter.name ?? '')]).toEqual([]);
      }
    }
  });

  test('objects list all their members', () => {
    const { Session, AcceptRequest, AccountView } = document.components.schemas ?? {};
    for (const schema of [Session, AcceptRequest, AccountView])
      expect(schema).toMatchObject({ additionalProperties: false });
  });
});

function* faults(schema: unknown, at: string): Generator<string> {
  if (typeof schema === 'boolean') return;
  for (const [keyword, value] of Object.entries(schema as Json)) {
    if (!KEYWORDS[keyword]?.(value)) yield `${at}/${keyword}`;
  }
  for (const [place, inner] of innerSchemas(schema as Json)) yield* faults(inner, `${at}/${place}`);
  const { properties = {}, required = [] } = schema as { properties?: Json; required?: string[] };
  for (const name of required) if (!(name in properties)) yield `${at}/required/${name}`;
}

function* innerSchemas(schema: Json): Generator<[string, unknown]> {
  for (const keyword of ['items', 'additionalProperties', 'propertyNames', 'not']) {
    if (keyword in schema) yield [keyword, schema[keyword]];
  }
  for (const keyword of ['anyOf', 'oneOf', 'allOf', 'prefixItems', 'properties']) {
    for (const [key, inner] of Object.entries(schema[keyword] ?? {})) yield [`${keyword}/${key}`, inner];
  }
}

function* strings(value: unknown, key: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === key && typeof inner === 'string') yield inner;
    else yield* strings(inner, key);
  }
}
