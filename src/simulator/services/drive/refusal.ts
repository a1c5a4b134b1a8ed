/** Thrown inside behaviours; `behaviour()` turns it into the error envelope. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		readonly errors?: unknown,
	) {
		super(`Drive refuses: ${code}`);
	}
}

/** Handler failures carry a line and a message (drive.md 1.1). */
export function refuse(code: number, message?: string): never {
	throw new Refusal(code, message === undefined ? undefined : { line: 73, message });
}

/** The parameter check: 120 with name and reason. */
export function badParameter(name: string, reason: 'required' | 'type'): never {
	throw new Refusal(120, { name, reason });
}
