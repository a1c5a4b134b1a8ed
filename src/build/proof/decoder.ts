/** A reader of what others write, as the proofs drive it. */
export interface Decoder {
	/** What it reads, as the page on reliability names it. */
	title: string;
	/** Reads a text, here or in a thread of its own. Whatever it holds: a result, or an error that says what is wrong with it. */
	read: (text: string, made: unknown) => unknown;
	/** What others make of the text before the reader has it: their time does not count. */
	make?: (text: string) => unknown;
	/** Whether an error is one that the reader means to throw; others are faults of the program. */
	means: (error: unknown) => boolean;
	/** Texts around the foreign one, so that it comes to stand deeper in the format. */
	frames: readonly (readonly [before: string, after: string])[];
	/** Pieces of the format, to make texts of. */
	pieces: readonly string[];
	/** Most milliseconds for a text of a million characters; 50, unless the reader itself stops at a bound in time. */
	most?: number;
	/** Ends what it has started. */
	end?: () => Promise<void>;
}
