import type { AnyOperation, Service } from '../catalog/operation';
import { DsmInputError } from '../core/errors';
import { fieldsOf, withoutApplication, type Field } from '../host/form';
import { isParallel, MOST_PARALLEL } from './browser/parallel';
import type { OutputSettings } from './output';
import type { Message, NodeConfig, Red } from './red';
import { targetOf } from './target';
import type { Override, TypedValues } from './values';

const MEGABYTE = 1_048_576;

/** What a saved action node says. */
export interface Settings {
	operation: AnyOperation;
	fields: readonly Field[];
	/** Some of its parameters stand in an application of SSO Server. */
	applies: boolean;
	values: TypedValues;
	override: Override;
	limit: string;
	output: OutputSettings;
}

const overrideOf = (config: NodeConfig): Override => {
	const how = config['override'];
	return how === 'params' || how === 'properties' ? how : 'no';
};

const fileOf = ({ file }: NodeConfig): OutputSettings['file'] =>
	file === 'stream' || file === 'chunks' ? file : 'buffer';

function chosenOperation(service: Service, config: NodeConfig): AnyOperation {
	const operations = service.resources[String(config['resource'])]?.operations ?? {};
	const name = String(config['operation']);
	const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
	if (operation) return operation;
	throw new DsmInputError(`"Synology ${service.title}" has no operation "${String(config['resource'])}: ${name}".`, {
		path: ['operation'],
		hint: 'Open the node and choose an operation.',
	});
}

/** How many messages a node works on at the same time: one, unless it says otherwise. Throws DsmInputError for what is no such number. */
export function widthOf({ parallel }: NodeConfig): number {
	if (isParallel(parallel)) return Number(parallel ?? '') || 1;
	throw new DsmInputError(
		`"${String(parallel)}" messages at the same time is no whole number from 1 to ${MOST_PARALLEL}.`,
		{
			path: ['parallel'],
			hint: 'Open the node and correct "At the same time".',
		},
	);
}

/** Reads a saved action node of the current version. Throws DsmInputError for what does not fit. */
export function readSettings(red: Red, service: Service, config: NodeConfig): Settings {
	const operation = chosenOperation(service, config);
	const all = fieldsOf(operation.params);
	const fields = withoutApplication(all);
	widthOf(config);
	return {
		operation,
		fields,
		applies: fields.length < all.length,
		values: (config['params'] as TypedValues | undefined) ?? {},
		override: overrideOf(config),
		limit: String(config['limit'] ?? ''),
		output: {
			list: config['list'] === 'rows' ? 'rows' : 'array',
			file: fileOf(config),
			maxBytes: (Number(config['maxSize']) || 100) * MEGABYTE,
			target: targetOf(red, config),
		},
	};
}

/** Most rows wanted, as the form says; nothing means all. Nodes of version 1 prefer `msg.limit`. */
export function rowLimit({ fields, limit, override }: Settings, message: Message): number | undefined {
	const isParameter = fields.some(({ name }) => name === 'limit');
	const given = override === 'properties' && !isParameter ? message['limit'] : undefined;
	const text = String(given ?? limit).trim();
	if (text === '') return undefined;
	const value = Number(text);
	if (Number.isInteger(value) && value > 0) return value;
	throw new DsmInputError(`The limit "${text}" is not a whole number above 0.`, { path: ['limit'] });
}
