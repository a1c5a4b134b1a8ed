import { DsmInputError } from '../core/errors';
import type { NodeConfig } from './red';

/** One change of the form in which a node type is saved. `up` takes the configuration of the version before. */
export interface Migration {
	/** Version that `up` leads to; rising from 2. */
	version: number;
	up: (config: NodeConfig) => NodeConfig;
}

/** Migrations of the action nodes, oldest first. */
export const actionMigrations: readonly Migration[] = [
	// In version 1 any property of the message that was named like a parameter beat the form.
	{ version: 2, up: (config) => ({ ...config, override: 'properties' }) },
];

/** Migrations of the trigger nodes, oldest first. */
export const triggerMigrations: readonly Migration[] = [];

/** Migrations of the push trigger nodes, oldest first. */
export const pushMigrations: readonly Migration[] = [];

/** Migrations of the node that tells what happens to a connection, oldest first. */
export const connectionEventMigrations: readonly Migration[] = [];

/** Version in which a node with these migrations is saved today. */
export const currentVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 1;

/**
 * Brings a saved node up to date. A node without a version is of version 1.
 * Throws when the node was saved by a newer release, whose meaning is not known here.
 */
export function migrate(config: NodeConfig, migrations: readonly Migration[]): NodeConfig {
	const saved = Number(config['version'] ?? 1);
	const current = currentVersion(migrations);
	if (saved > current) {
		throw new DsmInputError(
			`This node was saved by a newer release (version ${saved}, known up to ${current}): update the package.`,
			{ path: ['version'] },
		);
	}
	return migrations
		.filter(({ version }) => version > saved)
		.reduce((node, { version, up }) => ({ ...up(node), version }), config);
}
