import { spawnSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import manifest from '../../package.json';
import { describe, expect, test } from '@jest/globals';
import './environment';
import type { ICredentialType } from 'n8n-workflow';
import { SynologyChatBotApi } from '../../credentials/SynologyChatBotApi.credentials';
import { SynologyNasApi } from '../../credentials/SynologyNasApi.credentials';
import { SynologySsoOAuth2Api } from '../../credentials/SynologySsoOAuth2Api.credentials';
import { typeOf } from './engine';

const root = join(__dirname, '../..');
const eslint = join(dirname(require.resolve('eslint/package.json')), 'bin/eslint.js');

/** A value as a person would write it: the lint rules look for plain keys. */
function literal(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(literal).join(',\n')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const entries = Object.entries(value).filter(([, item]) => item !== undefined);
	return `{\n${entries.map(([key, item]) => `${/^[a-z_]\w*$/i.test(key) ? key : JSON.stringify(key)}: ${literal(item)}`).join(',\n')}\n}`;
}

/** The class that n8n sees, with everything derived written out. */
function nodeClass(name: string, className: string): string {
	const { inputs, outputs, ...description } = typeOf(name).description;
	const main = (ends: unknown) => `[${(ends as unknown[]).map(() => 'NodeConnectionTypes.Main').join()}]`;
	const body = literal(description).replace(/\n}$/, `,\ninputs: ${main(inputs)},\noutputs: ${main(outputs)}\n}`);
	return `import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
export class ${className} implements INodeType {
	description: INodeTypeDescription = ${body};${hooks(name)}
}
`;
}

/** Names of the hooks; what they do is not for these rules. */
function hooks(name: string): string {
	const groups = Object.entries(typeOf(name).webhookMethods ?? {}).map(
		([group, methods]) =>
			`${group}: { ${Object.keys(methods)
				.map((method) => `async ${method}() { return true; }`)
				.join(', ')} }`,
	);
	return groups.length === 0 ? '' : `\nwebhookMethods = { ${groups.join()} };`;
}

function credentialClass(credential: ICredentialType): string {
	const { name, displayName, icon, documentationUrl, properties, extends: base } = credential;
	return `import type { ICredentialType, INodeProperties } from 'n8n-workflow';
export class ${credential.constructor.name} implements ICredentialType {
	name = ${literal(name)};
	displayName = ${literal(displayName)};
	icon = ${literal(icon)} as const;
	documentationUrl = ${literal(documentationUrl)};
	${base ? `extends = ${literal(base)};\n\t` : ''}properties: INodeProperties[] = ${literal(properties)};
}
`;
}

/** "NAS" is no plural, though it ends with an s. */
const isNas = (line: string): boolean =>
	line.startsWith('n8n-nodes-base/node-param-resource-with-plural-option') && line.includes('name: "NAS"');

/** Actions are the titles of the catalogue, whose case is tested there: the rule takes names and compounds for faults. */
const isAction = (line: string): boolean =>
	line.startsWith('n8n-nodes-base/node-param-operation-option-action-miscased');

/** Compounds and units, of which the rule wants another case: "To-Do Lists", "128 kbit/s". */
const isCompound = (line: string): boolean =>
	/-name-miscased|-name-wrong/.test(line) && /[nN]ame: "[^"]*(\w-\w|bit\/s)/.test(line);

/** Choices stand in the order that makes sense: Monday before Tuesday, small before large. Lists of operations have the alphabet's. */
const isOrdered = (line: string): boolean =>
	/^n8n-nodes-base\/node-param-(multi-)?options-type-unsorted-items/.test(line) &&
	!/"?(action|description)"?: /.test(line);

/** n8n's color picker holds one color, and this is a list of them. */
const isColors = (line: string): boolean =>
	line.startsWith('n8n-nodes-base/node-param-color-type-unused') && line.includes('a comma-separated list');

/** Answers to a question resume an execution: the node registers nothing, as its trigger does. */
const isResumed = (line: string): boolean =>
	line.startsWith('@n8n/community-nodes/webhook-lifecycle-complete') && line.includes('class SynologyChat ');

/** Without what is as it is for a reason. */
const wrong = (found: string[]): string[] =>
	found.filter((line) => ![isNas, isColors, isAction, isCompound, isOrdered, isResumed].some((is) => is(line)));

/** What n8n's rules say, as "rule: message: line". */
function lint(file: string, code: string): string[] {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		[eslint, '--stdin', '--stdin-filename', file, '--format', 'json'],
		{
			cwd: root,
			input: code,
			encoding: 'utf8',
			// Jest's "test" makes the rules forget the names of files.
			env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
			maxBuffer: 2 ** 28,
		},
	);
	if (!stdout) throw new Error(stderr);
	const [report] = JSON.parse(stdout) as { messages: { ruleId: string; message: string; line: number }[] }[];
	const lines = code.split('\n');
	return (report?.messages ?? []).map(
		({ ruleId, message, line }) => `${ruleId}: ${message}: ${lines.slice(line - 1, line + 3).join(' ')}`,
	);
}

describe("n8n's lint rules on the written-out descriptions", () => {
	const nodes = manifest.n8n.nodes.map((file) => {
		const className = basename(file, '.node.js');
		return [`s${className.slice(1)}`, basename(dirname(file)), className] as const;
	});

	test.each(nodes)('%s passes', (name, folder, className) => {
		const found = lint(`nodes/${folder}/${className}.node.ts`, nodeClass(name, className));
		expect(wrong(found)).toEqual([]);
	});

	test('the credential passes', () => {
		const found = lint('credentials/SynologyNasApi.credentials.ts', credentialClass(new SynologyNasApi()));
		// Sign-in, device token and headers are secrets, though their names do not tell the rule so.
		expect(found.map((line) => line.slice(0, line.indexOf(' does')))).toEqual(
			['signIn', 'deviceId', 'headers'].map(
				(name) => `@n8n/community-nodes/credential-unnecessary-password: Field '${name}'`,
			),
		);
	});

	test('the credential of a bot passes', () => {
		const found = lint('credentials/SynologyChatBotApi.credentials.ts', credentialClass(new SynologyChatBotApi()));
		expect(found.map((line) => line.slice(0, line.indexOf(' does')))).toEqual([
			"@n8n/community-nodes/credential-unnecessary-password: Field 'headers'",
		]);
	});

	test('the credential of an application of SSO Server passes', () => {
		expect(
			lint('credentials/SynologySsoOAuth2Api.credentials.ts', credentialClass(new SynologySsoOAuth2Api())),
		).toEqual([]);
	});

	test('the rules do look: a description without an action and with a lower-case label fails', () => {
		const code = nodeClass('synologyChat', 'SynologyChat')
			.replace('displayName: "Resource"', 'displayName: "the resource"')
			.replace(/,\naction: "Send a message"/, '');
		expect(wrong(lint('nodes/SynologyChat/SynologyChat.node.ts', code)).map((line) => line.split(':')[0])).toEqual([
			'n8n-nodes-base/node-param-display-name-miscased',
			'n8n-nodes-base/node-param-operation-option-without-action',
		]);
	});
});
