import type { Dsm } from '../../../core/dsm';
import { DsmApiError } from '../../../core/errors';
import type { z } from '../../../vendor/zod';
import { rowOf } from '../fields';
import { listOffers, listPackages, OFFERS, PACKAGE_DETAILS, type PackageRow } from '../wire/packages';

export type Update = PackageRow & { new_version: string; is_beta?: boolean | undefined };
type Offer = z.output<(typeof listOffers)['row']>;

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

/** The offer of one package. Throws DsmApiError where it is not installed, or has no later version. */
export async function offerFor(dsm: Dsm, id: string): Promise<{ was: PackageRow; offer: Offer }> {
	const [installed, offers] = await both(dsm);
	const was = rowOf(installed, (one) => one.id === id, `package ${id}`);
	const offer = offers.find((one) => one.id === id);
	if (offer && isNewer(offer.version, was.version)) return { was, offer };
	throw new DsmApiError(`There is no later version of ${id} than ${was.version}.`, {
		hint: 'List the package updates to see what there is.',
	});
}

async function both(dsm: Dsm): Promise<[PackageRow[], Offer[]]> {
	return await Promise.all([
		dsm.list(listPackages, PACKAGE_DETAILS, { readOnly: true }),
		dsm.list(listOffers, OFFERS, { readOnly: true }),
	]);
}

/** Installed packages for which the vendor offers a later version. */
export async function packageUpdates(dsm: Dsm): Promise<Update[]> {
	const [installed, offers] = await both(dsm);
	const versions = new Map(offers.map((offer) => [offer.id, offer]));
	return installed.flatMap((one) => {
		const offer = versions.get(one.id);
		if (!offer || !isNewer(offer.version, one.version)) return [];
		return [{ ...one, new_version: offer.version, is_beta: offer.beta }];
	});
}
