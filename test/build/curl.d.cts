export function curl(words: string[], folder: string): Promise<string>;
