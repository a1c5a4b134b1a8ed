#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ConnectionInput } from '../../core/connection';
import { isDsmError } from '../../core/errors';
import { memoryStore, proxyOf, realHost, type Host } from '../../core/host';
import { writeSignIn } from '../../core/signIn/text';
import { openHelper } from './listener';

const USAGE = `Usage: npx @synoflow/n8n-nodes-synology sign-in <address of DSM> [options]

Signs in to DSM in the browser of this computer, and prints one text for the field "Browser Sign-In" of the connection in n8n or Node-RED.
The text is as good as a password.

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

function settingsOf(): { settings: Partial<ConnectionInput>; port: number } | undefined {
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
	const fits = command === 'sign-in' && url !== undefined && positionals.length === 2 && Number.isInteger(port);
	if (values.help || !fits) return undefined;
	const { session, ca, fingerprint, insecure } = values;
	return {
		port,
		settings: {
			url,
			...(session !== undefined && { session }),
			...(ca !== undefined && { tls: 'ca' as const, ca: readFileSync(ca, 'utf8') }),
			...(fingerprint !== undefined && { tls: 'pin' as const, fingerprint }),
			...(insecure && { tls: 'ignore' as const }),
		},
	};
}

/** The text alone goes to stdout, so that it can be piped; what is said to the person goes to stderr. */
async function main(): Promise<void> {
	const asked = settingsOf();
	if (!asked) {
		process.stderr.write(USAGE);
		process.exitCode = 2;
		return;
	}
	const helper = await openHelper(asked.settings, host, asked.port);
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
