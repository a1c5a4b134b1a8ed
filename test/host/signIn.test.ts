import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { memoryStore, realHost, type Host } from '../../src/core/host';
import { signOut } from '../../src/core/signIn/signOut';
import { readSignIn, writeSignIn } from '../../src/core/signIn/text';
import { openHelper, type Helper } from '../../src/host/signIn/listener';
import { startSimulator, type Simulator } from '../../src/simulator';
import { approvalsOf, type Approvals } from '../../src/simulator/core/behaviours/approval';
import { failure } from '../support/nas';
import { atThePage } from '../support/signIn';

const host: Host = {
	...realHost(),
	store: memoryStore(),
	log: { debug: () => undefined, warn: () => undefined },
};

let simulator: Simulator;
let helper: Helper;

beforeEach(async () => {
	simulator = await startSimulator();
	helper = await openHelper({ url: simulator.url }, host);
});

afterEach(async () => {
	await helper.close();
	await simulator.close();
});

/** The address that the page opens, read out of it. */
async function opened({ address }: Helper): Promise<string> {
	const page = await (await fetch(address)).text();
	return JSON.parse(/address = ("[^"]+")/.exec(page)![1]!) as string;
}

const tell = async (address: string, message: unknown, headers: Record<string, string> = {}) =>
	await fetch(`${address}callback`, {
		method: 'POST',
		headers: { origin: new URL(address).origin, ...headers },
		body: JSON.stringify(message),
	});

describe('the sign-in helper on loopback', () => {
	it('shows a page that opens the one of DSM, and takes its message', async () => {
		const address = await opened(helper);
		expect(new URL(address).searchParams.get('opener')).toBe(helper.address);
		expect(helper.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{12}\/$/);
		const answer = await tell(helper.address, await atThePage(simulator, address));
		expect(await answer.json()).toEqual({
			message: 'Signed in as alice. Close this page, and go back to the terminal.',
		});
		expect(await helper.signedIn).toMatchObject({ account: 'alice', url: simulator.url });
	});

	it('refuses a message that is too large for one, and reads no more of it', async () => {
		const answer = await tell(helper.address, { code: 'x'.repeat(100_000) });
		expect([answer.status, await answer.json()]).toEqual([
			400,
			{ message: expect.stringContaining('The answer of the sign-in is too large') },
		]);
		await expect(helper.signedIn).rejects.toMatchObject({ details: { budget: 'signInMessage' } });
	});

	it('listens to its own page alone', async () => {
		const message = await atThePage(simulator, await opened(helper));
		expect((await tell(helper.address, message, { origin: 'https://evil.example.com' })).status).toBe(403);
		expect((await fetch(`${helper.address}callback`)).status).toBe(403);
		expect((await fetch(new URL('/', helper.address))).status).toBe(404);
		expect((await tell(helper.address, message)).status).toBe(200);
	});

	it('says in the page and to the caller what DSM refused', async () => {
		const message = { ...(await atThePage(simulator, await opened(helper))), code: 'forged' };
		const answer = await tell(helper.address, message);
		expect(answer.status).toBe(400);
		const { message: text } = (await answer.json()) as { message: string };
		expect(text).toBe(
			'DSM did not take the code of its sign-in page (code 400). A code is good once and for a short time: start the sign-in again.',
		);
		expect((await failure(helper.signedIn)).message).toContain('DSM did not take the code');
	});

	it('does not open for an address where no DSM is', async () => {
		await expect(openHelper({ url: 'http://127.0.0.1:9' }, host)).rejects.toMatchObject({ code: 'connection' });
	});
});

describe('the command', () => {
	const run = (...words: string[]) => spawn(process.execPath, ['dist/src/host/command/index.js', ...words]);

	/** How a command ended, what it said to the person, and what it printed. */
	async function ended(command: ReturnType<typeof run>): Promise<{ status: number; said: string; printed: string }> {
		let [said, printed] = ['', ''];
		command.stderr.on('data', (chunk: Buffer) => void (said += String(chunk)));
		command.stdout.on('data', (chunk: Buffer) => void (printed += String(chunk)));
		const [status] = (await once(command, 'close')) as [number];
		return { status, said, printed };
	}

	it('prints what to open for the person, and the text alone on its output', async () => {
		const command = run('sign-in', simulator.url, '--session', 'Flows');
		let address = '';
		for await (const line of createInterface({ input: command.stderr })) {
			address = line.trim();
			if (address.startsWith('http')) break;
		}
		const page = await opened({ address } as Helper);
		await tell(address, await atThePage(simulator, page));
		const [text] = (await once(command.stdout, 'data')) as [Buffer];
		expect(readSignIn(String(text))).toMatchObject({ account: 'alice', session: 'Flows' });
		expect(await once(command, 'exit')).toEqual([0, null]);
	});

	it('signs out of the session whose text it reads, after which the text opens nothing', async () => {
		const address = await opened(helper);
		await tell(helper.address, await atThePage(simulator, address));
		const text = writeSignIn(await helper.signedIn);
		const { sid } = readSignIn(text);
		expect(simulator.nas.sessions.get(sid)).toBeDefined();
		const command = run('sign-out');
		command.stdin.end(`${text}\n`);
		const [said] = (await once(command.stderr, 'data')) as [Buffer];
		expect(String(said)).toBe(`alice is signed out of ${simulator.url}.\n`);
		expect(await once(command, 'exit')).toEqual([0, null]);
		expect(simulator.nas.sessions.get(sid)).toBeUndefined();
		const again = await failure(signOut(text, {}, host));
		expect(again.message).toBe('Sign in again: the NAS no longer resumes the session of "alice".');
	});

	describe('with --approve', () => {
		let approvals: Approvals;

		beforeEach(() => {
			simulator.nas.user('alice').factors = ['authenticator'];
			approvals = approvalsOf(simulator.nas);
		});

		/** A person who answers the phone as soon as it asks. */
		function answerAtOnce(status: 'approved' | 'denied'): void {
			const begin = approvals.begin.bind(approvals);
			approvals.begin = (user) => {
				const id = begin(user);
				approvals.decide(status);
				return id;
			};
		}

		it('prints the text of a session that opens the NAS, once the phone has approved it', async () => {
			answerAtOnce('approved');
			const { status, said, printed } = await ended(run('sign-in', simulator.url, '--approve', 'alice'));
			expect(said).toContain('Approve the sign-in of alice on the phone …\n');
			expect(said).toContain('Signed in as alice. Paste this text into "Browser Sign-In"');
			expect([status, readSignIn(printed)]).toMatchObject([0, { account: 'alice', url: simulator.url }]);
			expect(simulator.nas.sessions.get(readSignIn(printed).sid)?.user.name).toBe('alice');
		});

		it('prints nothing but why when it is denied', async () => {
			answerAtOnce('denied');
			expect(await ended(run('sign-in', simulator.url, '--approve', 'alice'))).toEqual({
				status: 1,
				said: expect.stringContaining('The sign-in was denied on the phone. Start again, with the phone at hand'),
				printed: '',
			});
		});

		it('shows the number of the phone, and takes the question back when it is interrupted', async () => {
			const command = run('sign-in', simulator.url, '--approve', 'alice');
			const end = ended(command);
			for await (const line of createInterface({ input: command.stderr }))
				if (line === 'The number on the phone is 10.') command.kill('SIGINT');
			expect(await end).toMatchObject({ status: 1, printed: '' });
			expect([...approvals.all.values()].map(({ status }) => status)).toEqual(['revoked']);
		});
	});

	it('explains itself when it is called without an address', async () => {
		const command = run('sign-in');
		const [said] = (await once(command.stderr, 'data')) as [Buffer];
		expect(String(said)).toContain('Usage: npx @synoflow/n8n-nodes-synology sign-in <address of DSM>');
		expect(await once(command, 'exit')).toEqual([2, null]);
	});
});
