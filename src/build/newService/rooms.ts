import { classOf } from '../heads';
import type { Files } from '../files';
import { headName } from '../../services';
import { icons } from './icons';

/** A service that is to be. */
export interface NewService {
	/** Name of its folders and first part of its ids: `audio`. */
	id: string;
	/** As DSM calls it: "Audio Station". */
	title: string;
}

/** Prefix of its APIs, as far as the title tells: `SYNO.AudioStation.`. */
export const apisOf = ({ title }: NewService): string => `SYNO.${title.replaceAll(/\W/g, '')}.`;

const json = (value: unknown): string => `${JSON.stringify(value, null, '\t')}\n`;

/** The client's side: one operation that reads, on a call that every DSM has. */
const client = (service: NewService): Files => ({
	'index.ts': `export { ${service.id} } from './service';
`,
	'service.ts': `import { service } from '../../catalog/operation';
import { errors } from './errors';
import { info } from './operations/info';

export const ${service.id} = service({
	id: '${service.id}',
	title: '${service.title}',
	summary: 'What ${service.title} runs on.',
	package: '${service.title}',
	privilege: '${service.title}',
	apis: '${apisOf(service)}',
	errors,
	resources: { info },
	triggers: {},
});
`,
	'wire.ts': `import { field, row } from '../../catalog/row';
import { call } from '../../catalog/wire';

const dsm = row({ model: field.text(), version_string: field.text(), uptime: field.number() });

/** Works for every account. */
export const getDsm = call('SYNO.DSM.Info', 'getinfo', 2, {
	answer: dsm,
	readOnly: true,
	basis: 'capture',
	source: 'core.md 13.1',
});
`,
	'errors.ts': `import type { Explanation } from '../../catalog/operation';

/** What the codes of ${service.title} mean. */
export const errors: Record<number, Explanation> = {};
`,
	'operations/info.ts': `import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getDsm } from '../wire';

export const get = operation({
	title: 'Get information about the NAS',
	summary: 'Tells model, version and uptime of the NAS.',
	call: getDsm,
	params: z.object({}),
});

export const info = resource('Info', { get });
`,
	'samples.ts': `import type { Samples } from '../../catalog/samples';

export const samples: Samples = { '*': {} };
`,
	'de.json': json({
		[`What ${service.title} runs on.`]: `Worauf ${service.title} läuft.`,
		'Get information about the NAS': 'Informationen über das NAS abrufen',
		'Tells model, version and uptime of the NAS.': 'Nennt Modell, Version und Laufzeit des NAS.',
	}),
});

/** The simulator's side, written from the dossier. Neither side imports the other. */
const simulator = ({ id, title }: NewService): Files => ({
	'service.ts': `import type { SimulatedService } from '../../core/service';

/** ${title}, by its dossier. */
export const ${id}: SimulatedService = {
	id: '${id}',
	application: { id: 'SYNO.SDS.${title.replaceAll(/\W/g, '')}.Application', sessionName: '${title.replaceAll(/\W/g, '')}' },
	alias: '${id}',
	// What its calls do, by "API.method".
	behaviours: {},
	seed() {},
	scenes: [],
};
`,
});

const REPOSITORY = 'https://github.com/synoflow/n8n-nodes-synology';

/** What both hosts load. */
function heads(service: NewService): Files {
	const { id, title } = service;
	const name = classOf(service, 'action');
	return {
		[`${name}.node.ts`]: `import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { describe, methods, run } from '../../src/n8n/head';
import { actionSubtitle } from '../../src/n8n/subtitle';

export class ${name} implements INodeType {
	description: INodeTypeDescription = {
		...describe('${id}'),
		displayName: 'Synology ${title}',
		name: 's${name.slice(1)}',
		icon: { light: 'file:../../icons/${id}.svg', dark: 'file:../../icons/${id}.dark.svg' },
		subtitle: actionSubtitle,
		usableAsTool: true,
		credentials: [{ name: 'synologyNasApi', required: true, testedBy: 'testSynologyNas' }],
	};

	methods = methods('${id}');

	execute = run('${id}');
}
`,
		[`${name}.node.json`]: json({
			node: `@synoflow/n8n-nodes-synology.s${name.slice(1)}`,
			nodeVersion: '1.0',
			codexVersion: '1.0',
			categories: ['Data & Storage'],
			resources: {
				credentialDocumentation: [{ url: `${REPOSITORY}#connection` }],
				primaryDocumentation: [{ url: `${REPOSITORY}/blob/main/docs/api/${id}.md` }],
			},
			alias: ['Synology', 'NAS', 'DSM', 'DiskStation', title],
		}),
		[`synology-${id}.nodered.ts`]: `import { registerService } from '../../src/nodered/register';

export = registerService('${id}');
`,
	};
}

/** A flow that anybody can import into Node-RED. */
function example({ id, title }: NewService): string {
	const at = (name: string) => `${id}-info-${name}`;
	const node = (name: string, type: string, x: number, wires: string[], rest: object) => ({
		id: at(name),
		type,
		z: at('tab'),
		x,
		y: 80,
		wires: type === 'debug' ? [] : [wires.map(at)],
		...rest,
	});
	return json([
		{ id: at('tab'), type: 'tab', label: title, disabled: false, info: `Says what ${title} runs on.` },
		{ id: at('nas'), type: 'synology-nas', name: 'My NAS', url: 'https://nas.example.com:5001', tls: 'verify' },
		node('start', 'inject', 120, ['ask'], { name: 'Ask', props: [], repeat: '', crontab: '', once: false }),
		node('ask', `synology-${id}`, 320, ['show'], {
			name: '',
			version: 1,
			nas: at('nas'),
			resource: 'info',
			operation: 'get',
			params: {},
			list: 'array',
			limit: '',
		}),
		node('show', 'debug', 540, [], {
			name: 'Answer',
			active: true,
			tosidebar: true,
			complete: 'payload',
			targetType: 'msg',
		}),
	]);
}

const scenario = ({ id, title }: NewService): string => `import { describe, expect, test } from '@jest/globals';
import { ${id} } from '../../../src/services/${id}';
import { withNas } from '../../support/nas';

const { info } = ${id}.resources;

describe('${title}', () => {
	test('says which NAS it runs on', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const { model } = simulator.nas.capabilities;
			expect(await dsm.do(info.operations.get, {})).toMatchObject({ model });
			expect(simulator.requests.at(-1)).toMatchObject({ api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 });
		});
	});
});
`;

const below = (folder: string, files: Files): Files =>
	Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

/** Every file of a service that builds and passes its tests, before anything is known of it. */
export const rooms = (service: NewService): Files => ({
	...below(`src/services/${service.id}`, client(service)),
	...below(`src/simulator/services/${service.id}`, simulator(service)),
	...below(`nodes/${headName(service)}`, heads(service)),
	...below('icons', icons(service.id, service.title)),
	[`examples/${service.id}-info.json`]: example(service),
	[`test/services/${service.id}/info.test.ts`]: scenario(service),
});
