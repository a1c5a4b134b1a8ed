import { setTimeout } from 'node:timers';
import { createContext, runInContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { BUDGETS, overBudget, type BudgetName } from './budget';
import { errorOf, type DsmErrorCode, type ErrorDetails } from './errors';

/** What a thread is asked: a function by the file and name that export it, and its arguments. */
export interface Question {
	file: string;
	name: string;
	given: readonly unknown[];
}

/** What it answers. Time counts from `begun`: before, it loads the function. */
export type Answer =
	'begun' | { value: unknown } | { code: DsmErrorCode; message: string; details: ErrorDetails } | { fault: Error };

/** How threads are started; programs that are not compiled need to be told how they are read. */
export const threads: { execArgv: string[] } = { execArgv: [] };

/** Milliseconds that work on a text may hold up others before it goes on in a thread of its own. */
const HERE = 20;
/** Longer texts go there at once: characters. */
const SHORT = 20_000;
/** So many threads at a time; further work waits for one. */
const MOST = 2;
/** Milliseconds after which a thread without work ends. */
const IDLE = 10_000;
/** Memory of a thread. */
const MEGABYTES = 512;

/**
 * A function of a module, to be called without holding up others for long: what it makes of a short text is made here, what takes longer
 * in a thread, and what takes longer than the budget of milliseconds ends with its error. The function is exported by its name from
 * `file`, keeps nothing between calls, and arguments and result are plain data. Its own errors come through, those of other kinds by their message.
 */
export function apart<A extends unknown[], T>(
	budget: BudgetName,
	file: string,
	work: (...given: A) => T,
): (given: A, details?: ErrorDetails) => Promise<T> {
	return async (given, details) => {
		if (lengthOf(given) <= SHORT) {
			const here = withinTime(HERE, () => work(...given));
			if (here) return here.value;
		}
		return (await inThread({ file, name: work.name, given }, budget, details)) as T;
	};
}

/** Characters of all texts, and bytes, that are handed over. */
const lengthOf = (given: readonly unknown[]): number =>
	given
		.flat()
		.reduce<number>((sum, one) => sum + (typeof one === 'string' || one instanceof Uint8Array ? one.length : 0), 0);

/** Anything: what runs in it are closures of this program. */
const context = createContext({}) as { work?: (() => void) | undefined };

/** Runs work, and stops it after so many milliseconds: undefined. Costs a tenth of a millisecond. */
export function withinTime<T>(milliseconds: number, work: () => T): { value: T } | undefined {
	let result: { value: T } | undefined;
	const before = context.work;
	context.work = () => void (result = { value: work() });
	try {
		runInContext('work()', context, { timeout: milliseconds });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
		return undefined;
	} finally {
		context.work = before;
	}
	return result;
}

interface Thread {
	worker: Worker;
	rest?: NodeJS.Timeout;
}

const resting: Thread[] = [];
const waiting: ((thread: Thread) => void)[] = [];
let running = 0;

async function free(): Promise<Thread> {
	const thread = resting.pop();
	if (thread) {
		clearTimeout(thread.rest);
		return thread;
	}
	if (running >= MOST) return await new Promise((resolve) => waiting.push(resolve));
	running += 1;
	return start();
}

function start(): Thread {
	const worker = new Worker(require.resolve('./thread'), {
		execArgv: threads.execArgv,
		resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
	});
	// It keeps a program alive while it works. An error without a listener would end the program.
	worker.on('error', () => undefined).unref();
	return { worker };
}

/** Hands a thread to whoever waits, or lets it rest. One that was lost is replaced. */
function giveBack(thread: Thread | undefined): void {
	const next = waiting.shift();
	if (next) next(thread ?? start());
	else if (!thread) running -= 1;
	else {
		resting.push(thread);
		thread.rest = setTimeout(() => {
			resting.splice(resting.indexOf(thread), 1);
			running -= 1;
			void thread.worker.terminate();
		}, IDLE).unref();
	}
}

async function inThread(question: Question, budget: BudgetName, details?: ErrorDetails): Promise<unknown> {
	const thread = await free();
	let whole = false;
	try {
		const answer = await answerOf(thread.worker, question, BUDGETS[budget].most);
		if (answer === undefined) throw overBudget(budget, undefined, details);
		whole = true;
		if ('value' in answer) return answer.value;
		throw 'fault' in answer ? answer.fault : errorOf(answer.code, answer.message, { ...answer.details, ...details });
	} finally {
		if (!whole) void thread.worker.terminate();
		giveBack(whole ? thread : undefined);
	}
}

/** The answer to a question; undefined: it took too much time or memory. Rejects when the thread itself fails. */
async function answerOf(
	worker: Worker,
	question: Question,
	milliseconds: number,
): Promise<Exclude<Answer, 'begun'> | undefined> {
	let timer: NodeJS.Timeout | undefined;
	let quit = () => undefined as void;
	try {
		return await new Promise((resolve, reject) => {
			const heard = (answer: Answer) => {
				if (answer !== 'begun') resolve(answer);
				else timer = setTimeout(() => resolve(undefined), milliseconds);
			};
			const failed = (error: NodeJS.ErrnoException) =>
				error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(undefined) : reject(error);
			const ended = () => reject(new Error('The thread ended.'));
			worker.on('message', heard).on('error', failed).on('exit', ended).ref();
			quit = () => void worker.off('message', heard).off('error', failed).off('exit', ended).unref();
			worker.postMessage(question);
		});
	} finally {
		clearTimeout(timer);
		quit();
	}
}
