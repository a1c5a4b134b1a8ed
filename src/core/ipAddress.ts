const BYTE = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const VERSION_4 = new RegExp(`^${BYTE}(\\.${BYTE}){3}$`);

/** Whether a text is an IP address, of either version. */
export const isIpAddress = (text: string): boolean =>
	VERSION_4.test(text) || (/^[\da-f:.]*:[\da-f:.]*$/i.test(text) && URL.canParse(`http://[${text}]`));
