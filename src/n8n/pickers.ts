import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { findOperation } from '../services';
import type { Choices } from '../catalog/fields';
import { callsOf, type Service } from '../catalog/operation';
import { BUDGETS } from '../core/budget';
import type { Dsm } from '../core/dsm';
import { choicesFor } from '../host/choices';
import { fieldsOf } from '../host/form';
import { nodeError } from './failures';
import { connectionFor, sharedPool } from './pool';

/** Rows that n8n gets at a time; it asks for more when the user scrolls. */
const PAGE = 100;

/** Name of the method that fills a list: `chatChannelListByChannelId`, `fileShareListByPathInFileFolderListDir`. */
export const pickerName = ({ from, value, inside }: Choices): string =>
	camel(
		[from, 'by', value, ...(inside ? ['in', inside.from, ...Object.values(inside.given ?? {}).map(String)] : [])].join(
			'.',
		),
	);

const camel = (text: string): string => text.replace(/[._](.)/g, (_, letter: string) => letter.toUpperCase());

type Search = (this: ILoadOptionsFunctions, filter?: string, token?: string) => Promise<INodeListSearchResult>;
type Load = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Every list of a service, by the name of the method that fills it. */
export function listsOf({ resources, triggers, pushes = {} }: Service): Record<string, Choices> {
	const operations = Object.values(resources).flatMap((resource) => Object.values(resource.operations));
	const all = [...operations, ...Object.values(triggers), ...Object.values(pushes)]
		.flatMap(({ params }) => fieldsOf(params))
		.flatMap(({ choices }) => choices ?? []);
	return Object.fromEntries(all.map((choices) => [pickerName(choices), choices]));
}

/** The list of a resource locator: searched, page by page. */
export const searchMethod = (choices: Choices): Search =>
	async function (filter, token) {
		return await withDsm(this, choices, async (dsm) => await page(dsm, choices, filter ?? '', Number(token ?? 0)));
	};

const { most } = BUDGETS.choices;
/** Stands for nothing: no operation takes it. */
const MORE: INodePropertyOptions = {
	name: `Only the First ${most} Are Listed`,
	value: '',
	description: 'Name others by an expression',
};

/** The list of a multiple choice, which n8n draws all at once. */
export const loadMethod = (choices: Choices): Load =>
	async function () {
		return await withDsm(this, choices, async (dsm) => {
			const rows: INodeListSearchItems[] = [];
			for await (const row of matches(dsm, choices, '')) if (rows.push(row) > most) break;
			const shown = rows.slice(0, most).sort((a, b) => a.name.localeCompare(b.name));
			return rows.length > most ? [MORE, ...shown] : shown;
		});
	};

/** One page of matching rows; the token of the next one is the number of rows before it. */
async function page(dsm: Dsm, choices: Choices, filter: string, skip: number): Promise<INodeListSearchResult> {
	const results: INodeListSearchItems[] = [];
	let position = 0;
	for await (const row of matches(dsm, choices, filter)) {
		if (position++ < skip) continue;
		if (results.length === PAGE) return { results, paginationToken: String(skip + PAGE) };
		results.push(row);
	}
	return { results };
}

async function* matches(dsm: Dsm, choices: Choices, filter: string): AsyncGenerator<INodeListSearchItems> {
	for await (const { label, value } of choicesFor(dsm, choices, filter)) yield { name: label, value };
}

async function withDsm<T>(
	context: ILoadOptionsFunctions,
	{ from }: Choices,
	run: (dsm: Dsm) => Promise<T>,
): Promise<T> {
	try {
		const operation = findOperation(from);
		const apis = callsOf(operation).map(({ api }) => api);
		const lease = sharedPool().acquire(await connectionFor(context, operation.token === true), { apis });
		try {
			return await run(lease.dsm);
		} finally {
			await lease.release();
		}
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}
