import { davCall, davOperation } from '../../../catalog/davOperation';
import { operation, procedure, resource } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmUnavailableError, isDsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { certificateState, withDaysLeft } from '../../system/lib/certificates';
import { checkPackages, feasible, listPackages, startPackage, stopPackage } from '../../system/wire/packages';
import { listCertificates } from '../../system/wire/security';
import { endpoint, endpointOf, reach } from '../lib/endpoint';
import { PACKAGE_ID, packageOf, settled } from '../lib/packageState';
import { namedSettings, READING_CALLS, readSettings, type Settings } from '../lib/settings';
import { CALDAV_APIS } from '../wire/settings';

const status = row(
	{
		installed: field.flag(),
		/** `running`, `stop`, or a word for what is going on; absent where WebDAV is part of DSM, as before DSM 6. */
		package_status: field.text().optional(),
		version: field.text().optional(),
		/** Whether HTTP or HTTPS is switched on; absent where the account may not read that. */
		enabled: field.flag().optional(),
		enable_http: field.flag().optional(),
		http_port: field.number(),
		http_reachable: field.flag(),
		enable_https: field.flag().optional(),
		https_port: field.number(),
		https_reachable: field.flag(),
		/** Whether the package still brings its old CalDAV, which nobody maintains. */
		has_old_caldav: field.flag(),
	},
	{
		simple: [
			'installed',
			'package_status',
			'version',
			'enabled',
			'http_port',
			'http_reachable',
			'https_port',
			'https_reachable',
		],
	},
);

/** Settings, as far as the account may read them and the NAS has any now. */
async function settingsFor(dsm: Dsm): Promise<Settings> {
	try {
		return namedSettings(await readSettings(dsm));
	} catch (error) {
		if (isDsmError(error) && (error.code === 'permission' || error.code === 'unavailable')) return {};
		throw error;
	}
}

const get = procedure({
	title: 'Get the state of the server',
	summary:
		'Says whether WebDAV Server is installed and runs, and whether it answers at its ports. Only an administrator sees its settings; others are told of the usual ports.',
	right: 'account',
	uses: [listPackages, ...READING_CALLS],
	dav: ['OPTIONS / without account, at each port'],
	source: 'webdav.md 9; webdav.md 10',
	params: z.object({}),
	result: status,
	readOnly: true,
	async run(_, dsm) {
		const [installed, known, apis] = [await packageOf(dsm), await settingsFor(dsm), await dsm.apis(CALDAV_APIS)];
		const { enable_http, http_port = 5005, enable_https, https_port = 5006 } = known;
		const isOn = enable_http === undefined && enable_https === undefined ? undefined : enable_http || enable_https;
		return {
			installed: installed !== undefined,
			...(installed && { package_status: installed.status, version: installed.version }),
			...(isOn !== undefined && { enabled: isOn }),
			...(enable_http !== undefined && { enable_http }),
			http_port,
			http_reachable: (await reach(dsm, { protocol: 'http', port: http_port })).reachable,
			...(enable_https !== undefined && { enable_https }),
			https_port,
			https_reachable: (await reach(dsm, { protocol: 'https', port: https_port })).reachable,
			has_old_caldav: Object.keys(apis).length > 0,
		};
	},
});

const knock = davCall({
	requests: ['OPTIONS / without account'],
	basis: 'inferred',
	source: 'webdav.md 10',
	readOnly: true,
	ask: async (dsm, at: { protocol: 'http' | 'https'; port: number }) => ({ ...at, ...(await reach(dsm, at)) }),
});

const check = davOperation({
	title: 'Check whether the server answers',
	summary: 'Says whether a WebDAV server answers at a port of the NAS. Sends no password and needs no rights.',
	right: 'account',
	ask: knock,
	params: z.object(endpoint),
	request: endpointOf,
	response: (answer) => answer,
	result: row({
		reachable: field.flag(),
		protocol: field.text(),
		port: field.number(),
		/** Classes of DAV, where the server tells them to strangers. */
		dav: field.text().optional(),
		cause: field.text().optional(),
	}),
});

/** How the list of certificates names the service (webdav.md 1). No source shows how another certificate is chosen for it. */
const CERTIFICATE_SERVICE = 'webdav';

const getCertificate = procedure({
	title: 'Get the certificate of the server',
	summary:
		'Gives the certificate with which WebDAV Server answers over HTTPS, and the days until it expires. Needs an administrator.',
	right: 'administrator',
	uses: [listCertificates],
	source: 'webdav.md 9',
	params: z.object({}),
	result: certificateState,
	readOnly: true,
	async run(_, dsm) {
		const all = await dsm.list(listCertificates, {});
		const found = all.find(({ services }) => services.some(({ service }) => service === CERTIFICATE_SERVICE));
		if (found) return withDaysLeft(found, dsm.now());
		throw new DsmUnavailableError('No certificate of the NAS is that of WebDAV Server.', {
			hint: 'Look in Control Panel, Security, Certificate, Settings; the package must be installed.',
		});
	},
});

const id = { id: PACKAGE_ID };
const START = { ...id, dsm_apps: ['SYNO.SDS.WebDAVServer.Instance'] };
const state = row(
	{ id: field.id(), version: field.text(), status: field.text() },
	{ simple: ['id', 'version', 'status'] },
);
const toState = ({ id: named, version, status: now = '' }: Awaited<ReturnType<typeof settled>>) => ({
	id: named,
	version,
	status: now,
});

const start = operation({
	title: 'Start the server',
	summary: 'Starts the package WebDAV Server and waits until it runs. Needs an administrator.',
	right: 'administrator',
	known: { call: checkPackages, request: () => feasible('start_check', PACKAGE_ID) },
	call: startPackage,
	params: z.object({}),
	request: () => START,
	wait: {
		uses: [listPackages],
		async run(dsm, call, wire) {
			await dsm.call(call, wire);
			return await settled(dsm, 'running');
		},
	},
	response: toState,
	result: state,
});

const stop = operation({
	title: 'Stop the server',
	summary:
		'Stops the package WebDAV Server and waits until it has stopped; open transfers break off. Needs an administrator.',
	right: 'administrator',
	known: { call: checkPackages, request: () => feasible('stop_check', PACKAGE_ID) },
	call: stopPackage,
	params: z.object({}),
	request: () => id,
	wait: {
		uses: [listPackages],
		async run(dsm, call, wire) {
			await dsm.call(call, wire);
			return await settled(dsm, 'stop');
		},
	},
	response: toState,
	result: state,
});

/** The calls of `wait` are made one after the other, and each is waited for. */
async function restarted(dsm: Dsm, first: Call, wire: Record<string, unknown>) {
	await dsm.call(first, wire);
	await settled(dsm, 'stop');
	await dsm.call(startPackage, START);
	return await settled(dsm, 'running');
}

const restart = operation({
	title: 'Restart the server',
	summary: 'Stops the package WebDAV Server and starts it again; open transfers break off. Needs an administrator.',
	right: 'administrator',
	known: { call: checkPackages, request: () => feasible('stop_check', PACKAGE_ID) },
	call: stopPackage,
	params: z.object({}),
	request: () => id,
	wait: { uses: [startPackage, listPackages], run: restarted },
	response: toState,
	result: state,
});

export const servers = resource('Server', { get, check, getCertificate, start, stop, restart });
