import type { Report } from '../../services/api/check/report';
import type { Deviation } from '../../simulator';

export const INTRODUCTION = `# Reports of checks

What real devices answered, by reports of *Check this NAS* (A, measured). A report holds kinds, lengths, names of fields, codes and versions, and no
value of anybody. \`npm run learn\` writes this page: one section for each version of DSM. The whole reports are in \`test/fixtures/reports\`;
\`npm run simulator -- --learned VERSION\` answers as that NAS did.
`;

/** `7.2.2-72806 Update 3` -> 7.2.2-72806-3. */
export const fileName = ({ dsm }: Report): string => dsm.replace(' Update ', '-');

const titleOf = ({ dsm }: Report): string => `DSM ${dsm}`;

/** The dossier with a section about the report, in place of an older one about the same version. */
export function dossierText(
	dossier: string,
	report: Report,
	{ differing, confirmed }: { differing: readonly Deviation[]; confirmed: readonly string[] },
): { text: string; section: number } {
	const sections = dossier.split(/^(?=## \d+\. )/m);
	const number = sections.findIndex((one) => one.startsWith('## ') && one.includes(`. ${titleOf(report)}\n`));
	const section = number < 0 ? sections.length : number;
	const count = (outcome: string): number => report.operations.filter((one) => one.outcome === outcome).length;
	const outcomes = ['works', 'differs', 'missing', 'refused', 'failed', 'skipped'].map((one) => `${one} ${count(one)}`);
	const text = [
		`## ${section}. ${titleOf(report)}\n`,
		`Account: ${report.administrator ? 'administrator' : 'ordinary'}. Operations that read: ${outcomes.join(', ')}.\n`,
		`Confirmed, until then inferred:\n`,
		list(confirmed.map((call) => `\`${call}\``)),
		`Otherwise than the simulated NAS of the same line:\n`,
		list(differing.map(lineOf)),
	].join('\n');
	sections[section] = text;
	return { text: sections.map((one) => one.trimEnd()).join('\n\n') + '\n', section };
}

const list = (lines: readonly string[]): string =>
	lines.length === 0 ? '- nothing\n' : `${lines.map((line) => `- ${line}`).join('\n')}\n`;

const WORDS: Record<Deviation['what'], (is: string) => string> = {
	gone: () => 'is not there',
	new: (is) => `is there (${is})`,
	kind: (is) => `is of kind ${is}`,
	code: (is) => `answers code ${is}`,
};

const lineOf = ({ api, method, at, what, is }: Deviation): string =>
	`\`${api} ${method}\`${at.length > 0 ? ` \`${at.join('.')}\`` : ''} ${WORDS[what](is)}`;

/** The table of confirmed calls with more of them; what was confirmed before stays. */
export function confirmedText(before: string, calls: readonly string[], section: number): string {
	const known = [...before.matchAll(/^\t'([^']+)': '([^']+)',$/gm)].map(([, call = '', where = '']) => [call, where]);
	const all = Object.entries({
		...Object.fromEntries(calls.map((call) => [call, `reports.md ${section}`])),
		...Object.fromEntries(known),
	});
	const lines = all
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([call, where]) => `\t'${call}': '${where}',\n`);
	const head = before.slice(0, before.indexOf('{'));
	return `${head}{${lines.length > 0 ? '\n' : ''}${lines.join('')}};\n`;
}
