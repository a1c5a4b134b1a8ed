import { DsmProtocolError, isDsmError } from './errors';
import { inSlices } from './turns';
import { childOf, childrenOf, textOf, type XmlElement } from './xml';
import { readXml } from './xmlReader';

/** One path of a multi-status. Properties that the server refused, or does not know, are left out. */
export interface DavRow {
	path: string;
	status: number;
	/** By name with the usual prefix: `d:getetag`, `card:address-data`. */
	props: Readonly<Record<string, XmlElement>>;
}

export interface Multistatus {
	rows: DavRow[];
	syncToken?: string;
}

/** Reads the body of a 207. Throws DsmProtocolError when it is no complete multi-status: nothing may be concluded from a part. */
export async function readMultistatus(text: string): Promise<Multistatus> {
	const root = await rootOf(text);
	if (root.name !== 'd:multistatus') throw broken(`it begins with "${root.name}"`);
	const token = textOf(childOf(root, 'd:sync-token'));
	return { rows: await inSlices(rowsIn(root)), ...(token !== '' && { syncToken: token }) };
}

function* rowsIn(root: XmlElement): Generator<void, DavRow[], undefined> {
	const rows: DavRow[] = [];
	for (const response of childrenOf(root, 'd:response')) {
		rows.push(...rowsOf(response));
		yield;
	}
	return rows;
}

async function rootOf(text: string): Promise<XmlElement> {
	try {
		return await readXml(text);
	} catch (cause) {
		if (isDsmError(cause)) throw cause;
		throw broken('it is not well-formed, or stops in the middle', cause);
	}
}

/** Several paths may share one status; several properties of one path have theirs (RFC 4918, 14.24). */
function rowsOf(response: XmlElement): DavRow[] {
	const own = childOf(response, 'd:status');
	const status = own === undefined ? 200 : statusOf(own);
	const props = childrenOf(response, 'd:propstat')
		.filter((propstat) => isSuccess(statusOf(childOf(propstat, 'd:status'))))
		.flatMap((propstat) => childOf(propstat, 'd:prop')?.children ?? []);
	const paths = childrenOf(response, 'd:href').map(textOf);
	if (paths.length === 0) throw broken('an entry has no path');
	return paths.map((path) => ({
		path: path.replace(/^https?:\/\/[^/]*/i, ''),
		status,
		props: Object.fromEntries(props.map((prop) => [prop.name, prop])),
	}));
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

function statusOf(element: XmlElement | undefined): number {
	const status = /^HTTP\/\S+\s+(\d{3})\b/.exec(textOf(element))?.[1];
	if (status === undefined) throw broken('an entry has no status');
	return Number(status);
}

const broken = (what: string, cause?: unknown): DsmProtocolError =>
	new DsmProtocolError(`The NAS answered a list that cannot be read: ${what}.`, {
		httpStatus: 207,
		retryable: true,
		hint: 'The package may be starting or updating, or a proxy cuts its answers; try again.',
		...(cause !== undefined && { cause }),
	});
