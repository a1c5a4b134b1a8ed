import { describe, expect, test } from '@jest/globals';
import { api } from '../../../src/services/api';
import type { Report } from '../../../src/services/api/check/report';
import { releases, type ApiReply } from '../../../src/simulator';
import { withNas, type Scene, type SceneOptions } from '../../support/nas';
import { watchOddValues } from '../../../src/catalog/row';

const checkNas = api.resources.nas.operations.checkNas;
type Service = 'api' | 'system' | 'file' | 'chat' | 'note' | 'audio' | 'drive' | 'calendar';

const checked = async (scene: Scene, ...services: Service[]) => {
	const { report, ...said } = await scene.dsm.do(checkNas, { services });
	return { ...said, report: report as unknown as Report };
};
const withChecked = async <T>(
	options: SceneOptions,
	services: Service[],
	look: (said: Awaited<ReturnType<typeof checked>>, scene: Scene) => T,
): Promise<T> =>
	await withNas({ allowUnknown: true, ...options }, async (scene) => look(await checked(scene, ...services), scene));

const outcomeOf = (report: Report, id: string) => report.operations.find((one) => one.id === id);

/** Has every answer of a NAS changed by a rule, as if it were another one. */
function changeReplies(scene: Scene, change: (reply: ApiReply, api: string) => ApiReply): void {
	const { lies } = scene.simulator.nas;
	const about = lies.about.bind(lies);
	lies.about = (call, params, reply): ApiReply => {
		const told = about(call, params, reply);
		return /^SYNO\.(API|Entry)\./.test(call.api) ? told : change(told, call.api);
	};
}
const changeAnswers = (scene: Scene, change: (data: unknown, api: string) => unknown): void =>
	changeReplies(scene, (reply, name) => ('data' in reply ? { ...reply, data: change(reply.data, name) } : reply));

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

describe('what a check says to the user', () => {
	test('is what works, and which package is missing for the rest', async () => {
		await withChecked({ dsm: '7.2.2' }, ['chat', 'file'], ({ dsm, complete, services, report }, scene) => {
			expect([dsm, complete, report.administrator]).toEqual(['7.2.2-72806 Update 9', true, true]);
			const [chat, file] = services;
			expect(chat).toMatchObject({ service: 'chat', title: 'Chat', works: 0, missing: 38, skipped: 4 });
			expect(chat?.reasons).toEqual([
				'38 × needs the package "Synology Chat Server"',
				'4 × needs the connection of a bot',
			]);
			expect(file).toMatchObject({ service: 'file', works: 15, differs: 0, missing: 0, failed: 0 });
			// Nothing was asked for that is not there.
			expect(scene.simulator.unexpected).toEqual([]);
		});
	});

	test('names the right that an ordinary account lacks', async () => {
		await withChecked({ account: 'user' }, ['system'], ({ services: [system], report }) => {
			expect(report.administrator).toBe(false);
			expect(system!.refused).toBeGreaterThan(20);
			expect(system!.reasons.join()).toContain('needs an administrator');
			expect(outcomeOf(report, 'system.volume.list')).toMatchObject({ outcome: 'refused', code: 105 });
		});
	});

	test('takes what it needs from lists, also through several of them', async () => {
		await withChecked({}, ['file', 'chat', 'note'], ({ report }) => {
			for (const id of ['file.file.download', 'chat.message.get', 'note.attachment.download', 'note.version.get'])
				expect(outcomeOf(report, id)).toMatchObject({ id, outcome: 'works' });
		});
	});

	test('ends at its time limit, and says so', async () => {
		await withNas({ allowUnknown: true }, async (scene) => {
			scene.simulator.nas.faults.latency(400);
			const { complete, services } = await scene.dsm.do(checkNas, { services: ['system'], time_limit: 1 });
			expect(complete).toBe(false);
			expect(services[0]!.reasons.join()).toContain('no time was left');
		});
	});

	test('only reads', async () => {
		await withChecked({}, ['file', 'chat', 'note', 'calendar', 'drive'], (_, { simulator }) => {
			const writes = simulator.requests.filter(({ method }) =>
				/^(create|delete|set|update|edit|add|remove|move|start|upload)/.test(method ?? ''),
			);
			expect(writes.map(({ api, method }) => `${api} ${method}`)).toEqual([]);
		});
	});
});

describe('what a check finds', () => {
	test('is a list that is not in its answer', async () => {
		await withNas({ allowUnknown: true }, async (scene) => {
			scene.simulator.nas.lie('missingList');
			const { services, report } = await checked(scene, 'system');
			expect(services[0]!.differs).toBeGreaterThan(5);
			const { differences } = report.calls['SYNO.Core.Share list 1']!;
			expect(differences).toEqual([{ what: 'lacks', at: '', is: 'none' }]);
			expect(outcomeOf(report, 'system.share.list')).toMatchObject({ outcome: 'differs' });
		});
	});

	test('is an optional field that holds something else', async () => {
		await withNas({ allowUnknown: true }, async (scene) => {
			changeAnswers(scene, (data, name) =>
				name === 'SYNO.DSM.Info' && isObject(data) ? { ...data, temperature: 'warm' } : data,
			);
			watchOddValues(() => undefined);
			const { report } = await scene.dsm.do(checkNas, { services: ['api'] });
			const { differences, shape } = (report as unknown as Report).calls['SYNO.DSM.Info getinfo 2']!;
			expect(differences).toEqual([{ what: 'odd', at: 'temperature', is: 'text' }]);
			expect(shape.keys!['temperature']).toEqual({ is: 'text 4' });
		});
	});
});

