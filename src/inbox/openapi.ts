import { Router } from 'express';
import { z } from 'zod';
import { REFUSALS } from '../http/messages.js';
import { SESSION_COOKIE } from './cookies.js';
import { OPERATIONS, type Operation, type OperationName } from './operations.js';
import { PAGE_HEADER } from './origin-check.js';
import * as common from './schemas/common.js';
import * as conversations from './schemas/conversations.js';
import * as events from './schemas/events.js';
import * as reports from './schemas/reports.js';
import * as sessions from './schemas/session.js';
import * as settings from './schemas/settings.js';
import * as team from './schemas/team.js';

export const OPENAPI_PATH = '/api/openapi.json';

type Json = Readonly<Record<string, unknown>>;

const TEXTS = {
  title: 'Permanence : l’interface des délégués',
  description:
    'Appels de la page des délégués, sous `/api/inbox`. Le mot de passe ne quitte jamais le navigateur : il en dérive ' +
    'une clé d’authentification (Argon2id puis HKDF). Tout refus est un document `application/problem+json` (RFC 9457).',
  done: 'Fait.',
  refused: 'Refus : `detail` dit quoi faire.',
  failed: 'Le serveur ne peut pas répondre pour l’instant.',
  session: 'Jeton de session, posé à la connexion. En http, sur sa propre machine, il s’appelle `permanence`.',
  page: 'Exigé de tout appel qui change quelque chose. `background` : la page appelle d’elle-même.',
} as const;

const COMPONENTS = '#/components/schemas/';

/** `GET /api/openapi.json`. */
export function createOpenApiRouter(): Router {
  const document = createOpenApi();
  return Router().get(OPENAPI_PATH, (_request, response) => {
    response.set('Cache-Control', 'no-cache').json(document);
  });
}

/** The API's description (OpenAPI 3.1), made from the very schemas that calls are checked with. */
export function createOpenApi(): object {
  const registry = registerSchemas();
  return {
    openapi: '3.1.1',
    info: {
      title: TEXTS.title,
      version: '1.0.0',
      description: TEXTS.description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/inbox' }],
    paths: describePaths(registry),
    components: {
      schemas: { ...describeSchemas(registry), Problem: problem() },
      responses: { Refused: problemResponse(TEXTS.refused), Failed: problemResponse(TEXTS.failed) },
      parameters: { Page: pageHeader() },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE, description: TEXTS.session },
      },
    },
  };
}

type Registry = ReturnType<typeof registerSchemas>;

/** Each exported schema under its name; one that two files export has the first's. */
function registerSchemas() {
  const registry = z.registry<{ id: string }>();
  for (const module of [common, team, conversations, reports, sessions, settings, events]) {
    for (const [name, schema] of Object.entries(module)) {
      if (!(schema instanceof z.ZodType) || registry.has(schema)) continue;
      registry.add(schema, { id: `${name.charAt(0).toUpperCase()}${name.slice(1)}` });
    }
  }
  return registry;
}

function describeSchemas(registry: Registry): Json {
  const { schemas } = z.toJSONSchema(registry, { target: 'draft-2020-12', uri: (id) => `${COMPONENTS}${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIdentity(schema)]));
}

function describePaths(registry: Registry): Json {
  const names = Object.keys(OPERATIONS) as OperationName[];
  const paths = Map.groupBy(names, (name) => OPERATIONS[name].path);
  return Object.fromEntries(
    [...paths].map(([path, ofPath]) => [
      path,
      Object.fromEntries(ofPath.map((name) => [OPERATIONS[name].method.toLowerCase(), describe(name, registry)])),
    ]),
  );
}

function describe(name: OperationName, registry: Registry): Json {
  const { method, path, access, summary, body, query, response }: Operation = OPERATIONS[name];
  const isReading = method === 'GET';
  const parameters = [
    ...Array.from(path.matchAll(/\{(\w+)\}/g), ([, param = '']) => pathParameter(param)),
    ...(query ? queryParameters(query) : []),
    ...(isReading ? [] : [{ $ref: '#/components/parameters/Page' }]),
  ];
  return {
    operationId: name,
    summary,
    tags: [path.split('/')[1]],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: refTo(body, registry) } } },
    }),
    responses: {
      200: { description: TEXTS.done, content: contentOf(response, registry) },
      '4XX': { $ref: '#/components/responses/Refused' },
      '5XX': { $ref: '#/components/responses/Failed' },
    },
    security: access === 'anyone' ? [] : [{ session: [] }],
    'x-access': access,
    ...(response === 'text/event-stream' && { 'x-events': describeEvents(registry) }),
  };
}

/** OpenAPI has no words for the events of a stream: each by its name, with what its data holds. */
function describeEvents(registry: Registry): Json {
  return Object.fromEntries(Object.entries(events.EVENTS).map(([name, schema]) => [name, refTo(schema, registry)]));
}

function contentOf(response: Operation['response'], registry: Registry): Json {
  if (response instanceof z.ZodType) return { 'application/json': { schema: refTo(response, registry) } };
  if (typeof response === 'string') return { [response]: { schema: { type: 'string' } } };
  // Bytes are not described further (OpenAPI 3.1.1, 4.14.2.1).
  return Object.fromEntries(response.map((type) => [type, {}]));
}

function refTo(schema: z.ZodType, registry: Registry): Json {
  const id = registry.get(schema)?.id;
  return id === undefined ? withoutIdentity(z.toJSONSchema(schema)) : { $ref: `${COMPONENTS}${id}` };
}

function pathParameter(name: string): Json {
  return { name, in: 'path', required: true, schema: { $ref: `${COMPONENTS}Id` } };
}

function queryParameters(query: z.ZodType): readonly Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function pageHeader(): Json {
  return {
    name: PAGE_HEADER,
    in: 'header',
    required: true,
    description: TEXTS.page,
    schema: { type: 'string', enum: ['inbox', 'background'] },
  };
}

function problem(): Json {
  const text = { type: 'string' };
  const code = { type: 'string', enum: Object.keys(REFUSALS) };
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'detail'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      code,
      detail: text,
      error: { type: 'object', properties: { code, message: text } },
    },
  };
}

function problemResponse(description: string): Json {
  return { description, content: { 'application/problem+json': { schema: { $ref: `${COMPONENTS}Problem` } } } };
}

/** The place in the document says which schema it is, and which dialect. */
function withoutIdentity(schema: object): Json {
  const { $schema: _schema, $id: _id, id: _name, ...rest } = schema as Record<string, unknown>;
  return rest;
}
