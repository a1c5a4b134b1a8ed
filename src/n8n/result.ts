import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { AnyOperation } from '../catalog/operation';
import type { z } from '../vendor/zod';

/** Fields of a result that stand beside it in n8n, as they are declared. */
function markedIn({ result }: AnyOperation): { rows?: string; files: [name: string, fileName: string][] } {
	const shape = Object.entries((result as Partial<z.ZodObject>).shape ?? {}) as [string, z.ZodType][];
	const rows = shape.find(([, field]) => field.meta()?.each === true)?.[0];
	const files = shape.flatMap(([name, field]): [string, string][] => {
		const { fileName } = field.meta() ?? {};
		return fileName === undefined ? [] : [[name, fileName]];
	});
	return { ...(rows !== undefined && { rows }), files };
}

/**
 * Items of a result that is one object: one, or one for each row of the list that it is about, with the rest of the result behind. What
 * is meant as a file is one of the first item: n8n's panel stands still over an object of thousands of fields, and gives a button to
 * download a file.
 */
export async function valueItems(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	operation: AnyOperation,
	value: unknown,
): Promise<INodeExecutionData[]> {
	const { rows: list, files } = markedIn(operation);
	if (list === undefined && files.length === 0) return [{ json: toJson(value) }];
	const rest = { ...(value as IDataObject) };
	const binary: NonNullable<INodeExecutionData['binary']> = {};
	for (const [name, fileName] of files) {
		const text = Buffer.from(JSON.stringify(rest[name], null, '\t'));
		binary[name] = await helpers.prepareBinaryData(text, fileName, 'application/json');
		delete rest[name];
	}
	const rows = list === undefined ? [{}] : (rest[list] as IDataObject[]);
	if (list !== undefined) delete rest[list];
	return rows.map((row, index) => ({ json: { ...row, ...rest }, ...(index === 0 && { binary }) }));
}

/** Items hold objects: what is none is put under `data`. */
export const toJson = (value: unknown): IDataObject =>
	typeof value !== 'object' || value === null || Array.isArray(value)
		? { data: value as IDataObject[] }
		: (value as IDataObject);