describe('the report', () => {
	const CANARY = 'canary7781';
	/** A value, names of fields and keys of maps of a user, at every object of every answer. */
	const planted = (value: unknown, depth = 0): unknown => {
		if (Array.isArray(value)) return value.map((one) => planted(one, depth));
		if (!isObject(value)) return value;
		const inner = Object.entries(value).map(([key, one]) => [key, planted(one, depth + 1)]);
		return {
			...Object.fromEntries(inner),
			note_of_user: `my ${CANARY}`,
			[CANARY]: { mode: 'rw', by: CANARY },
			[`${CANARY}_share`]: { mode: 'ro', by: CANARY },
			[`/home/${CANARY}`]: true,
		};
	};

	/** The same in headers, in names and kinds of files, and in the texts of errors. */
	const plantedReply = (reply: ApiReply): ApiReply => {
		if ('error' in reply) return { ...reply, errors: { message: CANARY, path: `/home/${CANARY}`, [CANARY]: [CANARY] } };
		if ('file' in reply) return { ...reply, name: `${CANARY}.txt`, type: `text/${CANARY}` };
		if ('html' in reply) return { ...reply, html: `<p>${CANARY}</p>`, headers: { 'X-Owner': CANARY } };
		return { ...reply, data: planted(reply.data), headers: { ...reply.headers, 'X-Owner': CANARY } };
	};

	test.each(releases)(
		'holds nothing of a user of DSM %s, wherever it stands in an answer',
		async (dsm) => {
			await withNas({ dsm, allowUnknown: true }, async (scene) => {
				scene.simulator.nas.installAll();
				const values = new Set<string>();
				const gather = (value: unknown): void => {
					if (typeof value === 'string' && value.length > 4) values.add(value);
					else if (typeof value === 'object' && value !== null) Object.values(value).forEach(gather);
				};
				let files = 0;
				changeReplies(scene, (reply) => {
					if ('data' in reply) gather(reply.data);
					if ('file' in reply) files++;
					return plantedReply(reply);
				});
				watchOddValues(() => undefined);
				const { report, services } = await checked(scene);
				const text = JSON.stringify(report);
				expect(JSON.stringify(services)).not.toContain(CANARY);
				expect(services.reduce((sum, { works }) => sum + works, 0)).toBeGreaterThan(140);
				expect(values.size).toBeGreaterThan(250);
				expect(files).toBeGreaterThan(0);
				expect(text).not.toContain(CANARY);
				expect(text).not.toContain(scene.connection.password);
				// What an answer said stands nowhere as it was, but where it is the word for something of the API.
				const told = new Set(text.match(/"(?:[^"\\]|\\.)*"/g)?.map((one) => one.slice(1, -1)));
				const own = [...values].filter((value) => told.has(value));
				expect(own.filter((value) => !/^[a-z_]+$/.test(value) && !text.includes(`"${value}":`))).toEqual([]);
			});
		},
		120_000,
	);

	test.each(releases)(
		'holds nothing of the text of an error of DSM %s, with any code',
		async (dsm) => {
			await withNas({ dsm, allowUnknown: true }, async (scene) => {
				const codes = [100, 101, 102, 105, 400, 408, 599, 1036, 9999];
				let count = 0;
				changeReplies(scene, (reply) =>
					plantedReply(++count % 2 === 0 ? { error: codes[(count / 2) % codes.length]! } : reply),
				);
				watchOddValues(() => undefined);
				const { report, services } = await checked(scene);
				const failed = report.operations.filter(({ outcome }) => outcome === 'failed' || outcome === 'refused');
				expect(failed.length).toBeGreaterThan(20);
				expect(JSON.stringify({ report, services })).not.toContain(CANARY);
			});
		},
		120_000,
	);

	test('tells no key that is a word of some text, nor one that no API would have', async () => {
		await withNas({ allowUnknown: true }, async (scene) => {
			changeAnswers(scene, (data, name) =>
				name === 'SYNO.Core.System'
					? { ...(data as object), share_owner: 'share_owner', file_count: 7, alice: 1, 'two words': 2 }
					: data,
			);
			const { report } = await checked(scene, 'system');
			const { keys } = report.calls['SYNO.Core.System info 1']!.shape;
			expect(keys!['file_count']).toEqual({ is: 'number 1' });
			for (const key of ['share_owner', 'alice', 'two words']) expect(keys).not.toHaveProperty([key]);
			expect(keys!['*']).toBeDefined();
		});
	});

	test.each([
		['daily', true],
		['daily', false],
	])(
		'tells no key that is the name of a user, though it is a word of the API: %s, a user: %s',
		async (name, isUser) => {
			await withNas({ allowUnknown: true }, async (scene) => {
				if (isUser) scene.simulator.nas.addUser({ name, password: 'x-Passw0rd', groups: ['users'] });
				changeAnswers(scene, (data, api) => (api === 'SYNO.DSM.Info' ? { ...(data as object), [name]: 7 } : data));
				// Nothing in this service tells who there is.
				const { report } = await checked(scene, 'api');
				const { keys = {} } = report.calls['SYNO.DSM.Info getinfo 2']!.shape;
				expect(Object.hasOwn(keys, name)).toBe(!isUser);
			});
		},
	);
});
