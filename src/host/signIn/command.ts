#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ConnectionInput } from '../../core/connection';
import { isDsmError } from '../../core/errors';
import { memoryStore, proxyOf, realHost, type Host } from '../../core/host';
import { signOut } from '../../core/signIn/signOut';
import { approveSignIn } from '../../core/signIn/approve';
import { writeSignIn, type SignedIn } from '../../core/signIn/text';
import { openHelper } from './listener';

const USAGE = `Usage: npx @synoflow/n8n-nodes-synology sign-in <address of DSM> [options]
       npx @synoflow/n8n-nodes-synology sign-out [options]

sign-in   signs in to DSM in the browser of this computer, and prints one text for the field "Browser Sign-In" of the connection in n8n or
          Node-RED. The text is as good as a password.
sign-out  reads such a text from its input, and ends its session: the text opens nothing any more.

  --approve ACCOUNT    let the app Secure SignIn approve the sign-in of this account, instead of the browser: somebody with the phone must do
                       it now. Such a session cannot be renewed: it ends with DSM's logout timer
  --session NAME       session name (default: synoflow)
  --ca FILE            certificate of the NAS or of its authority, in PEM form
  --fingerprint HEX    SHA-256 fingerprint of the certificate of the NAS
  --insecure           do not check the certificate
  --port N             port of this helper on 127.0.0.1 (default: any)
`;

const host: Host = {
	...realHost(),
	store: memoryStore(),
	log: { debug: () => undefined, warn: (text) => void process.stderr.write(`${text}\n`) },
	proxy: proxyOf(process.env),
};

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
			approve: { type: 'string' },
			session: { type: 'string' },
			ca: { type: 'string' },
			fingerprint: { type: 'string' },
			insecure: { type: 'boolean' },
			port: { type: 'string', default: '0' },
			help: { type: 'boolean' },
		},
	});
	const [command, url] = positionals;
	const port = Number(values.port);
	const isIn = command === 'sign-in' && url !== undefined && positionals.length === 2 && Number.isInteger(port);
	const isOut = command === 'sign-out' && positionals.length === 1;
	if (values.help || !(isIn || isOut)) return undefined;
	const { session, ca, fingerprint, insecure } = values;
	return {
		command,
		port,
		approve: values.approve,
		settings: {
			...(url !== undefined && { url }),
			...(session !== undefined && { session }),
			...(ca !== undefined && { tls: 'ca' as const, ca: readFileSync(ca, 'utf8') }),
			...(fingerprint !== undefined && { tls: 'pin' as const, fingerprint }),
			...(insecure && { tls: 'ignore' as const }),
		},
	};
}

/** The text comes by the input: words of a command stay in the history of the shell. */
async function leave(settings: Partial<ConnectionInput>): Promise<void> {
	if (process.stdin.isTTY)
		process.stderr.write('Paste the text of the sign-in, then press Ctrl+D on a line of its own:\n');
	let text = '';
	for await (const chunk of process.stdin) text += String(chunk);
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

/** The text alone goes to stdout, so that it can be piped; what is said to the person goes to stderr. */
async function main(): Promise<void> {
	const wish = asked();
	if (!wish) {
		process.stderr.write(USAGE);
		process.exitCode = 2;
		return;
	}
	if (wish.command === 'sign-out') return await leave(wish.settings);
	if (wish.approve !== undefined) return await waitForPhone(wish.settings, wish.approve);
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

main().catch((error: unknown) => {
	const hint = isDsmError(error) && error.hint !== undefined ? ` ${error.hint}` : '';
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`);
	process.exitCode = 1;
});
