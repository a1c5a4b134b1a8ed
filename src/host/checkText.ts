import type { Checked } from '../services/api/check';

/** What a check found, for a person to read: a line for each service, and below it why not more works. */
export function summaryText({ dsm, complete, services }: Omit<Checked, 'report'>): string {
	const lines = services.map(({ title, reasons, works, differs, missing, refused, failed, skipped }) => {
		const rest = Object.entries({ differs, missing, refused, failed, skipped }).filter(([, count]) => count > 0);
		const head = [`${works} work`, ...rest.map(([word, count]) => `${count} ${word}`)].join(', ');
		return [`${title}: ${head}`, ...reasons.map((reason) => `  ${reason}`)].join('\n');
	});
	return [`DSM ${dsm}`, ...lines, ...(complete ? [] : ['The time was over before everything was tried.'])].join('\n');
}
