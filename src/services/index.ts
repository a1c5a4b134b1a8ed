import type { AnyOperation, AnyPush, AnyTrigger, Explanation, Service } from '../catalog/operation';
import type { Call } from '../core/call';
import { rightIn, type Right } from '../core/right';
import { IDENTITY_APIS } from './identity/apis';

/** Kinds of nodes that a service may have; each has one, and each of its nodes is of another kind. */
export type NodeKind = 'action' | 'trigger' | 'push';

/** A service as it is known before it is loaded: what the hosts need to show its nodes, and to find it when something runs. */
export interface ServiceEntry {
	/** First part of every id, and name of its folder: `chat`. */
	id: string;
	/** "Chat"; hosts put "Synology" before it. */
	title: string;
	/** Prefix of the names of its APIs, or several: `SYNO.Chat.`; empty: it has none of its own. */
	apis: string | readonly string[];
	nodes: readonly NodeKind[];
	/** Its declarations, with the libraries that they use. */
	load: () => Service;
}

/** APIs of DSM itself, and of what the service System reaches beside it. */
const SYSTEM_APIS = [
	'SYNO.Core.',
	'SYNO.DSM.',
	'SYNO.Storage.',
	'SYNO.SecurityAdvisor.',
	'SYNO.Backup.',
	'SYNO.SDS.Backup.',
	'SYNO.ActiveBackup.',
	'SYNO.DR.',
	'SYNO.DisasterRecovery.',
	'SYNO.Docker.',
	'SYNO.SurveillanceStation.',
];

/**
 * Every service, in the order in which documentation lists them. Nodes, credentials, package lists, samples and translations are found
 * through this table; a service is loaded when something of it runs.
 */
export const services: readonly ServiceEntry[] = [
	{
		id: 'api',
		title: 'API',
		apis: '',
		nodes: ['action'],
		load: () => (require('./api') as typeof import('./api')).api,
	},
	{
		id: 'chat',
		title: 'Chat',
		apis: 'SYNO.Chat.',
		nodes: ['action', 'trigger', 'push'],
		load: () => (require('./chat') as typeof import('./chat')).chat,
	},
	{
		id: 'drive',
		title: 'Drive',
		apis: 'SYNO.SynologyDrive',
		nodes: ['action', 'trigger'],
		load: () => (require('./drive') as typeof import('./drive')).drive,
	},
	{
		id: 'file',
		title: 'File Station',
		apis: 'SYNO.FileStation.',
		nodes: ['action', 'trigger'],
		load: () => (require('./file') as typeof import('./file')).file,
	},
	{
		id: 'note',
		title: 'Note Station',
		apis: 'SYNO.NoteStation.',
		nodes: ['action', 'trigger'],
		load: () => (require('./note') as typeof import('./note')).note,
	},
	{
		id: 'calendar',
		title: 'Calendar',
		apis: 'SYNO.Cal.',
		nodes: ['action', 'trigger'],
		load: () => (require('./calendar') as typeof import('./calendar')).calendar,
	},
	{
		id: 'contacts',
		title: 'Contacts',
		apis: 'SYNO.Contacts.',
		nodes: ['action', 'trigger'],
		load: () => (require('./contacts') as typeof import('./contacts')).contacts,
	},
	{
		id: 'audio',
		title: 'Audio Station',
		apis: 'SYNO.AudioStation.',
		nodes: ['action', 'trigger'],
		load: () => (require('./audio') as typeof import('./audio')).audio,
	},
	{
		id: 'download',
		title: 'Download Station',
		apis: 'SYNO.DownloadStation',
		nodes: ['action', 'trigger'],
		load: () => (require('./download') as typeof import('./download')).download,
	},
	{
		id: 'system',
		title: 'System',
		apis: SYSTEM_APIS,
		nodes: ['action', 'trigger'],
		load: () => (require('./system') as typeof import('./system')).system,
	},
	{
		id: 'identity',
		title: 'Identity',
		apis: IDENTITY_APIS,
		nodes: ['action', 'trigger'],
		load: () => (require('./identity') as typeof import('./identity')).identity,
	},
	{
		id: 'webdav',
		title: 'WebDAV Server',
		apis: 'SYNO.WebDAV.',
		nodes: ['action', 'trigger'],
		load: () => (require('./webdav') as typeof import('./webdav')).webdav,
	},
];

