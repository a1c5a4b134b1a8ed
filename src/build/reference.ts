import type { AnyOperation, AnyPush, AnyTrigger, Basis, Service } from '../catalog/operation';
import { callsOf, idOf, sourcesOf } from '../catalog/operation';
import type { Call } from '../core/call';
import { leastRight } from '../host/right';
import { isOneOf } from '../services';
import { methodsAt, loadApis } from '../simulator/core/apis';
import type { RequestRecord } from '../simulator';
import path from 'node:path';
import { anchorFor, readDossiers, referencesIn } from './dossiers';
import { root } from './places';
import { curlLine, LOGIN } from './curl';
import { jsonSchema, shapeOf, typeOf, type JsonSchema } from './schema';

const apis = loadApis('7.3');

const SOURCES: Record<Basis, string> = {
	guide: 'Source: the vendor’s published guide.',
	capture: 'Source: captured or measured on a device.',
	clients: 'Source: two or more independent client programs agree.',
	inferred:
		'**UNVERIFIED**: one client program, or reasoning from neighbouring calls; a capture from a device would settle it.',
};

const dossiers = readDossiers(path.join(root, 'docs/protocol'));

/** What kind of source the facts come from, and the sections of the dossiers that name it. */
function sourceLine(item: AnyOperation | AnyTrigger | AnyPush): string {
	const places = sourcesOf(item).flatMap(referencesIn);
	const links = places.map((place) => {
		const anchor = anchorFor(dossiers, place);
		return `[${place.file} ${place.section}](../protocol/${place.file}${anchor === undefined ? '' : `#${anchor}`})`;
	});
	return [SOURCES[item.basis], ...new Set(links)].join(' ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
const table = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const route = ({ api, method, version, site }: Call): string =>
	site !== undefined
		? `\`POST ${site}\` \`action=${method}\`, no Web API: session as cookie, flat answer`
		: `\`POST /webapi/${apis.get(api)?.path ?? 'entry.cgi'}\` \`api=${api}\` \`version=${version}\` \`method=${method}\``;

/** CardDAV and CalDAV requests. */
const davOf = (item: AnyOperation | AnyTrigger): string[] =>
	('dav' in item ? (item.dav ?? []) : []).map((line) => `\`${line}\``);

function parameters(schema: JsonSchema): string {
	const entries = Object.entries(schema.properties ?? {});
	if (entries.length === 0) return 'No parameters.';
	const rows = entries.map(([name, field]) => [
		`\`${name}\``,
		typeOf(field),
		needed(name, field, schema),
		describe(field),
	]);
	return table(['Parameter', 'Type', 'Required', 'Meaning'], rows);
}

const needed = (name: string, field: JsonSchema, { required = [] }: JsonSchema): string =>
	required.includes(name)
		? 'yes'
		: field.default === undefined || field.default === ''
			? 'no'
			: `no, \`${JSON.stringify(field.default)}\``;

const describe = ({ title = '', description = '', choices }: JsonSchema): string =>
	`${title}: ${description}${choices ? `. Values: \`${choices.value}\` of \`${choices.from}\`` : ''}`;

function answer(schema: JsonSchema): string {
	const shape = shapeOf(schema);
	return shape === 'unknown' ? 'what the call gives as `data`.' : `\n\n\`\`\`ts\n${shape}\n\`\`\``;
}

/** Reference of one operation: route, parameters, example, answer, errors, source. */
export function operationText(operation: AnyOperation, service: Service, requests: RequestRecord[]): string {
	const notes = [
		operation.readOnly && 'Changes nothing on the NAS.',
		operation.destructive && '**Destroys data.**',
		leastRight(operation, service),
		operation.token && 'In the example `$BOT` or `$WEBHOOK` is that token.',
		operation.kind === 'procedure' && callsOf(operation).length > 1 && 'Makes several calls where needed.',
	].filter(Boolean);
	return [
		`### ${operation.title}${operation.basis === 'inferred' ? ' (unverified)' : ''}`,
		`\`${idOf(operation)}\``,
		[operation.summary, ...notes].join(' '),
		[...callsOf(operation).map(route), ...davOf(operation)].join('<br>\n') || withoutCalls(service),
		parameters(jsonSchema(operation.params, 'input')),
		...example(requests),
		operation.returns === 'file'
			? 'Answer: the file itself.'
			: `Answer: ${answer(jsonSchema(operation.result, 'output'))}`,
		errorsLine(operation, service),
		sourceLine(operation),
	].join('\n\n');
}

