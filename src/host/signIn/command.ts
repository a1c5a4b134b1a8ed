#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ConnectionInput } from '../../core/connection';
import { isDsmError } from '../../core/errors';
import { memoryStore, proxyOf, realHost, type Host } from '../../core/host';
import { signOut } from '../../core/signIn/signOut';
import { writeSignIn } from '../../core/signIn/text';
import { openHelper } from './listener';

const USAGE = `Usage: npx @synoflow/n8n-nodes-synology sign-in <address of DSM> [options]
       npx @synoflow/n8n-nodes-synology sign-out [options]

sign-in   signs in to DSM in the browser of this computer, and prints one text for the field "Browser Sign-In" of the connection in n8n or
          Node-RED. The text is as good as a password.
sign-out  reads such a text from its input, and ends its session: the text opens nothing any more.

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
}

function asked(): Asked | undefined {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
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

/** The text alone goes to stdout, so that it can be piped; what is said to the person goes to stderr. */
async function main(): Promise<void> {
	const wish = asked();
	if (!wish) {
		process.stderr.write(USAGE);
		process.exitCode = 2;
		return;
	}
	if (wish.command === 'sign-out') return await leave(wish.settings);
	const helper = await openHelper(wish.settings, host, wish.port);
	const waiting = setInterval(() => undefined, 60_000);
	try {
		process.stderr.write(`Open this address in the browser of this computer:\n\n  ${helper.address}\n\n`);
		const value = await helper.signedIn;
		process.stderr.write(
			`Signed in as ${value.account}. Paste this text into "Browser Sign-In" of the connection:\n\n`,
		);
		process.stdout.write(`${writeSignIn(value)}\n`);
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
