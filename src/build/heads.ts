import { headName, services, type NodeKind, type ServiceEntry } from '../services';

/** Lists of what the hosts load, as they stand in package.json. */
export interface Lists {
	n8n: { nodes: string[]; credentials: string[] };
	'node-red': { nodes: Record<string, string> };
}

/** What the names of the files for n8n end with, by kind of node: a kind has one node of each service. */
const SUFFIX: Record<NodeKind, string> = { action: '', trigger: 'Trigger', push: 'BotTrigger' };

/** Class of a node for n8n: `SynologyChatTrigger`. */
export const classOf = (entry: Pick<ServiceEntry, 'id'>, kind: NodeKind): string => `${headName(entry)}${SUFFIX[kind]}`;

/** Connections: they belong to no service. */
const CREDENTIALS = ['SynologyChatBotApi', 'SynologyNasApi', 'SynologySsoOAuth2Api'];
const CONNECTIONS = ['synology-chat-bot', 'synology-nas', 'synology-sso'];

/** What package.json has to list: everything that the table of services has. */
export const lists = (table: readonly ServiceEntry[] = services): Lists => ({
	n8n: {
		nodes: table.flatMap((entry) =>
			entry.nodes.map((kind) => `dist/nodes/${headName(entry)}/${classOf(entry, kind)}.node.js`),
		),
		credentials: CREDENTIALS.map((name) => `dist/credentials/${name}.credentials.js`),
	},
	'node-red': {
		nodes: Object.fromEntries([
			...CONNECTIONS.map((name) => [name, `dist/credentials/${name}.nodered.js`] as const),
			...table.map((entry) => {
				const name = `synology-${entry.id}`;
				return [name, `dist/nodes/${headName(entry)}/${name}.nodered.js`] as const;
			}),
		]),
	},
});

/** The text of package.json with these lists in it. */
export function withLists(manifest: string, table?: readonly ServiceEntry[]): string {
	const parsed = JSON.parse(manifest) as Lists;
	const { n8n, 'node-red': nodeRed } = lists(table);
	Object.assign(parsed.n8n, n8n);
	Object.assign(parsed['node-red'], nodeRed);
	return `${JSON.stringify(parsed, null, '\t')}\n`;
}
