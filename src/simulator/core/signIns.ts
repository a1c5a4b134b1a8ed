/** What became of a sign-in; a blocked address has no account. */
export interface SignIn {
	outcome: 'success' | 'failure' | 'blocked';
	account: string;
	ip: string;
	/** Milliseconds. */
	at: number;
}

/** Sign-ins as they come, for the log of connections, which may begin to be kept later. */
export class SignIns {
	#waiting: SignIn[] = [];
	#tell: ((one: SignIn) => void) | undefined;

	add(one: SignIn): void {
		if (this.#tell) this.#tell(one);
		else this.#waiting.push(one);
	}

	/** Tells of all sign-ins, those before included. */
	follow(tell: (one: SignIn) => void): void {
		this.#tell = tell;
		for (const one of this.#waiting.splice(0)) tell(one);
	}
}
