import { z, type ZodType } from 'zod';
import * as api from '../shared/api.ts';
import { importReply, importsReply, vocabularyReply, vocabularyRow } from '../shared/imports.ts';
import { nextReply, paceReply, slotsReply } from '../shared/due.ts';
import { recordChangedReply, recordPageReply } from '../shared/record-edit.ts';
import { changeReply, previewReply, rulesReply } from '../shared/rule-change.ts';
import { changesReply, restatementReply } from '../shared/restatement.ts';
import { noteSchema, notesReply, savedView, viewsReply } from '../shared/desk.ts';
import { findReply } from '../shared/find.ts';
import type { Route } from './http.ts';
import { docxType } from './review/docx-type.ts';
import { xlsxType } from './workbooks/write.ts';

type Json = Record<string, unknown>;

/** Replies by name: each stands once in the document, and routes refer to it. */
const components = (): ReadonlyMap<unknown, string> =>
  new Map<unknown, string>([
    [api.healthReply, 'Health'],
    [api.catalogueReply, 'Catalogue'],
    [api.unitsReply, 'Units'],
    [api.unitsImportReply, 'UnitsImport'],
    [api.centreReply, 'Centre'],
    [api.answerSchema, 'Answer'],
    [api.recordsReply, 'Records'],
    [recordPageReply, 'Record'],
    [recordChangedReply, 'RecordChanged'],
    [slotsReply, 'Slots'],
    [paceReply, 'Pace'],
    [nextReply, 'Next'],
    [importReply, 'Import'],
    [importsReply, 'Imports'],
    [api.commitReply, 'Commit'],
    [api.undoReply, 'Undo'],
    [api.snapshotMeta, 'Snapshot'],
    [api.snapshotsReply, 'Snapshots'],
    [api.driftReply, 'Drift'],
    [api.problemReply, 'Problem'],
    [api.sessionReply, 'Session'],
    [api.signedOutReply, 'SignedOut'],
    [rulesReply, 'Rules'],
    [changesReply, 'Changes'],
    [restatementReply, 'Restatement'],
    [changeReply, 'RuleChanged'],
    [previewReply, 'RulePreview'],
    [vocabularyReply, 'Vocabulary'],
    [vocabularyRow, 'VocabularyWord'],
    [savedView, 'SavedView'],
    [viewsReply, 'SavedViews'],
    [noteSchema, 'Note'],
    [notesReply, 'Notes'],
    [findReply, 'Found'],
  ]);

function jsonSchema(schema: ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

/** In an address a list is written with commas, and a flag as 1 or 0. */
function parameters(schema: ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema:
      property.type === 'boolean'
        ? { type: 'string', enum: ['1', '0', 'true', 'false'], default: '0' }
        : property,
    ...(property.type === 'array' && { style: 'form', explode: false }),
  }));
}

function requestBody(r: Route): Json | undefined {
  if (!r.body) return undefined;
  const schema = jsonSchema(r.body, 'input');
  if (!r.files) return { required: true, content: { 'application/json': { schema } } };
  const file = {
    type: 'array',
    minItems: 1,
    items: { type: 'string', contentMediaType: 'application/octet-stream' },
  };
  const form = { ...schema, properties: { file, ...(schema.properties as Json) }, required: ['file'] };
  return { required: true, content: { 'multipart/form-data': { schema: form } } };
}

const fileTypes = ['image/svg+xml', 'image/png', 'text/csv', 'application/json', xlsxType, docxType];
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

function operation(r: Route, names: ReadonlyMap<unknown, string>): Json {
  const name = names.get(r.reply);
  const content = r.reply
    ? { 'application/json': { schema: name ? ref(name) : jsonSchema(r.reply, 'output') } }
    : Object.fromEntries(fileTypes.map((type) => [type, {}]));
  const statuses = [
    r.access !== 'open' && [401, 403],
    (r.query ?? r.body) && [400, 422],
    r.params && 404,
    r.params && r.method !== 'get' && 409,
    r.files && [413, 415],
    r.body && !r.files && 415,
  ];
  const problems = [...new Set(statuses.flat().filter((s) => typeof s === 'number'))].sort();
  const body = requestBody(r);
  return {
    operationId:
      r.method + r.path.replace(/^\/api/, '').replace(/[/:.]+(\w)/g, (_, c: string) => c.toUpperCase()),
    summary: `${r.summary.zh} · ${r.summary.en}`,
    security: r.access === 'open' ? [] : [{ cookie: [] }, { token: [] }],
    parameters: [...parameters(r.params, 'path'), ...parameters(r.query, 'query')],
    ...(body && { requestBody: body }),
    responses: {
      [r.status ?? 200]: { description: r.summary.en, content },
      ...Object.fromEntries(problems.map((s) => [s, { $ref: '#/components/responses/Problem' }])),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** The OpenAPI 3.1 document, made from the routes and their zod schemas. */
export function openapi(routes: readonly Route[], version: string): Json & { openapi: '3.1.0' } {
  const names = components();
  const paths: Record<string, Json> = {};
  for (const r of routes) {
    const path = r.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [r.method]: operation(r, names) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '航标 Hangbiao',
      version,
      description: 'Party-building figures of a pilotage centre and its branches.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries(
        [...names].map(([schema, name]) => [name, jsonSchema(schema as ZodType, 'output')]),
      ),
      responses: {
        Problem: {
          description: 'RFC 9457',
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'hangbiao_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
