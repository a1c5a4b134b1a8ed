import type { Dsm } from '../../../core/dsm';
import { listOffers, listPackages, OFFERS, PACKAGE_DETAILS, type PackageRow } from '../wire/packages';

export type Update = PackageRow & { new_version: string; is_beta?: boolean | undefined };

/** Numbers of a version in turn: `2.1.0-2603`. */
const numbersOf = (version: string): number[] => version.split(/\D+/).map(Number);

/** Whether a version is later than another. */
export function isNewer(version: string, than: string): boolean {
	const [one, other] = [numbersOf(version), numbersOf(than)];
	for (let at = 0; at < Math.max(one.length, other.length); at++) {
		const difference = (one[at] ?? 0) - (other[at] ?? 0);
		if (difference !== 0) return difference > 0;
	}
	return false;
}

/** Installed packages for which the vendor offers a later version. */
export async function packageUpdates(dsm: Dsm): Promise<Update[]> {
	const [installed, offers] = await Promise.all([
		dsm.list(listPackages, PACKAGE_DETAILS, { readOnly: true }),
		dsm.list(listOffers, OFFERS, { readOnly: true }),
	]);
	const versions = new Map(offers.map((offer) => [offer.id, offer]));
	return installed.flatMap((one) => {
		const offer = versions.get(one.id);
		if (!offer || !isNewer(offer.version, one.version)) return [];
		return [{ ...one, new_version: offer.version, is_beta: offer.beta }];
	});
}
