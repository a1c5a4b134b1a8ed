/** What was measured. */
export interface Measurement {
	name: string;
	value: number;
	unit: string;
	/** The same thing done the plain way. */
	reference?: number;
	/** The most that the figure may be. */
	most?: number;
	/** The least that it may be. */
	least?: number;
	/** What it has to stay below. */
	below?: number;
}

/** One line of the report. */
export interface Figure {
	name: string;
	value: number;
	unit: string;
	reference?: number;
	/** "≤ 1.25". */
	bar?: string;
	/** Whether the bar is met. */
	met?: boolean;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** A measurement as it is shown: rounded, and held against its bar. */
export function judged({ name, value, unit, reference, most, least, below }: Measurement): Figure {
	const figure: Figure = { name, value: rounded(value), unit };
	if (reference !== undefined) figure.reference = rounded(reference);
	if (most !== undefined) Object.assign(figure, { bar: `≤ ${rounded(most)}`, met: value <= most });
	if (least !== undefined) Object.assign(figure, { bar: `≥ ${rounded(least)}`, met: value >= least });
	if (below !== undefined) Object.assign(figure, { bar: `< ${rounded(below)}`, met: value < below });
	return figure;
}
