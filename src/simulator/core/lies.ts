import type { ApiReply } from './behaviour';

/** What the NAS may answer although it is not so (core.md 20). */
export const LIES = {
	/** Success with `data: {}`, as just after a boot; over DAV a 207 without a body. */
	emptySuccess: 'A success without anything in it',
	/** Success whose lists are left out. */
	missingList: 'A success without its list',
	/** Lists without rows, as while a package starts. */
	emptyList: 'An empty list',
	/** Every second row only. */
	halfList: 'Half a list',
	/** The last row bears the id of the first. */
	reusedIds: 'Two rows with one id',
	/** What begins a later page has moved to the one before it meanwhile. */
	movingItems: 'Items that move between pages',
	/** DAV answers that stop in the middle, with valid framing. */
	cutXml: 'XML that stops in the middle',
	/** Background tasks of File Station are forgotten: finished, without a result (filestation.md 4.5). */
	droppedTasks: 'Tasks that are dropped',
	/** The header Date is a year ahead. */
	wrongDate: 'A clock that is wrong',
} as const;
export type Lie = keyof typeof LIES;

export const isLie = (name: string): name is Lie => Object.hasOwn(LIES, name);

type Data = Record<string, unknown>;
type Rows = Data[];

const YEAR = 365 * 86_400_000;
/** The API list, logins and the envelope of a batch stay true; so does what is not read. */
const TRUE_API = /^SYNO\.(API|Entry)\./;
const READS = /^(get|list|query|info|load|status|search|read|check|enum|count|fetch|notify)/i;
const TASKS = /^SYNO\.FileStation\.(Search|DirSize|MD5|CopyMove|Delete|Compress|Extract)$/;

/** Which lies the NAS tells now. */
export class Lies {
	private readonly told = new Set<Lie>();

	tell(lie: Lie): void {
		this.told.add(lie);
	}

	stop(): void {
		this.told.clear();
	}

	has(...lies: Lie[]): boolean {
		return lies.some((lie) => this.told.has(lie));
	}

	/** What the header Date says at this time. */
	date(now: number): number {
		return this.has('wrongDate') ? now + YEAR : now;
	}

	/** A reply as it is told. */
	about(call: { api: string; method: string }, params: Data, reply: ApiReply): ApiReply {
		if (this.told.size === 0 || !('data' in reply) || TRUE_API.test(call.api) || !READS.test(call.method)) return reply;
		if (this.has('droppedTasks') && TASKS.test(call.api) && /^(list|status)$/.test(call.method))
			return { ...reply, data: { finished: true } };
		return { ...reply, data: this.dataOf(reply.data, Number(params['offset'] ?? 0)) };
	}

	/** Rows of a DAV list, of which the first is the collection itself. */
	isShort(): boolean {
		return this.has('emptyList', 'halfList');
	}

	/** Body of a DAV answer. */
	xml(body: string): string {
		if (this.has('emptySuccess')) return '';
		return this.has('cutXml') ? body.slice(0, body.length / 2) : body;
	}

	private dataOf(data: unknown, offset: number): unknown {
		if (this.has('emptySuccess')) return {};
		if (Array.isArray(data)) return this.has('missingList') ? {} : this.rowsOf(data as Rows, offset);
		if (typeof data !== 'object' || data === null) return data;
		const lists = Object.entries(data).filter((entry): entry is [string, Rows] => Array.isArray(entry[1]));
		const others = Object.entries(data).filter(([, value]) => !Array.isArray(value));
		if (lists.length === 0) return data;
		if (this.has('missingList')) return Object.fromEntries(others);
		const told = lists.map(([name, rows]): [string, Rows] => [name, this.rowsOf(rows, offset)]);
		return { ...Object.fromEntries([...others, ...told]), ...this.totalOf(data as Data, lists[0]![1], told[0]![1]) };
	}

	/** A total that would give the lie away says the same as the list. */
	private totalOf({ total }: Data, rows: Rows, told: Rows): Data {
		if (total === undefined) return {};
		if (this.has('emptyList')) return { total: 0 };
		return total === rows.length ? { total: told.length } : {};
	}

	private rowsOf(rows: Rows, offset: number): Rows {
		if (this.has('emptyList')) return [];
		if (this.has('halfList')) return rows.filter((_, index) => index % 2 === 0);
		if (this.has('movingItems') && offset > 0) return rows.slice(1);
		return this.has('reusedIds') ? withFirstId(rows) : rows;
	}
}

/** The last row with the id of the first. */
function withFirstId(rows: Rows): Rows {
	const [first, last] = [rows[0], rows.at(-1)];
	const key = typeof first === 'object' && first !== null ? idKey(first) : undefined;
	if (rows.length < 2 || key === undefined) return rows;
	return [...rows.slice(0, -1), { ...last, [key]: first![key] }];
}

const idKey = (row: Data): string | undefined =>
	[/^id$/, /^uuid$/, /_id$/, /^path$/].flatMap((form) => Object.keys(row).find((key) => form.test(key)) ?? [])[0];
