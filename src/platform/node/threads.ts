import { Worker } from 'node:worker_threads';
import type { Work } from '../types';
import { later } from './time';

/** What a thread answers. Time counts from `begun`: before, it loads the function. `more`: what else its error says. */
export type Answer = 'begun' | { value: unknown } | { fault: Error; more?: object };

/** How threads are started; programs that are not compiled need to be told how they are read. */
export const threads: { execArgv: string[] } = { execArgv: [] };

/** So many threads at a time; further work waits for one. */
const MOST = 2;
/** Milliseconds after which a thread without work ends. */
const IDLE = 10_000;
/** Memory of a thread. */
const MEGABYTES = 512;

interface Thread {
	worker: Worker;
	/** Keeps it from being ended for want of work. */
	stay?: () => void;
}

/** Threads without work, the latest last. */
export const resting: Thread[] = [];
const waiting: ((thread: Thread) => void)[] = [];
let running = 0;

async function free(): Promise<Thread> {
	const thread = resting.pop();
	if (thread) {
		thread.stay?.();
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
	const thread: Thread = { worker };
	// It keeps a program alive while it works. An error without a listener would end the program.
	worker.on('error', () => undefined).unref();
	// One that died while it rested would never answer.
	worker.once('exit', () => forget(thread));
	return thread;
}

/** Counts a thread out that rests. */
function forget(thread: Thread): void {
	const place = resting.indexOf(thread);
	if (place < 0) return;
	resting.splice(place, 1);
	running -= 1;
	thread.stay?.();
}

/** Hands a thread to whoever waits, or lets it rest. One that was lost is replaced. */
function giveBack(thread: Thread | undefined): void {
	const next = waiting.shift();
	if (next) next(thread ?? start());
	else if (!thread) running -= 1;
	else {
		resting.push(thread);
		thread.stay = later(IDLE, () => {
			forget(thread);
			void thread.worker.terminate();
		});
	}
}

/** Has work done in a thread; undefined: it took too much time or memory. */
export async function inThread(work: Work, milliseconds: number): Promise<{ value: unknown } | undefined> {
	const thread = await free();
	let whole = false;
	try {
		const answer = await answerOf(thread.worker, work, milliseconds);
		whole = answer !== undefined;
		if (answer === undefined || 'value' in answer) return answer;
		throw answer.more === undefined ? answer.fault : Object.assign(answer.fault, answer.more);
	} finally {
		if (!whole) void thread.worker.terminate();
		giveBack(whole ? thread : undefined);
	}
}

/** The answer to a question; undefined: it took too much time or memory. Rejects when the thread itself fails. */
async function answerOf(
	worker: Worker,
	work: Work,
	milliseconds: number,
): Promise<Exclude<Answer, 'begun'> | undefined> {
	let stop = () => undefined as void;
	let quit = () => undefined as void;
	try {
		return await new Promise((resolve, reject) => {
			const heard = (answer: Answer) => {
				if (answer !== 'begun') resolve(answer);
				else stop = later(milliseconds, () => resolve(undefined));
			};
			const failed = (error: NodeJS.ErrnoException) =>
				error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(undefined) : reject(error);
			const ended = () => reject(new Error('The thread ended.'));
			worker.on('message', heard).on('error', failed).on('exit', ended).ref();
			quit = () => void worker.off('message', heard).off('error', failed).off('exit', ended).unref();
			worker.postMessage(work);
		});
	} finally {
		stop();
		quit();
	}
}
