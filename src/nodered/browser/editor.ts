import { check } from './checks';
import { addConnection } from './connection';
import { oneditcancel, oneditprepare, oneditsave } from './edit';
import { watchHelp } from './help';
import { inputLabels, label, labelStyle, outputLabels, paletteLabel, watchPalette } from './label';
import { add } from './node';
import { watchStatus } from './status';

// Every node set of the package loads this file: the first one counts.
if (!window.synoflow) {
	window.synoflow = {
		add,
		addConnection,
		check,
		paletteLabel,
		label,
		labelStyle,
		inputLabels,
		outputLabels,
		oneditprepare,
		oneditsave,
		oneditcancel,
	};
	watchHelp();
	watchPalette();
	watchStatus();
}
