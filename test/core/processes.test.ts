import { describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat';
import { inProcess, type Work } from '../support/clientProcess';
import { VirtualTime } from '../support/virtualTime';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const post = { api: 'SYNO.Chat.Post', method: 'create', version: 5 } as const;

/** Processes that know nothing of each other use one account with two-factor authentication; the errors of each. */
async function together(simulator: Simulator, time: VirtualTime, works: Pick<Work, 'call' | 'params'>[]) {
	const { url, account, password, otpSecret = '' } = simulator;
	const connection = { url, account, password, otpSecret };
	// Of any two of the first three programs both get a step of their own at the second clash at the latest.
	const draws = [0, 0.5, 0.75].map((draw) => Array.from({ length: 3 }, () => draw));
	return await Promise.all(
		works.map(async (work, index) => await inProcess(time, { connection, draws: draws[index] ?? [], ...work })),
	);
}

async function withNas(run: (simulator: Simulator, time: VirtualTime) => Promise<void>): Promise<void> {
	const time = new VirtualTime(Date.UTC(2026, 10, 22, 8, 0, 1));
	const simulator = await startSimulator({ otp: true, clock: time });
	try {
		await run(simulator, time);
	} finally {
		await simulator.close();
	}
}

const codesIn = ({ requests }: Simulator) =>
	requests.filter(({ method }) => method === 'login').map(({ params, answerCode }) => [params.otp_code, answerCode]);

describe('several processes, one account', () => {
	test('two that start in the same half minute both get in, and the second sends another code, once', async () => {
		await withNas(async (simulator, time) => {
			const start = time.now();
			const works = Array.from({ length: 2 }, () => ({ call: info, params: [{}] }));
			expect(await together(simulator, time, works)).toEqual([[], []]);
			const codes = codesIn(simulator);
			expect(codes.map(([, code]) => code)).toEqual([0, 404, 0]);
			expect(new Set(codes.map(([code]) => code)).size).toBe(2);
			expect(time.now() - start).toBeLessThan(61_000);
		});
	});

	test('three that start in the same half minute all get in, before Auto Block would count them out', async () => {
		await withNas(async (simulator, time) => {
			const works = Array.from({ length: 3 }, () => ({ call: info, params: [{}] }));
			expect(await together(simulator, time, works)).toEqual([[], [], []]);
			expect(codesIn(simulator).filter(([, code]) => code === 0)).toHaveLength(3);
		});
	});

	test('all messages of three that send at once arrive, each once and in the order of its process', async () => {
		await withNas(async (simulator, time) => {
			const { channel_id, posts } = chatOf(simulator.nas).channel('General');
			const texts = ['a', 'b', 'c'].map((name) => Array.from({ length: 40 }, (_, index) => `${name}${index}`));
			const works = texts.map((list) => ({
				call: post,
				params: list.map((message) => ({ channel_id, type: 'normal', message })),
			}));
			expect(await together(simulator, time, works)).toEqual([[], [], []]);
			const sent = posts.map(({ message }) => message).filter((text) => /^[abc]\d+$/.test(text));
			for (const list of texts) expect(sent.filter((text) => text.startsWith(list[0]![0]!))).toEqual(list);
		});
	});
});
