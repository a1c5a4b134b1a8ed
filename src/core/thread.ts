import { parentPort } from 'node:worker_threads';
import type { Answer, Question } from './apart';
import { isDsmError } from './errors';

/** The program of a thread: answers one question after the other. */
const say = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (question: Question) => say(answered(question)));

function answered({ file, name, given }: Question): Answer {
	try {
		const work = (require(file) as Record<string, (...given: readonly unknown[]) => unknown>)[name]!;
		say('begun');
		return { value: work(...given) };
	} catch (error) {
		if (!isDsmError(error)) return { fault: error as Error };
		const { code, message, details } = error;
		return { code, message, details: JSON.parse(JSON.stringify(details)) as typeof details };
	}
}
