/*
 * What stands below a node on the canvas: what it does, and to what. n8n evaluates these expressions with the parameters as they are
 * saved, in which what was picked stands with its name.
 */

/** "listPinned" -> "list pinned" */
const wordsOf = (name: string): string =>
	`$parameter["${name}"].replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase())`;

/** Name of the first thing that was picked, unless an expression says it: ": General". */
const TARGET =
	'[...Object.values($parameter.toJSON()).filter((one) => one?.__rl).map((one) => String(one.cachedResultName || one.value || ""))' +
	'.filter((name) => name !== "" && !name.startsWith("=")).map((name) => ": " + name), ""][0]';

/** How many events are watched besides: ", 2 more". */
const MORE =
	'[($parameter["additionalEvents"] || []).filter((name) => name !== $parameter["event"]).length]' +
	'.map((count) => (count > 0 ? ", " + count + " more" : ""))[0]';

/** Of an action node: "send message: General". */
export const actionSubtitle = `={{ ${wordsOf('operation')} + " " + ${wordsOf('resource')} + ${TARGET} }}`;

/** Of a trigger node: "message received: General", "file created, 2 more". */
export const triggerSubtitle = `={{ ${wordsOf('event')} + ${TARGET} + ${MORE} }}`;
