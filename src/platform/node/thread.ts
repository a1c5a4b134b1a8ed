import { parentPort } from 'node:worker_threads';
import type { Work } from '../types';
import type { Answer } from './threads';

/** The program of a thread: answers one question after the other. */
const say = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (work: Work) => say(answered(work)));

function answered({ file, name, given }: Work): Answer {
	try {
		const work = (require(file) as Record<string, (...given: readonly unknown[]) => unknown>)[name]!;
		say('begun');
		return { value: work(...given) };
	} catch (error) {
		const { message, code, details } = error as { message: string; code?: unknown; details?: unknown };
		if (details === undefined) return { fault: error as Error };
		// What else an error says is lost on its way, or keeps it from being sent.
		return { fault: new Error(message), more: JSON.parse(JSON.stringify({ code, details })) as object };
	}
}
