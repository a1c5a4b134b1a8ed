import { parseArgs } from 'node:util';
import type { ConnectionInput } from '../../core/connection';
import { signOut } from '../../core/signIn/signOut';
import { approveSignIn } from '../../core/signIn/approve';
import { writeSignIn, type SignedIn } from '../../core/signIn/text';
import { openHelper } from '../signIn/listener';
import { host, OPTIONS, readInput, settingsOf } from './common';

interface Asked {
	command: 'sign-in' | 'sign-out';
	settings: Partial<ConnectionInput>;
	port: number;
	/** Account whose sign-in an app approves. */
	approve?: string | undefined;
}

function asked(): Asked | undefined {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			...OPTIONS,
			approve: { type: 'string' },
			port: { type: 'string', default: '0' },
		},
	});
	const [command, url] = positionals;
	const port = Number(values.port);
	const isIn = command === 'sign-in' && url !== undefined && positionals.length === 2 && Number.isInteger(port);
	const isOut = command === 'sign-out' && positionals.length === 1;
	if (values.help || !(isIn || isOut)) return undefined;
	return { command, port, approve: values.approve, settings: settingsOf(url, values) };
}

async function leave(settings: Partial<ConnectionInput>): Promise<void> {
	const text = await readInput('the text of the sign-in');
	const { account, url } = await signOut(text, settings, host);
	process.stderr.write(`${account} is signed out of ${url}.\n`);
}

/** Somebody with the phone approves the sign-in now; Ctrl+C takes the question back. */
async function waitForPhone(settings: Partial<ConnectionInput>, account: string): Promise<void> {
	const given = new AbortController();
	process.once('SIGINT', () => given.abort());
	process.stderr.write(`Approve the sign-in of ${account} on the phone …\n`);
	const showNumber = (number: number): void => void process.stderr.write(`The number on the phone is ${number}.\n`);
	print(await approveSignIn(settings, { host, account, showNumber, signal: given.signal }));
}

function print(value: SignedIn): void {
	process.stderr.write(`Signed in as ${value.account}. Paste this text into "Browser Sign-In" of the connection:\n\n`);
	process.stdout.write(`${writeSignIn(value)}\n`);
}

/** Signs in or out, as asked. False: neither was asked for. */
export async function signInOrOut(): Promise<boolean> {
	const wish = asked();
	if (!wish) return false;
	if (wish.command === 'sign-out') await leave(wish.settings);
	else if (wish.approve !== undefined) await waitForPhone(wish.settings, wish.approve);
	else await signInHere(wish);
	return true;
}

async function signInHere(wish: Asked): Promise<void> {
	const helper = await openHelper(wish.settings, host, wish.port);
	const waiting = setInterval(() => undefined, 60_000);
	try {
		process.stderr.write(`Open this address in the browser of this computer:\n\n  ${helper.address}\n\n`);
		const value = await helper.signedIn;
		print(value);
	} finally {
		clearInterval(waiting);
		await helper.close();
	}
}
