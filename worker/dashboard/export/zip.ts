/** Writes a zip archive of a few small files, each deflated. Leaves out all that such an archive does without: folders, ZIP64, secrets. */

export interface ZipEntry {
	/** Without folders. */
	name: string;
	text: string;
}

/** The table of CRC-32 (ISO 3309), one entry a byte. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
	let rest = byte;
	for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
	return rest;
});

function crc32(bytes: Uint8Array): number {
	let sum = 0xffffffff;
	for (const byte of bytes) sum = (sum >>> 8) ^ (crcTable[(sum ^ byte) & 0xff] ?? 0);
	return (sum ^ 0xffffffff) >>> 0;
}

/** A copy, because an encoder does not promise memory of its own. */
const bytesOf = (text: string) => new Uint8Array(new TextEncoder().encode(text));

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
	return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Numbers in little-endian order, each of 2 or 4 bytes. */
function fields(...values: [size: 2 | 4, value: number][]): Uint8Array<ArrayBuffer> {
	const view = new DataView(new ArrayBuffer(values.reduce((sum, [size]) => sum + size, 0)));
	let at = 0;
	for (const [size, value] of values) {
		if (size === 2) view.setUint16(at, value, true);
		else view.setUint32(at, value, true);
		at += size;
	}
	return new Uint8Array(view.buffer);
}

/** Needed to unpack: version 2.0. Names are UTF-8. Packed by deflate. */
const version = 20;
const utf8 = 0x0800;
const deflated = 8;

/** Date and time as the format has them, to two seconds; archives know no time zone, so this is UTC. */
function dosTime(now: number): [time: number, date: number] {
	const at = new Date(now);
	const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
	const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
	return [time, date];
}

/** `now`: ms since 1970; files are dated with it. */
export async function writeZip(entries: readonly ZipEntry[], now: number): Promise<Uint8Array<ArrayBuffer>> {
	const [time, date] = dosTime(now);
	const files: Uint8Array<ArrayBuffer>[] = [];
	const index: Uint8Array<ArrayBuffer>[] = [];
	let offset = 0;
	for (const { name: path, text } of entries) {
		const [name, bytes] = [bytesOf(path), bytesOf(text)];
		const packed = await deflate(bytes);
		const common = fields(
			[2, version],
			[2, utf8],
			[2, deflated],
			[2, time],
			[2, date],
			[4, crc32(bytes)],
			[4, packed.length],
			[4, bytes.length],
			[2, name.length],
			[2, 0], // nothing extra
		);
		files.push(fields([4, 0x04034b50]), common, name, packed);
		// No comment, on the first disk, with no attributes.
		const rest = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
		index.push(fields([4, 0x02014b50], [2, version]), common, rest, name);
		offset += 4 + common.length + name.length + packed.length;
	}
	const indexBytes = index.reduce((sum, part) => sum + part.length, 0);
	const count = entries.length;
	const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, indexBytes], [4, offset], [2, 0]);
	return new Uint8Array(await new Blob([...files, ...index, end]).arrayBuffer());
}
