/** Where to go on to inside our own pages; anything else, `//elsewhere` too, is answered by `otherwise`. */
export function localPath(raw: unknown, otherwise: string): string {
	if (typeof raw !== 'string' || !raw.startsWith('/') || raw.startsWith('//') || raw.includes('\\')) return otherwise;
	const url = new URL(raw, 'http://local.invalid');
	return url.host === 'local.invalid' ? url.pathname + url.search : otherwise;
}
