import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import type { Endpoint } from '../../../core/http';
import { z } from '../../../vendor/zod';

const PORTS = { https: 5006, http: 5005 } as const;

/** Where the WebDAV server is; the port follows from the protocol unless it was changed. */
export const endpoint = {
	protocol: z
		.enum(['https', 'http'])
		.default('https')
		.meta({
			title: 'Protocol',
			description: 'How the WebDAV server is reached; plain HTTP sends the password unencrypted',
			labels: { https: 'HTTPS', http: 'HTTP (Insecure)' },
		}),
	port: z.coerce.number<number | string>().int().min(0).max(65_535).default(0).meta({
		title: 'Port',
		description: 'Port of the WebDAV server; 0: the usual one, 5006 for HTTPS and 5005 for HTTP',
	}),
};

export const endpointOf = ({ protocol, port }: { protocol: 'https' | 'http'; port: number }): Endpoint => ({
	protocol,
	port: port === 0 ? PORTS[protocol] : port,
});

export interface Reach {
	reachable: boolean;
	/** Classes of DAV, where the server tells them to strangers. */
	dav?: string;
	/** Why it cannot be reached. */
	cause?: string;
}

/**
 * Whether a WebDAV server answers there: it says which classes of DAV it has, or asks who it is (webdav.md 10). No account and no password
 * are sent.
 */
export async function reach(dsm: Dsm, at: Endpoint): Promise<Reach> {
	try {
		const { status, server } = await dsm.dav({ method: 'OPTIONS', path: '/', endpoint: at, anonymous: true });
		if (server?.dav !== undefined) return { reachable: true, dav: server.dav };
		if (status === 401 && server?.challenge !== undefined) return { reachable: true };
		return { reachable: false, cause: `What answers at port ${at.port} is no WebDAV server (HTTP ${status}).` };
	} catch (error) {
		if (isDsmError(error) && (error.code === 'connection' || error.code === 'protocol'))
			return { reachable: false, cause: error.message };
		throw error;
	}
}
