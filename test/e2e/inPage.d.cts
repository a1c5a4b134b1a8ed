export interface Glance {
	/** What the form says. */
	text: string;
	/** What sticks out of it. */
	tooWide: string[];
	/** Whether the choice is marked as wrong. */
	isWrong: boolean;
}

export function stickingOut(tray: unknown): string[];
export function glance(chooser: unknown, given: readonly [key: string, measure: string]): Promise<Glance>;
