import { readFileSync } from 'node:fs';
import type { ConnectionInput } from '../../core/connection';
import { memoryStore, proxyOf, realHost, type Host } from '../../core/host';

export const USAGE = `Usage: npx @synoflow/n8n-nodes-synology sign-in <address of DSM> [options]
       npx @synoflow/n8n-nodes-synology sign-out [options]
       npx @synoflow/n8n-nodes-synology check <address of DSM> [options]
       npx @synoflow/n8n-nodes-synology exchange [--to strict | --to full] < workflow.json

sign-in   signs in to DSM in the browser of this computer, and prints one text for the field "Browser Sign-In" of the connection in n8n or
          Node-RED. The text is as good as a password.
sign-out  reads such a text from its input, and ends its session: the text opens nothing any more.
check     tries everything that only reads, and says what works on this NAS. Prints a report without names, texts or other values of
          yours, for the maintainers. Reads the text of a sign-in from its input; with --account the password of the account.
exchange  reads workflows that n8n exported, and prints them with the nodes of the other package for n8n: of the one that n8n verifies
          (strict, the default), or of the one with everything (full). Credentials stay as they are.

  --approve ACCOUNT    sign-in: let the app Secure SignIn approve the sign-in of this account, instead of the browser: somebody with the
                       phone must do it now. Such a session cannot be renewed: it ends with DSM's logout timer
  --port N             sign-in: port of this helper on 127.0.0.1 (default: any)
  --account NAME       check: the account to sign in with
  --services A,B       check: only these services, such as file,chat
  --minutes N          check: when to end at the latest (default: 10)
  --session NAME       session name (default: synoflow)
  --ca FILE            certificate of the NAS or of its authority, in PEM form
  --fingerprint HEX    SHA-256 fingerprint of the certificate of the NAS
  --insecure           do not check the certificate
`;

export const host: Host = {
	...realHost(),
	store: memoryStore(),
	log: { debug: () => undefined, warn: (text) => void process.stderr.write(`${text}\n`) },
	proxy: proxyOf(process.env),
};

/** What every command takes, for `parseArgs`. */
export const OPTIONS = {
	session: { type: 'string' },
	ca: { type: 'string' },
	fingerprint: { type: 'string' },
	insecure: { type: 'boolean' },
	help: { type: 'boolean' },
} as const;

interface Given {
	session?: string;
	ca?: string;
	fingerprint?: string;
	insecure?: boolean;
}

/** Settings of a connection out of these. */
export const settingsOf = (
	url: string | undefined,
	{ session, ca, fingerprint, insecure }: Given,
): Partial<ConnectionInput> => ({
	...(url !== undefined && { url }),
	...(session !== undefined && { session }),
	...(ca !== undefined && { tls: 'ca' as const, ca: readFileSync(ca, 'utf8') }),
	...(fingerprint !== undefined && { tls: 'pin' as const, fingerprint }),
	...(insecure && { tls: 'ignore' as const }),
});

/** A secret comes by the input: words of a command stay in the history of the shell. */
export async function readInput(what: string): Promise<string> {
	if (process.stdin.isTTY) process.stderr.write(`Paste ${what}, then press Ctrl+D on a line of its own:\n`);
	let text = '';
	for await (const chunk of process.stdin) text += String(chunk);
	return text.replace(/\r?\n$/, '');
}
