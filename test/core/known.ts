/** Calls that most tests make. */
export const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
export const timeout = { api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 } as const;
export const list = { api: 'SYNO.FileStation.List', method: 'list', version: 2 } as const;
export const createFolder = { api: 'SYNO.FileStation.CreateFolder', method: 'create', version: 2 } as const;
export const upload = { api: 'SYNO.FileStation.Upload', method: 'upload', version: 2 } as const;
export const download = { api: 'SYNO.FileStation.Download', method: 'download', version: 2 } as const;

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}
