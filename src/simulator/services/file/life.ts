import type { Scene } from '../../core/life';
import { newLink } from './sharing';
import { filesOf, type FileState } from './state';

type FileScene = (files: FileState, round: number) => void;

const invoice = (round: number): string => `/docs/inbox/invoice-${2026_000 + round}.pdf`;

const REPORT = '/docs/reports/visitors.csv';
const linkTo = (round: number): string => `visitors${round}`;

/** Files and links that are kept of each kind, so that a demo may run for weeks. */
const KEPT = 20;

const scenes: FileScene[] = [
	(files, round) => files.write(invoice(round), { content: `%PDF-1.4\nInvoice ${round + 1}\n%%EOF\n`, owner: 'bob' }),
	(files, round) =>
		files.write(REPORT, {
			content: `day,visitors\n${round + 1},${90 + (round % 40)}\n`,
			owner: 'carol',
		}),
	(files, round) => files.move(invoice(round), `/docs/done/invoice-${2026_000 + round}.pdf`),
	(files, round) => {
		if (round >= KEPT) files.remove(`/docs/done/invoice-${2026_000 + round - KEPT}.pdf`);
	},
	(files, round) => {
		files.links.set(linkTo(round), newLink(linkTo(round), 'alice', REPORT, files.nas.clock.now()));
	},
	(files, round) => {
		files.expireLink(linkTo(round));
		files.links.delete(linkTo(round - KEPT));
	},
];

/** An invoice arrives, a report changes, the invoice is filed, old ones go; the report is shared, and the link expires. */
export const fileScenes: Scene[] = scenes.map((scene) => (nas, round) => scene(filesOf(nas), round));
