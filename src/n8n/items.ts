import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { callsOf, type AnyOperation, type Service } from '../catalog/operation';
import type { FileAnswer } from '../core/call';
import type { Dsm } from '../core/dsm';
import { listOf } from '../host/form';
import { isCut, runOperation } from '../host/run';
import { askingOf, question, wait, type Asking } from './ask';
import { canceled, errorFields, nodeError } from './failures';
import { connectionFor, sharedPool } from './pool';
import { toJson, valueItems } from './result';
import { fileOf, readParams } from './values';

/**
 * Items of one execution that are read at the same time: what they ask goes as one batch. Writes go one after the other, in the
 * order of the items.
 */
const PARALLEL = 20;

/** What runs for each item. */
interface Task {
	context: IExecuteFunctions;
	operation: AnyOperation;
	dsm: Dsm;
}

/** `execute` of a service's action node: each input item through the chosen operation, outputs in the order of the inputs. */
export const run = (service: Service) =>
	async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0) as string;
		const name = this.getNodeParameter('operation', 0) as string;
		const asking = askingOf(service.resources[resource], name);
		const operation = asking?.operation ?? service.resources[resource]?.operations[name];
		if (!operation)
			throw nodeError(
				this.getNode(),
				new Error(`There is no operation "${name}" of "${resource}". Choose another one.`),
			);
		const lease = await acquire(this, operation);
		const signal = this.getExecutionCancelSignal();
		const dsm = lease.dsm.with({ ...(operation.readOnly && { share: true }), ...(signal && { signal }) });
		const task: Task = { context: this, operation, dsm };
		try {
			if (asking) return await ask(task, asking);
			const width = operation.readOnly ? PARALLEL : 1;
			const outputs = inOrder(this.getInputData().length, width, async (index) => await runItem(task, index));
			return [(await Promise.race([outputs, ...(signal ? [end(signal, this.getNode())] : [])])).flat()];
		} finally {
			await lease.release();
		}
	};

async function acquire(context: IExecuteFunctions, operation: AnyOperation) {
	try {
		return sharedPool().acquire(await connectionFor(context, operation.token === true), {
			apis: callsOf(operation).map(({ api }) => api),
		});
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}

/** One question for all items, as n8n's own nodes ask it: an execution can wait for one answer. */
async function ask(task: Task, { text }: Asking): Promise<INodeExecutionData[][]> {
	const { context } = task;
	try {
		await perform(task, 0, (name, value) => (name === text ? question(context, String(value)) : value));
		return await wait(context);
	} catch (error) {
		throw nodeError(context.getNode(), error, 0);
	}
}

/** Rejects when the run is cancelled: a login that others wait for, too, goes on, but this run does not wait for it. */
async function end(signal: AbortSignal, node: INode): Promise<never> {
	return await new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(canceled(node)), { once: true });
	});
}

/** Results of `count` runs, in order, so many at a time. After a failure no further run starts; the first one in order is thrown. */
async function inOrder<T>(count: number, width: number, one: (index: number) => Promise<T>): Promise<T[]> {
	const results: T[] = [];
	const failures: { index: number; error: unknown }[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < count && failures.length === 0) {
			const index = next++;
			try {
				results[index] = await one(index);
			} catch (error) {
				failures.push({ index, error });
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, work));
	const first = failures.sort((a, b) => a.index - b.index)[0];
	if (first) throw first.error;
	return results;
}

async function runItem(task: Task, index: number): Promise<INodeExecutionData[]> {
	const { context } = task;
	try {
		const rows = await perform(task, index);
		return rows.map((row) => ({ ...row, pairedItem: { item: index } }));
	} catch (error) {
		if (context.getExecutionCancelSignal()?.aborted) throw canceled(context.getNode());
		const wrapped = nodeError(context.getNode(), error, index);
		if (!context.continueOnFail()) throw wrapped;
		return [{ json: failed(context, index, errorFields(error, wrapped)), pairedItem: { item: index } }];
	}
}

/** n8n recognises items for the error output by their having no other fields, and puts the input's in; elsewhere that is left to us. */
function failed(context: IExecuteFunctions, index: number, fields: IDataObject): IDataObject {
	if (context.getNode().onError === 'continueErrorOutput') return fields;
	return { ...context.getInputData()[index]?.json, ...fields };
}

async function perform(
	task: Task,
	index: number,
	change: (parameter: string, value: unknown) => unknown = (_, value) => value,
): Promise<INodeExecutionData[]> {
	const { context, operation, dsm } = task;
	const params = await readParams(operation, {
		read: (name) => change(name, context.getNodeParameter(name, index, undefined)),
		timeZone: context.getTimezone(),
		file: async (fieldName) => await fileOf(context, index, fieldName),
	});
	const all = context.getNodeParameter('returnAll', index, false) === true;
	const { outputFields, outputFileName } = context.getNodeParameter('options', index, {}) as OutputOptions;
	const outcome = await runOperation(dsm, operation, params, {
		fields: namesIn(outputFields),
		simplify: context.getNodeParameter('simplify', index, false) === true,
		...(!all && isCut(operation) && { limit: context.getNodeParameter('limit', index, 50) as number }),
	});
	if (outcome.kind === 'file') return [await fileItem(task, index, outcome.file, String(outputFileName ?? ''))];
	if (outcome.kind === 'value') return await valueItems(context, operation, outcome.value);
	const items: INodeExecutionData[] = [];
	for await (const row of outcome.rows) items.push({ json: toJson(row) });
	return items;
}

/** Options of the form that say what comes out. */
interface OutputOptions {
	outputFields?: unknown;
	outputFileName?: unknown;
}

/** Names of fields, as one text or as an array from an expression; undefined: all. */
function namesIn(given: unknown): string[] | undefined {
	const names = listOf({ isNumeric: false }, given ?? '').map(String);
	return names.length === 0 ? undefined : names;
}

/** The file goes to n8n's storage as it comes in, without being held in memory; the item stays what it was beside it. */
async function fileItem(
	{ context }: Task,
	index: number,
	{ type, size, stream, ...file }: FileAnswer,
	wanted: string,
): Promise<INodeExecutionData> {
	const field = context.getNodeParameter('outputField', index, 'data') as string;
	const name = wanted || file.name;
	const binary = await context.helpers.prepareBinaryData(stream, name || 'file', type);
	const input = context.getInputData()[index];
	return {
		json: { ...input?.json, name, type, ...(size !== undefined && { size }) },
		binary: { ...input?.binary, [field]: binary },
	};
}
