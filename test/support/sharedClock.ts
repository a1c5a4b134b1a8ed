import { SettableClock } from '../../src/simulator';

const real = Date.now.bind(Date);
let ahead = 0;
Date.now = () => real() + ahead;

/**
 * The clock of the NAS, which takes the time of this process along: both have the same time, and it passes for both. Otherwise the NAS
 * would be one whose clock jumps by hours, which is not believed at once.
 */
export class SharedClock extends SettableClock {
	constructor(ms: number) {
		super(ms);
		ahead = ms - real();
	}

	override set(ms: number): void {
		ahead += ms - this.now();
		super.set(ms);
	}

	override advance(ms: number): void {
		ahead += ms;
		super.advance(ms);
	}
}