/** Of what declares no call: one that makes any call, or none. */
const withoutCalls = ({ apis }: Service): string =>
	apis === ''
		? '`POST /webapi/<path of the API>` with the API, version and method of the parameters'
		: 'No call of the Web API.';

const example = (requests: RequestRecord[]): string[] =>
	requests.length === 0 ? [] : [`\`\`\`sh\n${[...new Set(requests.map(curlLine))].join('\n')}\n\`\`\``];

function errorsLine(operation: AnyOperation, service: Service): string {
	if (callsOf(operation).length === 0 && davOf(operation).length > 0) return davErrors(service);
	const own = callsOf(operation).some(({ api }) => isOneOf(api, service.apis));
	const codes = Object.keys(service.errors);
	return [
		'Errors: `DsmInputError` before anything is sent when a parameter does not fit;',
		`\`DsmUnavailableError\` (102, 103, 104) when ${own && service.package ? `the package ${service.package} is missing, stopped or too old` : 'this DSM lacks the call'};`,
		'`DsmPermissionError` (105)' +
			(own && service.privilege
				? ` when the account lacks the privilege “${service.privilege}”;`
				: ' when the account may not;'),
		own && codes.length > 0
			? `\`DsmApiError\` with a code of [the table below](#codes): ${codes.join(', ')}.`
			: '`DsmApiError` with any other code.',
	].join(' ');
}

const davErrors = ({ package: needed, privilege }: Service): string =>
	`Errors: \`DsmInputError\` before anything is sent when a parameter does not fit; \`DsmUnavailableError\` when the package ${needed} is missing or stopped; \`DsmLoginError\` (HTTP 401) when account and password are refused; \`DsmPermissionError\` (403) when the account may not write there or lacks the privilege “${privilege}”; \`DsmApiError\` when it is gone (404), in use (409), was changed by somebody else (412), is no valid content (415) or finds no space (507).`;

const realtime = (path: string): string =>
	`Realtime: in Node-RED the channel \`${path}\` can wake the poll; poll triggers of n8n cannot be woken.`;

/** Reference of one trigger. */
export const triggerText = (trigger: AnyTrigger, service: Service): string =>
	[
		`### ${trigger.title}${trigger.basis === 'inferred' ? ' (unverified)' : ''}`,
		`\`${idOf(trigger)}\``,
		[trigger.summary, leastRight(trigger, service)].join(' '),
		`Polls:\n\n${[...trigger.uses.map(route), ...davOf(trigger)].map((line) => `- ${line}`).join('\n')}`,
		...(trigger.wake === undefined ? [] : [realtime(trigger.wake)]),
		parameters(jsonSchema(trigger.params, 'input')),
		`Event: ${answer(jsonSchema(trigger.event, 'output'))}`,
		sourceLine(trigger),
	].join('\n\n');

/** Reference of one event that the NAS tells of by itself. */
export const pushText = (push: AnyPush): string =>
	[
		`### ${push.title}${push.basis === 'inferred' ? ' (unverified)' : ''}`,
		`\`${idOf(push)}\``,
		push.summary,
		`The NAS calls the address of the trigger by POST with a form. By hand the address is entered in ${push.place}. The registration uses:\n\n${push.uses.map((call) => `- ${route(call)}`).join('\n')}`,
		parameters(jsonSchema(push.params, 'input')),
		`Event: ${answer(jsonSchema(push.event, 'output'))}`,
		'A call without the token is refused with 403, one that was made before with 409. The answer is empty, or JSON such as `{"text": "…"}`, which Chat shows.',
		sourceLine(push),
	].join('\n\n');

