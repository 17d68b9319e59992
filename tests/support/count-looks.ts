/** How often these maps are asked or stepped through from now on. */
export function countLooks(...maps: readonly Map<string, unknown>[]): () => number {
	let looks = 0;
	for (const map of maps) {
		for (const one of ['get', 'has'] as const) {
			const honest = map[one].bind(map) as (key: string) => unknown;
			Object.assign(map, { [one]: (key: string) => ((looks += 1), honest(key)) });
		}
		const stepped = function* () {
			for (const entry of Map.prototype.entries.call(map)) {
				looks += 1;
				yield entry as [string, unknown];
			}
		};
		Object.assign(map, {
			[Symbol.iterator]: stepped,
			entries: stepped,
			*keys() {
				for (const [key] of stepped()) yield key;
			},
			*values() {
				for (const [, value] of stepped()) yield value;
			},
			forEach: (each: (value: unknown, key: string) => void) => {
				for (const [key, value] of stepped()) each(value, key);
			},
		});
	}
	return () => looks;
}
