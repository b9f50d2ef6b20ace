/** The value of a key in a map, made and kept where it is missing. */
export function ensure<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}

/** The same in a map that begins anew once it has more than `most`. */
export function ensureFew<K, V>(map: Map<K, V>, most: number, key: K, make: () => V): V {
	if (map.size > most) map.clear();
	return ensure(map, key, make);
}