/** All services, loaded: for whatever lists everything there is. */
export const allServices = (): readonly Service[] => services.map(({ load }) => load());

/** One service, by its id. */
export function serviceById(id: string): Service {
	const entry = services.find((candidate) => candidate.id === id);
	if (!entry) throw new Error(`There is no service "${id}".`);
	return entry.load();
}

/** What the files of a service's nodes begin with, in a folder of the same name: `SynologyChat`. */
export const headName = ({ id }: Pick<ServiceEntry, 'id'>): string =>
	`Synology${id.charAt(0).toUpperCase()}${id.slice(1)}`;

/** Operations of a service. */
export const operationsOf = (service: Service): AnyOperation[] =>
	Object.values(service.resources).flatMap((resource) => Object.values(resource.operations));

/** Triggers of a service. */
export const triggersOf = (service: Service): AnyTrigger[] => Object.values(service.triggers);

/** Events of a service that the NAS tells of by itself. */
export const pushesOf = (service: Service): AnyPush[] => Object.values(service.pushes ?? {});

const own = <T>(values: Record<string, T> | undefined, name: string): T | undefined =>
	values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;

/** Operation, trigger or event by its id: `chat.channel.list`, `chat.messageReceived`. */
export function findDeclaration(id: string): AnyOperation | AnyTrigger | AnyPush | undefined {
	const [service = '', first = '', second] = id.split('.');
	const found = services.find((entry) => entry.id === service)?.load();
	if (!found) return undefined;
	if (second === undefined) return own(found.triggers, first) ?? own(found.pushes, first);
	return own(own(found.resources, first)?.operations, second);
}

/** Operation by its id, `chat.channel.list`. */
export function findOperation(id: string): AnyOperation {
	const found = findDeclaration(id);
	if (found?.kind === 'operation' || found?.kind === 'procedure') return found;
	throw new Error(`The catalogue has no operation "${id}".`);
}

/** The least right that an operation or a trigger needs, by its id; undefined for what is none. */
export function rightOf(id: string): Right | undefined {
	const declaration = findDeclaration(id);
	if (!declaration) return undefined;
	return rightIn(declaration.kind === 'push' ? {} : declaration, serviceById(id.split('.')[0]!));
}

/** Cause and remedy of a code that belongs to one service. */
export function explain(apiName: string, code: number): Explanation | undefined {
	const service = serviceOf(apiName);
	return service?.errorsOf?.[apiName]?.[code] ?? service?.errors[code];
}

/** Pause between two calls of this kind by one account or token. */
export const spacingOf = ({ api, method }: Pick<Call, 'api' | 'method'>): number | undefined =>
	serviceOf(api)?.spacing?.[`${api} ${method}`];

/** The service that an API belongs to, with what an account needs to use it: the one that names it best. Others are not loaded. */
export function serviceOf(apiName: string): Service | undefined {
	const [best] = services
		.map((entry) => ({ entry, length: lengthOf(apiName, entry.apis) }))
		.sort((one, other) => other.length - one.length);
	return best && best.length > 0 ? best.entry.load() : undefined;
}

/** How much of the name of an API these prefixes say; 0: it is none of theirs. */
const lengthOf = (apiName: string, apis: ServiceEntry['apis']): number =>
	Math.max(0, ...[apis].flat().map((prefix) => (apiName.startsWith(prefix) ? prefix.length : 0)));

/** Whether an API is one of those with these prefixes. */
export const isOneOf = (apiName: string, apis: ServiceEntry['apis']): boolean => lengthOf(apiName, apis) > 0;