function replacesText({ replaces }: Service): string[] {
	if (!replaces) return [];
	const rows = replaces.methods.map(({ method, operation }) => [`\`${method}\``, `\`${operation}\``]);
	return [`## Coming from ${replaces.library}`, table(['Method there', 'Operation here'], rows)];
}

function codesText({ errors, errorsOf = {} }: Service): string[] {
	const rows = Object.entries(errors).map(([code, { cause, remedy }]) => [code, cause, remedy]);
	for (const [name, own] of Object.entries(errorsOf))
		rows.push(...Object.entries(own).map(([code, { cause, remedy }]) => [`${code} of ${name}`, cause, remedy]));
	return rows.length === 0 ? [] : ['## Codes', table(['Code', 'Cause', 'Remedy'], rows)];
}

/** `docs/api/<service>.md`. `requestsOf` gives the requests that show an operation at work. */
export function serviceText(service: Service, requestsOf: (operation: AnyOperation) => RequestRecord[]): string {
	const needs = [
		service.package && `DSM package: ${service.package}.`,
		service.privilege && `Application privilege of the account: ${service.privilege}.`,
	].filter(Boolean);
	return `${[
		`# Synology ${service.title}`,
		'<!-- Written by `npm run docs` from src/services. -->',
		[service.summary, ...needs].join(' '),
		'What holds for all calls (encoding, session, token, batches, files, common codes): [The DSM Web API](../web-api.md).',
		`The examples run in a shell after this login (an account without two-factor authentication, or a one-time code as \`otp_code\`):\n\n\`\`\`sh\n${LOGIN}\n\`\`\``,
		...Object.values(service.resources).flatMap(({ title, operations }) => [
			`## ${title}`,
			...Object.values(operations).map((operation) => operationText(operation, service, requestsOf(operation))),
		]),
		...(Object.keys(service.triggers).length === 0
			? []
			: ['## Triggers', ...Object.values(service.triggers).map((trigger) => triggerText(trigger, service))]),
		...(service.pushes ? ['## Push triggers', ...Object.values(service.pushes).map(pushText)] : []),
		...replacesText(service),
		...codesText(service),
	].join('\n\n')}\n`;
}

/** `docs/api/<service>.manifest.json`: each API used, as DSM lists it, and what is used of it. */
export function serviceManifest(service: Service, items: (AnyOperation | AnyTrigger | AnyPush)[]): string {
	const calls = items.flatMap((item) =>
		('uses' in item ? item.uses : callsOf(item))
			.filter(({ site }) => site === undefined)
			.map((call) => ({ call, by: idOf(item) })),
	);
	const names = [...new Set(calls.map(({ call }) => call.api))].sort();
	const used = names.map((name) => [
		name,
		manifestRow(
			name,
			calls.filter(({ call }) => call.api === name),
		),
	]);
	return `${JSON.stringify({ service: service.id, package: service.package, apis: Object.fromEntries(used) }, null, '\t')}\n`;
}

function manifestRow(name: string, calls: { call: Call; by: string }[]): object {
	const api = apis.get(name);
	const methods = new Map<string, { version: number; registered: boolean | 'unknown'; usedBy: string[] }>();
	for (const { call, by } of calls) {
		const key = `${call.method} v${call.version}`;
		const known = api && methodsAt(api, call.version);
		const row = methods.get(key) ?? {
			version: call.version,
			registered: known ? known.has(call.method) : 'unknown',
			usedBy: [],
		};
		if (!row.usedBy.includes(by)) row.usedBy.push(by);
		methods.set(key, row);
	}
	return {
		path: api?.path,
		minVersion: api?.minVersion,
		maxVersion: api?.maxVersion,
		requestFormat: api?.requestFormat ?? 'plain',
		methods: Object.fromEntries(methods),
	};
}
