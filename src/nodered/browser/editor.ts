import { action } from './action';
import { connection } from './connection';
import { watchHelp } from './help';
import { push } from './push';
import { trigger } from './trigger';

// Every node set of the package loads this file: the first one counts.
if (!window.synoflow) {
	window.synoflow = { action, trigger, push, connection };
	watchHelp();
}
