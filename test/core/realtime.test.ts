import { describe, expect, test } from '@jest/globals';
import { memoryStore, type Host } from '../../src/core/host';
import type { Lease } from '../../src/core/pool';
import type { Hint } from '../../src/core/realtime';
import { chatOf } from '../../src/simulator/services/chat/state';
import { withNas, type Scene, type SceneOptions } from '../support/nas';
import { until } from '../support/until';

const PATH = '/sc/socket.io/';
const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;

/** Pauses and timers of the client, which end when the test says so; chance is in the middle. */
class TestTime {
	readonly pauses: number[] = [];
	readonly lines: string[] = [];
	#sleepers: (() => void)[] = [];
	#timers: { milliseconds: number; run: () => void }[] = [];

	readonly host: Host = {
		now: Date.now,
		random: () => 0.5,
		sleep: async (milliseconds, signal) => {
			this.pauses.push(milliseconds);
			await new Promise<void>((resolve, reject) => {
				signal?.addEventListener('abort', reject);
				this.#sleepers.push(resolve);
			});
		},
		later: (milliseconds, run) => void this.#timers.push({ milliseconds, run }),
		store: memoryStore(),
		log: { debug: (line) => void this.lines.push(line), warn: (line) => void this.lines.push(line) },
	};

	/** Waits for the client to pause, then ends the pause. */
	async wake(): Promise<void> {
		await until(() => this.#sleepers.length > 0, 'a pause');
		for (const wake of this.#sleepers.splice(0)) wake();
	}

	/** Ends the timers of one length. */
	ring(milliseconds: number): void {
		const due = this.#timers.filter((timer) => timer.milliseconds === milliseconds);
		this.#timers = this.#timers.filter((timer) => !due.includes(timer));
		for (const { run } of due) run();
	}
}

interface Listening extends Scene {
	time: TestTime;
	heard: Hint[];
	listen: (to?: Lease) => () => void;
	/** Engine.IO versions asked for so far. */
	versions: () => string[];
	on: () => Promise<unknown>;
}

/** A NAS and a client that has logged in; `prepare` changes the NAS before. */
async function listening(
	run: (scene: Listening) => Promise<void>,
	options: SceneOptions = {},
	prepare: (scene: Scene) => void = () => {},
): Promise<void> {
	const time = new TestTime();
	await withNas({ pool: { host: time.host }, ...options }, async (scene) => {
		prepare(scene);
		const heard: Hint[] = [];
		await run({
			...scene,
			time,
			heard,
			listen: (to = scene.lease) => to.listen(PATH, (hint) => void heard.push(hint)),
			versions: () => scene.simulator.requests.filter(({ path }) => path === PATH).map(({ query }) => query['EIO']!),
			on: async () => await until(() => heard.at(-1) === 'on', 'the channel'),
		});
	});
}

const say = ({ simulator }: Scene, text: string) => chatOf(simulator.nas).postAs('bob', 'General', text);
const sockets = ({ simulator }: Scene) => simulator.nas.sockets;

describe('the realtime channel', () => {
	test.each([4, 3])('hints at a message in version %d of Engine.IO', async (version) => {
		await listening(
			async (scene) => {
				await scene.dsm.call(info);
				scene.listen();
				await scene.on();
				say(scene, 'news');
				await until(() => scene.heard.length === 2, 'the hint');
				expect(scene.heard).toEqual(['on', 'hint']);
				expect(scene.versions()).toEqual(version === 4 ? ['4'] : ['4', '3']);
			},
			{},
			({ simulator }) => {
				simulator.nas.sockets.versions = [version];
			},
		);
	});

	test('shows the session in headers, beside those of the connection, and no secret in its address or the log', async () => {
		await listening(
			async (scene) => {
				const { sid, synoToken } = await scene.lease.export();
				scene.listen();
				await scene.on();
				const { headers, query } = scene.simulator.requests.find(({ path }) => path === PATH)!;
				expect(query).toEqual({ EIO: '4', transport: 'websocket' });
				expect(headers).toMatchObject({
					cookie: `id=${sid}`,
					'x-syno-token': synoToken,
					origin: scene.simulator.url,
					'x-gate': 'open sesame',
				});
				expect(scene.time.lines.filter((line) => line.includes('socket.io'))).toEqual([
					'/sc/socket.io/ is open: events are asked for when it hints at them.',
				]);
				for (const secret of [sid, synoToken!, 'open sesame']) expect(scene.time.lines.join()).not.toContain(secret);
			},
			{ connection: { headers: { 'X-Gate': 'open sesame' } } },
		);
	});

	test('goes over TLS with the certificate check of the connection', async () => {
		await listening(
			async (scene) => {
				const { simulator } = scene;
				for (const check of [
					{ tls: 'ca', ca: simulator.certificate! },
					{ tls: 'pin', fingerprint: simulator.fingerprint256! },
					{ tls: 'ignore' },
				] as const) {
					const lease = scene.acquire(check);
					await lease.dsm.call(info);
					scene.listen(lease);
					await scene.on();
					await lease.release();
					await until(() => sockets(scene).open.size === 0, 'the end');
					scene.heard.length = 0;
				}
			},
			{ tls: true },
		);
	});

	test('is looked for below the sub-path of a proxy', async () => {
		await listening(async (scene) => {
			const lease = scene.acquire({ url: `${scene.simulator.url}/chat` });
			await lease.dsm.call(info);
			scene.listen(lease);
			await scene.time.wake();
			const paths = scene.simulator.requests.map(({ path }) => path).filter((path) => path.includes('socket.io'));
			expect(paths.slice(0, 2)).toEqual(['/chat/sc/socket.io/', '/chat/sc/socket.io/']);
		});
	});

	test('reads several packets out of one frame, whatever events are called', async () => {
		await listening(async (scene) => {
			await scene.dsm.call(info);
			scene.listen();
			await scene.on();
			sockets(scene).say('42["whatever"]\x1e2probe\x1e42{\x1e6\x1e430[]');
			await until(() => sockets(scene).heard.includes('3probe'), 'the answer');
			expect(scene.heard).toEqual(['on', 'hint', 'hint']);
		});
	});

	test('answers the pings of version 4', async () => {
		await listening(async (scene) => {
			sockets(scene).pingInterval = 10;
			await scene.dsm.call(info);
			scene.listen();
			await until(() => sockets(scene).heard.filter((packet) => packet === '3').length > 2, 'three answers');
			expect(sockets(scene).heard.slice(0, 3)).toEqual(['40', '3', '3']);
			expect(scene.heard).toEqual(['on']);
		});
	});

	test('pings by itself in version 3', async () => {
		await listening(async (scene) => {
			Object.assign(sockets(scene), { versions: [3], pingInterval: 25_000 });
			await scene.dsm.call(info);
			scene.listen();
			await scene.on();
			scene.time.ring(1000);
			for (const count of [1, 2]) {
				scene.time.ring(25_000);
				await until(() => sockets(scene).heard.length === count, 'the ping');
			}
			expect(sockets(scene).heard).toEqual(['2', '2']);
		});
	});

	test('asks to join where a server of version 3 does not take it in by itself', async () => {
		await listening(async (scene) => {
			Object.assign(sockets(scene), { versions: [3], mute: true });
			await scene.dsm.call(info);
			scene.listen();
			await until(() => sockets(scene).open.size === 1, 'the connection');
			sockets(scene).say('0no times');
			sockets(scene).say('2');
			await until(() => sockets(scene).heard.length === 1, 'the answer');
			scene.time.ring(1000);
			scene.time.ring(25_000);
			await until(() => sockets(scene).heard.length === 3, 'the ping');
			expect(sockets(scene).heard).toEqual(['3', '40', '2']);
		});
	});

	test('is given up when nothing comes for the time that the server named, and the other version has its turn', async () => {
		await listening(async (scene) => {
			await scene.dsm.call(info);
			scene.listen();
			await scene.on();
			scene.time.ring(45_000);
			expect(scene.heard).toEqual(['on']);
			scene.time.ring(45_000);
			await until(() => scene.heard.length === 2, 'the end');
			await scene.time.wake();
			await scene.on();
			expect(scene.heard).toEqual(['on', 'off', 'on']);
			expect(scene.versions()).toEqual(['4', '3']);
		});
	});

	test('of an older server, which waits for pings in vain, is asked for in version 3 the next time', async () => {
		await listening(async (scene) => {
			await scene.dsm.call(info);
			scene.listen();
			await scene.on();
			scene.time.ring(35_000);
			sockets(scene).cut();
			await until(() => scene.heard.at(-1) === 'off', 'the end');
			await scene.time.wake();
			await scene.on();
			expect(scene.versions()).toEqual(['4', '3']);
		});
	});

	test.each(['cut', '41', '1'])('is opened again a second after it ended (%s)', async (how) => {
		await listening(async (scene) => {
			await scene.dsm.call(info);
			scene.listen();
			await scene.on();
			if (how === 'cut') sockets(scene).cut();
			else sockets(scene).say(how);
			await until(() => scene.heard.at(-1) === 'off', 'the end');
			await scene.time.wake();
			await scene.on();
			say(scene, 'afterwards');
			await until(() => scene.heard.length === 4, 'the hint');
			expect(scene.heard).toEqual(['on', 'off', 'on', 'hint']);
			expect([scene.time.pauses, scene.versions()]).toEqual([[1000], ['4', '4']]);
		});
	});

	test('that is refused is tried ever more seldom, said once, and leaves the calls as they are', async () => {
		await listening(async (scene) => {
			sockets(scene).refusal = 502;
			await scene.dsm.call(info);
			scene.listen();
			for (let attempt = 0; attempt < 7; attempt++) await scene.time.wake();
			expect(scene.time.pauses.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
			expect(scene.versions().slice(0, 4)).toEqual(['4', '3', '4', '3']);
			expect(scene.heard).toEqual([]);
			expect(scene.time.lines.filter((line) => line.includes('socket.io'))).toEqual([
				'/sc/socket.io/ cannot be opened: polling goes on without hints.',
			]);
			expect((await scene.dsm.call(info)).model).toBe('DS920+');
			await until(() => scene.time.pauses.length === 8, 'the next pause');
			sockets(scene).refusal = undefined;
			await scene.time.wake();
			await scene.on();
		});
	});

	test('that does not open in time is given up', async () => {
		await listening(async (scene) => {
			sockets(scene).mute = true;
			await scene.dsm.call(info);
			scene.listen();
			for (const count of [1, 2]) {
				await until(() => scene.versions().length === count, 'the connection');
				scene.time.ring(20_000);
			}
			await until(() => scene.time.pauses.length === 1, 'the pause');
			expect([scene.heard, scene.versions()]).toEqual([[], ['4', '3']]);
		});
	});

	test('hints when it refuses a lost session, and opens with the one that the next call brings', async () => {
		await listening(async (scene) => {
			await scene.dsm.call(info);
			scene.listen();
			await scene.on();
			scene.simulator.nas.faults.loseSessions();
			sockets(scene).cut();
			await scene.time.wake();
			await until(() => scene.heard.length === 3, 'the hint');
			await scene.dsm.call(info);
			await scene.time.wake();
			await scene.on();
			expect(scene.heard).toEqual(['on', 'off', 'hint', 'on']);
			expect(scene.simulator.logins).toBe(2);
		});
	});

	test('hints once at a session whose token it does not take, and never logs in', async () => {
		await listening(async (scene) => {
			const { synoToken: _token, ...session } = await scene.lease.export();
			const other = scene.acquire({ deviceName: 'Other' }, { resume: { session, validate: false } });
			await other.export();
			scene.listen(other);
			for (let attempt = 0; attempt < 3; attempt++) await scene.time.wake();
			await until(() => scene.versions().length === 4, 'the next attempt');
			expect(scene.heard).toEqual(['hint']);
			expect(scene.simulator.logins).toBe(1);
		});
	});

	test('is not opened before there is a session, nor for a bot', async () => {
		await listening(async (scene) => {
			scene.listen();
			await scene.time.wake();
			await until(() => scene.time.pauses.length === 2, 'the next look');
			expect(scene.simulator.requests).toEqual([]);
			const bot = scene.pool.acquire({ url: scene.simulator.url, token: 'abc' });
			await bot.dsm.apis([info.api]);
			scene.listen(bot);
			await until(() => scene.time.pauses.length === 3, 'the pause');
			expect(scene.versions()).toEqual([]);
		});
	});

	test('is one for all who listen, and closes with the last of them', async () => {
		await listening(async (scene) => {
			await scene.dsm.call(info);
			const second = scene.acquire();
			const ends = [scene.listen(), scene.listen(), scene.listen(second)];
			await until(() => scene.heard.length === 3, 'the channel');
			expect(scene.versions()).toEqual(['4']);
			ends[0]!();
			ends[0]!();
			ends[1]!();
			expect(sockets(scene).open.size).toBe(1);
			const late: Hint[] = [];
			scene.lease.listen(PATH, (hint) => void late.push(hint));
			expect(late).toEqual(['on']);
			await scene.lease.release();
			say(scene, 'for the last one');
			await until(() => scene.heard.length === 4, 'the hint');
			expect(late).toEqual(['on']);
			await second.release();
			await until(() => sockets(scene).open.size === 0, 'the end');
			scene.listen(second);
			expect(scene.versions()).toEqual(['4']);
		});
	});

	test('closes with the pool', async () => {
		await listening(async (scene) => {
			await scene.dsm.call(info);
			scene.listen();
			await scene.on();
			await scene.pool.close();
			await until(() => sockets(scene).open.size === 0, 'the end');
			scene.listen();
			expect(scene.versions()).toEqual(['4']);
		});
	});
});
